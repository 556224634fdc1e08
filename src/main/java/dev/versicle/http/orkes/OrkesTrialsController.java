package dev.versicle.http.orkes;

import dev.versicle.http.JsonBody;
import dev.versicle.http.SharedPath;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptTrials;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** A prompt tried out, before it is saved or in place of it. */
@Controller(OrkesErrors.PATH + "/prompts/test")
@Speaks(OrkesErrors.class)
@SharedPath(door = SharedPath.Door.ORKES)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrkesTrialsController {
    private final PromptTrials trials;

    OrkesTrialsController(PromptTrials trials) {
        this.trials = trials;
    }

    /** Answers plain text, whatever the client accepts: the vendor's own example asks for JSON and gets text. */
    @Post
    @Produces(MediaType.ALL)
    HttpResponse<String> run(Caller caller, @Body byte[] body) {
        return HttpResponse.ok(trials.run(caller, IntegrationJson.trial(JsonBody.read(body))))
                .contentType(MediaType.TEXT_PLAIN_TYPE);
    }
}
