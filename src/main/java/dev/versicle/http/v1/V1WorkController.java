package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Answers.AccessJson;
import dev.versicle.http.v1.V1Answers.DraftJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.SettingsDesk;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** What those see of a prompt who work on it: its current body, and who may do what. */
@Controller(V1Path.PROMPTS)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1WorkController {
    private final Prompts prompts;
    private final SettingsDesk settings;

    V1WorkController(Prompts prompts, SettingsDesk settings) {
        this.prompts = prompts;
        this.settings = settings;
    }

    @Get(V1Path.ID + "/draft")
    DraftJson draft(Caller caller, String id) {
        PromptId prompt = PromptId.parse(id);
        return DraftJson.of(prompt, prompts.draft(caller, prompt));
    }

    /** Makes a text the current body; makes no version. */
    @Put("/{id}/draft")
    DraftJson saveDraft(Caller caller, String id, @Body byte[] body) {
        PromptId prompt = PromptId.parse(id);
        return DraftJson.of(prompt, prompts.saveDraft(caller, prompt, V1Json.text(body)));
    }

    /** Makes the current body the latest version's again. */
    @Delete("/{id}/draft")
    @Status(HttpStatus.NO_CONTENT)
    void dropDraft(Caller caller, String id) {
        prompts.dropDraft(caller, PromptId.parse(id));
    }

    @Get(V1Path.ID + "/access")
    AccessJson access(Caller caller, String id) {
        return AccessJson.of(settings.access(caller, PromptId.parse(id)));
    }

    /** Makes the grants these and no others; the owner stays. */
    @Put("/{id}/access")
    AccessJson grant(Caller caller, String id, @Body byte[] body) {
        return AccessJson.of(settings.grant(caller, PromptId.parse(id), V1Json.grants(body)));
    }
}
