package dev.versicle.http.v1;

import dev.versicle.http.JsonBody;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.VersionRef;

/** What clients send of branches and merges. */
final class BranchBodies {
    private BranchBodies() {}

    /** A branch to be made; {@code from} is where. */
    record NewBranch(BranchName name, VersionRef.Written from) {}

    /** {@code {name, from?}}. */
    static NewBranch branch(byte[] bytes) {
        JsonBody body = JsonBody.read(bytes);
        return new NewBranch(
                branchName("name", body.required("name")),
                new VersionRef.Written(body.text("from").orElse(VersionRef.Written.LATEST)));
    }

    /** A merge to be made, or only to be looked at. */
    record Merging(Merge merge, boolean preview) {}

    /** {@code {branch, into?, message?, preview?}}; {@code into} can be main alone. */
    static Merging merging(byte[] bytes, boolean preview) {
        JsonBody body = JsonBody.read(bytes);
        BranchName branch = branchName("branch", body.required("branch"));
        if (body.text("into")
                .filter(into -> !into.equals(BranchName.MAIN.text()))
                .isPresent()) {
            throw V1Json.invalid("into", "must be main");
        }
        return new Merging(
                Merge.of(branch, body.text("message")),
                preview || body.flag("preview").orElse(false));
    }

    /** The branch that a field names. */
    static BranchName branchName(String field, String text) {
        try {
            return new BranchName(text);
        } catch (PromptException e) {
            throw e.problem() instanceof Problem.Invalid wrong ? V1Json.invalid(field, wrong.rule()) : e;
        }
    }
}
