package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Single files of versions, as bytes. */
@Controller(V1Path.PROMPTS + V1Path.ID + V1Path.REV + "/files/{path:.+}")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1FilesController {
    private final Downloads downloads;

    V1FilesController(Downloads downloads) {
        this.downloads = downloads;
    }

    /** One file, whatever it is: never to be shown or run by a browser in our name. */
    @Get
    @Produces(MediaType.ALL)
    HttpResponse<?> file(@Nullable Caller caller, String id, HttpRequest<?> request) {
        V1Path path = V1Path.of(request);
        Names.Named named = new Names.Named(Who.orNobody(caller), PromptId.parse(id));
        return downloads.file(named, path.rev(), path.file(), request);
    }
}
