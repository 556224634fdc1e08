package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.Blame;
import dev.versicle.prompt.Diff;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is told of how versions differ and where lines come from. */
final class V1History {
    private V1History() {}

    /** The way from one version to another. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DiffJson(
            int from, int to, String fromCommit, String toCommit, List<FileDiffJson> files, VariablesJson variables) {
        static DiffJson of(Diff diff) {
            return new DiffJson(
                    diff.from().number(),
                    diff.to().number(),
                    diff.from().commit().hex(),
                    diff.to().commit().hex(),
                    diff.files().stream().map(FileDiffJson::of).toList(),
                    new VariablesJson(
                            List.copyOf(diff.variables().added()),
                            List.copyOf(diff.variables().removed())));
        }
    }

    /** The body's variables that came and went. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VariablesJson(List<String> added, List<String> removed) {}

    /** A file that differs; a mode is null on the side where the file is not. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record FileDiffJson(
            String path,
            String change,
            Optional<String> oldMode,
            Optional<String> newMode,
            boolean binary,
            List<HunkJson> hunks) {
        static FileDiffJson of(Diff.FileDiff file) {
            return new FileDiffJson(
                    file.path(),
                    word(file.change()),
                    file.from().map(Diff.Side::mode),
                    file.to().map(Diff.Side::mode),
                    file.binary(),
                    file.hunks().stream().map(HunkJson::of).toList());
        }
    }

    /** Lines that changed, and a few around them. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record HunkJson(int oldStart, int oldLines, int newStart, int newLines, List<LineJson> lines) {
        static HunkJson of(Diff.Hunk hunk) {
            return new HunkJson(
                    hunk.oldStart(),
                    hunk.oldLines(),
                    hunk.newStart(),
                    hunk.newLines(),
                    hunk.lines().stream().map(LineJson::of).toList());
        }
    }

    /** A line of a hunk; {@code ended} is false for a last line without a line feed. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LineJson(String kind, String text, boolean ended, List<WordJson> words) {
        static LineJson of(Diff.Line line) {
            return new LineJson(
                    word(line.kind()),
                    line.text(),
                    line.ended(),
                    line.words().stream()
                            .map(part -> new WordJson(word(part.kind()), part.text()))
                            .toList());
        }
    }

    /** A part of a line. */
    @Serdeable
    record WordJson(String kind, String text) {}

    /** Where each line of a version's body comes from. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record BlameJson(int version, String commit, List<BlamedLine> lines) {
        static BlameJson of(Blame blame) {
            return new BlameJson(
                    blame.version().number(),
                    blame.version().commit().hex(),
                    blame.lines().stream().map(BlamedLine::of).toList());
        }
    }

    /** A line with the version that brought it; {@code orOlder} where the history was not followed to its end. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record BlamedLine(
            int line,
            String text,
            int version,
            String commit,
            Optional<String> title,
            String author,
            String createdAt,
            boolean orOlder) {
        static BlamedLine of(Blame.Line line) {
            Blame.Origin origin = line.origin();
            return new BlamedLine(
                    line.number(),
                    line.text(),
                    origin.number(),
                    origin.commit().hex(),
                    origin.title(),
                    origin.createdBy(),
                    Timestamps.text(origin.createdAt()),
                    line.orOlder());
        }
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
