package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Answers.PromptJson;
import dev.versicle.http.v1.V1Answers.Trash;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.TrashDesk;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Deleted prompts, as long as they can come back. */
@Controller(V1Errors.PATH + "/trash")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1TrashController {
    private final TrashDesk desk;

    V1TrashController(TrashDesk desk) {
        this.desk = desk;
    }

    /** What the caller owned, last deleted first; an administrator sees all. */
    @Get
    Trash trash(Caller caller, @Nullable @QueryValue Integer limit, @Nullable @QueryValue Integer offset) {
        Page.Part part = V1Query.part(limit, offset);
        return Trash.of(desk.list(caller, part), part);
    }

    /** Brings a prompt back, as it was. */
    @Post("/{id}/restore")
    @Status(HttpStatus.OK)
    PromptJson recover(Caller caller, String id) {
        return PromptJson.of(desk.restore(caller, PromptId.parse(id)));
    }
}
