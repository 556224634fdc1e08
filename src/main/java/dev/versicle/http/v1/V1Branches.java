package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.MergePreview;
import dev.versicle.prompt.Problem;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is told of branches and merges; every field is always there, and null where it is unset. */
final class V1Branches {
    private V1Branches() {}

    /** A branch; {@code ahead} and {@code behind} are null where it is too far from main to be counted. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record BranchJson(
            String name,
            String commit,
            Optional<String> title,
            String updatedAt,
            Optional<Integer> ahead,
            Optional<Integer> behind) {
        static BranchJson of(Branch branch) {
            return new BranchJson(
                    branch.name().text(),
                    branch.commit().hex(),
                    branch.title(),
                    Timestamps.text(branch.updatedAt()),
                    branch.distance().map(Branch.Distance::ahead),
                    branch.distance().map(Branch.Distance::behind));
        }
    }

    /** A part of the branches; {@code nextCursor} asks for what follows, and is null where nothing does. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record BranchList(List<BranchJson> items, Optional<String> nextCursor) {
        static BranchList of(Branch.Part part) {
            Optional<BranchName> last = part.more() && !part.items().isEmpty()
                    ? Optional.of(part.items().getLast().name())
                    : Optional.empty();
            return new BranchList(part.items().stream().map(BranchJson::of).toList(), last.map(Cursor::after));
        }
    }

    /** What a merge would come to; {@code version} is null where it would make none. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PreviewJson(
            Optional<String> mainCommit,
            String branchCommit,
            boolean upToDate,
            boolean fastForward,
            Optional<Integer> version,
            List<ChangedJson> files,
            List<ConflictJson> conflicts) {
        static PreviewJson of(MergePreview preview) {
            return new PreviewJson(
                    preview.main().map(CommitId::hex),
                    preview.branch().hex(),
                    preview.way() == MergePreview.Way.UP_TO_DATE,
                    preview.way() == MergePreview.Way.FAST_FORWARD,
                    preview.version(),
                    preview.files().stream().map(ChangedJson::of).toList(),
                    preview.conflicts().stream().map(ConflictJson::of).toList());
        }
    }

    /** A file that a merge would change. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record ChangedJson(String path, String change) {
        static ChangedJson of(MergePreview.Changed file) {
            return new ChangedJson(file.path(), lower(file.change()));
        }
    }

    /** A refused merge, with what only a person can decide. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ConflictsJson(String error, String message, Map<String, String> details, List<ConflictJson> conflicts) {
        static ConflictsJson of(Problem.Conflicts problem) {
            int count = problem.conflicts().size();
            V1Errors.Body body = V1Errors.conflicting("Branch " + problem.branch() + " and main both changed " + count
                    + (count == 1 ? " file" : " files") + " in the same places.");
            return new ConflictsJson(
                    body.error(),
                    body.message(),
                    body.details(),
                    problem.conflicts().stream().map(ConflictJson::of).toList());
        }
    }

    /** A file in conflict; {@code complete} is false where it has more regions than are told. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ConflictJson(String path, String kind, boolean binary, boolean complete, List<RegionJson> regions) {
        static ConflictJson of(MergeConflict conflict) {
            return new ConflictJson(
                    conflict.path(),
                    lower(conflict.kind()),
                    conflict.binary(),
                    conflict.complete(),
                    conflict.regions().stream().map(RegionJson::of).toList());
        }
    }

    /** Where two texts conflict. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RegionJson(LinesJson base, LinesJson ours, LinesJson theirs) {
        static RegionJson of(MergeConflict.Region region) {
            return new RegionJson(
                    LinesJson.of(region.base()), LinesJson.of(region.ours()), LinesJson.of(region.theirs()));
        }
    }

    /** One side's lines there. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LinesJson(int startLine, int lines, String text) {
        static LinesJson of(MergeConflict.Lines lines) {
            return new LinesJson(lines.start(), lines.lines(), lines.text());
        }
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
