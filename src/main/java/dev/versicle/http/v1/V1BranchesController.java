package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Branches.BranchJson;
import dev.versicle.http.v1.V1Branches.BranchList;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
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

/** Branches beside main. Commits come to them by {@code git push} alone. */
@Controller(V1Path.PROMPTS + V1Path.ID + "/branches")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1BranchesController {
    private final BranchDesk branches;

    V1BranchesController(BranchDesk branches) {
        this.branches = branches;
    }

    /** Main first, then the others by name. */
    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    BranchList list(
            @Nullable Caller caller,
            String id,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue String cursor) {
        return BranchList.of(branches.list(
                Who.orNobody(caller), PromptId.parse(id), Cursor.readAfter(cursor), V1Query.limit(limit)));
    }

    @Post
    @Status(HttpStatus.CREATED)
    BranchJson create(Caller caller, String id, @Body byte[] body) {
        BranchBodies.NewBranch wanted = BranchBodies.branch(body);
        return BranchJson.of(branches.create(caller, PromptId.parse(id), wanted.name(), wanted.from()));
    }
}
