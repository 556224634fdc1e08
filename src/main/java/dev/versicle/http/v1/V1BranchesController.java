package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Branches.BranchJson;
import dev.versicle.http.v1.V1Branches.BranchList;
import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
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

    /** Main first, then the others by name; 304 where none has moved. */
    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<BranchList> list(
            @Nullable Caller caller,
            String id,
            HttpHeaders headers,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue String cursor) {
        Caller who = Who.orNobody(caller);
        PromptId prompt = PromptId.parse(id);
        Branch.Tips tips = branches.tips(who, prompt, Cursor.readAfter(cursor), V1Query.limit(limit));
        return Conditional.answer(headers, ETags.ofFacts(tips), () -> BranchList.of(branches.list(who, prompt, tips)));
    }

    @Post
    @Status(HttpStatus.CREATED)
    BranchJson create(Caller caller, String id, @Body byte[] body) {
        BranchBodies.NewBranch wanted = BranchBodies.branch(body);
        return BranchJson.of(branches.create(caller, PromptId.parse(id), wanted.name(), wanted.from()));
    }
}
