package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
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

/** Uploaded versions as tarballs, as prompts.dev's clients fetch them. */
@Controller(V1Path.PROMPTS + V1Path.NAMED + V1Path.RELEASE + "/download")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1DownloadController {
    private final Names names;
    private final Downloads downloads;

    V1DownloadController(Names names, Downloads downloads) {
        this.names = names;
        this.downloads = downloads;
    }

    /** An uploaded version's files: the same version gives the same bytes, for ever. */
    @Get
    @Produces({Downloads.GZIP, MediaType.APPLICATION_JSON})
    HttpResponse<?> download(@Nullable Caller caller, HttpRequest<?> request) {
        return names.answer(
                caller,
                request,
                named -> downloads.tarball(named, V1Path.of(request).release(), request));
    }
}
