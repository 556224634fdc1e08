package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Versions.VersionJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Right;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** New versions of a prompt: from what is sent, or from an old one. */
@Controller(V1Path.PROMPTS)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1VersionsController {
    private final Prompts prompts;
    private final VersionSaver saver;

    V1VersionsController(Prompts prompts, VersionSaver saver) {
        this.prompts = prompts;
        this.saver = saver;
    }

    /** Saves a version; in the order of the upload's checks, so that a stranger learns nothing by sending nonsense. */
    @Post("/{id}/versions")
    HttpResponse<?> save(Caller caller, String id, HttpHeaders headers, @Body byte[] body) {
        PromptId prompt = PromptId.parse(id);
        prompts.require(caller, prompt, Right.UPDATE);
        return saver.save(caller, prompt, V1Json.draft(body), ETags.expected(headers));
    }

    /** Saves a new version with the tree of an old one. */
    @Post("/{id}/restore")
    HttpResponse<VersionJson> restore(Caller caller, String id, @Body byte[] body) {
        return saver.saved(caller, prompts.restore(caller, PromptId.parse(id), V1Json.restored(body)));
    }
}
