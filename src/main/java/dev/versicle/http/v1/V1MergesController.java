package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Branches.PreviewJson;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.PromptId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** The way of a branch back into main. */
@Controller(V1Path.PROMPTS + V1Path.ID + "/merge")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1MergesController {
    private final BranchDesk branches;
    private final VersionSaver saver;

    V1MergesController(BranchDesk branches, VersionSaver saver) {
        this.branches = branches;
        this.saver = saver;
    }

    /** Merges, and answers as every save does; or tells what would come of it, where a preview is asked for. */
    @Post
    HttpResponse<?> merge(
            Caller caller, String id, HttpHeaders headers, @Nullable @QueryValue Boolean preview, @Body byte[] body) {
        PromptId prompt = PromptId.parse(id);
        BranchBodies.Merging wanted = BranchBodies.merging(body, Boolean.TRUE.equals(preview));
        Merge merge = wanted.merge();
        Expected expected = ETags.expected(headers);
        return wanted.preview()
                ? HttpResponse.ok(PreviewJson.of(branches.preview(caller, prompt, merge.branch())))
                : saver.save(caller, prompt, expected, () -> branches.merge(caller, prompt, merge, expected));
    }
}
