package dev.versicle.http.tether;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Version;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;

/** What Tether's clients are told; every field is always there, and null where it is unset. */
final class TetherAnswers {
    /** How much of a body a list shows, in code points. */
    static final int PREVIEW_CHARACTERS_MAX = 200;

    private static final String CUT = "...";

    private TetherAnswers() {}

    /** A version in lists and answers; seeds 000 and 002, {@code PromptVersionSummary}. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VersionSummary(
            @JsonProperty("_id") String id,
            int version,
            Optional<String> label,
            Optional<String> displayVersion,
            Optional<String> title,
            Optional<String> description,
            String source,
            String createdAt,
            boolean matchesCurrentPrompt,
            String preview) {
        static VersionSummary of(Version version) {
            Metadata metadata = version.metadata();
            Snapshot.Origin origin = version.snapshot().origin();
            return new VersionSummary(
                    version.commit().shortId(),
                    version.number(),
                    metadata.label(),
                    metadata.displayVersion().map(DisplayVersion::text),
                    metadata.title(),
                    metadata.description(),
                    origin.source().text(),
                    Timestamps.text(origin.createdAt()),
                    version.matchesCurrent(),
                    TetherAnswers.preview(version.text()));
        }
    }

    /** A version with its body; seed 001, {@code PromptVersionDocument}. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VersionDocument(
            @JsonProperty("_id") String id,
            String promptId,
            String prompt,
            int version,
            Optional<String> label,
            Optional<String> displayVersion,
            Optional<String> title,
            Optional<String> description,
            String source,
            String createdBy,
            String createdAt,
            String updatedAt) {
        static VersionDocument of(Version version) {
            Metadata metadata = version.metadata();
            Snapshot.Origin origin = version.snapshot().origin();
            return new VersionDocument(
                    version.commit().shortId(),
                    version.prompt().hex(),
                    version.text(),
                    version.number(),
                    metadata.label(),
                    metadata.displayVersion().map(DisplayVersion::text),
                    metadata.title(),
                    metadata.description(),
                    origin.source().text(),
                    origin.createdBy(),
                    Timestamps.text(origin.createdAt()),
                    Timestamps.text(version.edition().updatedAt()));
        }
    }

    /** What a save came to; seed 000, {@code PromptVersionCheckpointResponse}. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Checkpoint(String message, boolean skipped, int version, String versionId, VersionSummary versionSnapshot) {
        static Checkpoint of(CheckpointResult result) {
            return switch (result) {
                case CheckpointResult.Saved saved -> of("Version saved", false, saved.version());
                case CheckpointResult.Unchanged unchanged ->
                    of("No changes since version " + unchanged.version().number(), true, unchanged.version());
            };
        }

        private static Checkpoint of(String message, boolean skipped, Version version) {
            return new Checkpoint(
                    message, skipped, version.number(), version.commit().shortId(), VersionSummary.of(version));
        }
    }

    /** An edited version; seed 002, {@code PromptVersionUpdateResponse}. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Updated(String message, VersionSummary version) {
        static Updated of(Version version) {
            return new Updated("Prompt version updated successfully", VersionSummary.of(version));
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VersionList(List<VersionSummary> versions, Pagination pagination) {
        static VersionList of(Page<Version> page, Page.Window window) {
            return new VersionList(
                    page.items().stream().map(VersionSummary::of).toList(), Pagination.of(page.total(), window));
        }
    }

    /** A prompt as it is now, with its current body. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PromptDocument(
            @JsonProperty("_id") String id,
            String name,
            String prompt,
            Optional<String> description,
            String createdBy,
            String createdAt,
            String updatedAt,
            int latestVersion,
            int versionCount) {
        static PromptDocument of(Prompt prompt) {
            PromptSettings settings = prompt.settings();
            return new PromptDocument(
                    prompt.id().hex(),
                    settings.name().text(),
                    prompt.text(),
                    settings.description(),
                    settings.creation().by(),
                    Timestamps.text(settings.creation().at()),
                    Timestamps.text(prompt.updatedAt()),
                    prompt.counts().latest(),
                    prompt.counts().live());
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PromptList(List<PromptDocument> prompts, Pagination pagination) {
        static PromptList of(Page<Prompt> page, Page.Window window) {
            return new PromptList(
                    page.items().stream().map(PromptDocument::of).toList(), Pagination.of(page.total(), window));
        }
    }

    @Serdeable
    record Pagination(int page, int limit, long total, long totalPages) {
        static Pagination of(long total, Page.Window window) {
            return new Pagination(window.number(), window.limit(), total, Math.ceilDiv(total, window.limit()));
        }
    }

    @Serdeable
    record Message(String message) {}

    /** The beginning of a body, never cut within a character. */
    static String preview(String text) {
        if (text.codePointCount(0, text.length()) <= PREVIEW_CHARACTERS_MAX) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, PREVIEW_CHARACTERS_MAX)) + CUT;
    }
}
