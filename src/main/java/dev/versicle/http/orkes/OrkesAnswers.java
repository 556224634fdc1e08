package dev.versicle.http.orkes;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.NamedVersion;
import dev.versicle.prompt.Placeholders;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Version;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What Orkes' clients are told; every field is always there. */
final class OrkesAnswers {
    private OrkesAnswers() {}

    /**
     * A version of a prompt. The times are milliseconds since 1970; the Java SDK reads those that end in {@code On},
     * the others the rest.
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Template(
            String name,
            int version,
            String template,
            String description,
            List<String> variables,
            List<String> integrations,
            List<Label> tags,
            String createdBy,
            String updatedBy,
            long createTime,
            long updateTime,
            long createdOn,
            long updatedOn) {
        static Template of(NamedVersion named) {
            Version version = named.version();
            Metadata metadata = version.metadata();
            Snapshot.Origin origin = version.snapshot().origin();
            long created = origin.createdAt().toEpochMilli();
            long updated = later(origin.createdAt(), version.edition().updatedAt());
            return new Template(
                    named.prompt().name().text(),
                    version.number(),
                    version.text(),
                    metadata.description().orElse(""),
                    List.copyOf(Placeholders.of(version.text()).names()),
                    version.snapshot().body().models().stream()
                            .map(ModelName::toString)
                            .toList(),
                    Label.of(named.prompt()),
                    origin.createdBy(),
                    version.edition().updatedBy(),
                    created,
                    updated,
                    created,
                    updated);
        }

        static List<Template> of(List<NamedVersion> versions) {
            return versions.stream().map(Template::of).toList();
        }

        private static long later(Instant created, Instant updated) {
            return Math.max(created.toEpochMilli(), updated.toEpochMilli());
        }
    }

    /** A tag. */
    @Serdeable
    record Label(String key, String value, String type) {
        static final String TYPE = "METADATA";

        static List<Label> of(PromptSettings prompt) {
            return prompt.tags().stream()
                    .map(tag -> new Label(tag.key(), tag.value(), TYPE))
                    .toList();
        }
    }

    @Serdeable
    record Token(String token) {}

    /** The caller, in the fields that the SDKs' users have. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record User(
            String id, String name, String namespace, boolean applicationUser, List<Part> roles, List<String> groups) {
        static User of(Caller caller) {
            return new User(
                    caller.subject(),
                    caller.name().orElse(caller.subject()),
                    caller.namespace().text(),
                    false,
                    caller.roles().stream()
                            .sorted()
                            .map(role -> new Part(role.name().toUpperCase(Locale.ROOT)))
                            .toList(),
                    List.of());
        }
    }

    /** A role of a user. */
    @Serdeable
    record Part(String name) {}
}
