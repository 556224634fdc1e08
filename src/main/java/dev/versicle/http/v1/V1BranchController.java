package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** One branch; its name may have slashes in it, percent-encoded or as they are. */
@Controller(V1Path.PROMPTS + V1Path.ID + "/branches/{name:.+}")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1BranchController {
    private final BranchDesk branches;

    V1BranchController(BranchDesk branches) {
        this.branches = branches;
    }

    /** Removes it, where it is still what the caller saw. */
    @Delete
    @Status(HttpStatus.NO_CONTENT)
    void delete(Caller caller, String id, HttpRequest<?> request) {
        branches.delete(caller, PromptId.parse(id), V1Path.of(request).branch(), ETags.expected(request.getHeaders()));
    }
}
