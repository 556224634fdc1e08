package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Pointers;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptPackage;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Release;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Version;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of versions; every field is always there, and null where it is unset. */
final class V1Versions {
    private V1Versions() {}

    /**
     * A version.
     *
     * @param environments those that point to this very commit now
     * @param skipped only where something was asked to be saved: whether it was there already
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VersionJson(
            String promptId,
            int version,
            String commit,
            List<String> releases,
            Optional<String> displayVersion,
            Optional<String> title,
            Optional<String> description,
            Optional<String> label,
            String source,
            String createdBy,
            String createdAt,
            String updatedAt,
            List<String> environments,
            String text,
            List<FileJson> files,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> skipped) {
        static VersionJson of(Version version, Pointers pointers, List<PromptPackage.Entry> files) {
            Metadata metadata = version.metadata();
            Snapshot.Origin origin = version.snapshot().origin();
            return new VersionJson(
                    version.prompt().hex(),
                    version.number(),
                    version.commit().hex(),
                    pointers.releases().stream().map(SemVer::toString).toList(),
                    metadata.displayVersion().map(DisplayVersion::text),
                    metadata.title(),
                    metadata.description(),
                    metadata.label(),
                    origin.source().text(),
                    origin.createdBy(),
                    Timestamps.text(origin.createdAt()),
                    Timestamps.text(version.edition().updatedAt()),
                    pointers.environments().stream().map(EnvironmentName::text).toList(),
                    version.text(),
                    files.stream().map(FileJson::of).toList(),
                    Optional.empty());
        }

        VersionJson saved(boolean unchanged) {
            return new VersionJson(
                    promptId,
                    version,
                    commit,
                    releases,
                    displayVersion,
                    title,
                    description,
                    label,
                    source,
                    createdBy,
                    createdAt,
                    updatedAt,
                    environments,
                    text,
                    files,
                    Optional.of(unchanged));
        }
    }

    /** A file of a version; {@code mode} is Git's. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record FileJson(String path, long size, String mode) {
        static FileJson of(PromptPackage.Entry entry) {
            return new FileJson(entry.path(), entry.size(), entry.executable() ? "100755" : "100644");
        }
    }

    /** A part of the history; {@code nextCursor} asks for what follows, and is null where nothing does. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Log(List<VersionJson> items, Optional<String> nextCursor) {}

    /** A refused save, with what its caller missed: the latest version, and what changed on the way to it. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Missed(
            String error,
            String message,
            Map<String, String> details,
            Optional<VersionJson> latest,
            Optional<String> diff) {}

    /** An uploaded version; seed 004. {@code tarballUrl} is the key that the vendor's own storage would have for it. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Uploaded(String id, String promptId, String version, String tarballUrl, String createdAt) {
        static Uploaded of(Place place, Release release) {
            String version = release.release().toString();
            return new Uploaded(
                    ReleaseId.of(place.id(), release.release()).toString(),
                    place.id().hex(),
                    version,
                    place.owner() + "/" + place.name() + "/" + version + ".tar.gz",
                    Timestamps.text(release.version().snapshot().origin().createdAt()));
        }
    }

    /** Whose a prompt is and what it is called: what its versions' keys begin with. */
    record Place(PromptId id, String owner, String name) {
        static Place of(PromptId id, PromptSettings settings) {
            return new Place(id, settings.access().owner(), settings.name().text());
        }
    }

    /** The uploaded versions of a prompt, highest first. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record UploadedList(List<Uploaded> items, int limit, int offset, long total) {
        static UploadedList of(Place place, Page<Release> page, Page.Part part) {
            return new UploadedList(
                    page.items().stream()
                            .map(release -> Uploaded.of(place, release))
                            .toList(),
                    part.limit(),
                    part.offset(),
                    page.total());
        }
    }
}
