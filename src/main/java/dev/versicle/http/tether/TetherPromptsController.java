package dev.versicle.http.tether;

import dev.versicle.http.JsonBody;
import dev.versicle.http.SharedPath;
import dev.versicle.http.Speaks;
import dev.versicle.http.tether.TetherAnswers.Message;
import dev.versicle.http.tether.TetherAnswers.PromptDocument;
import dev.versicle.http.tether.TetherAnswers.PromptList;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** The prompts themselves: make, list, read, change, take away. All of it is ours. */
@Controller(TetherErrors.PATH)
@Speaks(TetherErrors.class)
@SharedPath(door = SharedPath.Door.TETHER)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TetherPromptsController {
    private final Prompts prompts;

    TetherPromptsController(Prompts prompts) {
        this.prompts = prompts;
    }

    /** Makes a prompt; its text becomes the current body and version 1. */
    @Post("/create")
    @Status(HttpStatus.CREATED)
    PromptDocument create(Caller caller, @Body byte[] body) {
        return PromptDocument.of(prompts.create(caller, TetherJson.creation(JsonBody.read(body))));
    }

    /** Lists the prompts that the caller may read, newest change first. */
    @Get("/user")
    PromptList list(Caller caller, @Nullable @QueryValue Integer page, @Nullable @QueryValue Integer limit) {
        Page.Window window = TetherJson.window(page, limit);
        return PromptList.of(prompts.list(caller, window), window);
    }

    @Get("/{promptId}")
    PromptDocument prompt(Caller caller, String promptId) {
        return PromptDocument.of(prompts.prompt(caller, PromptId.parse(promptId)));
    }

    /** Changes name, description and current body; makes no version. */
    @Put("/{promptId}")
    PromptDocument update(Caller caller, String promptId, @Body byte[] body) {
        PromptId id = PromptId.parse(promptId);
        return PromptDocument.of(prompts.update(caller, id, TetherJson.promptEdit(JsonBody.read(body))));
    }

    /** Takes the prompt away, to the trash. */
    @Delete("/{promptId}")
    Message delete(Caller caller, String promptId) {
        prompts.delete(caller, PromptId.parse(promptId));
        return new Message("Prompt deleted");
    }
}
