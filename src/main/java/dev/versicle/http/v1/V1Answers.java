package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CurrentBody;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.KeyDesk;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is told of prompts and keys; every field is always there, and null where it is unset. */
final class V1Answers {
    private V1Answers() {}

    /** A prompt. The first eight fields are those of prompts.dev, where a namespace is a user. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PromptJson(
            String id,
            String name,
            String ownerId,
            String ownerUsername,
            Optional<String> description,
            List<String> tags,
            String createdAt,
            long downloadCount,
            String visibility,
            String namespace,
            Optional<Integer> latestVersion,
            String updatedAt,
            List<String> protectedEnvironments) {
        static PromptJson of(Prompt prompt) {
            PromptSettings settings = prompt.settings();
            return new PromptJson(
                    prompt.id().hex(),
                    settings.name().text(),
                    settings.access().owner(),
                    settings.namespace().text(),
                    settings.description(),
                    settings.tags().stream().map(V1Json::written).toList(),
                    Timestamps.text(settings.creation().at()),
                    prompt.counts().downloads(),
                    settings.access().visibility().text(),
                    settings.namespace().text(),
                    Optional.of(prompt.counts().latest()).filter(number -> number > 0),
                    Timestamps.text(prompt.updatedAt()),
                    settings.access().guarded().stream()
                            .map(EnvironmentName::text)
                            .toList());
        }
    }

    /** What a search found. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Found(List<PromptJson> items, String query, int limit, int offset, long total) {
        static Found of(Page<Prompt> page, String query, Page.Part part) {
            return new Found(
                    page.items().stream().map(PromptJson::of).toList(),
                    query,
                    part.limit(),
                    part.offset(),
                    page.total());
        }
    }

    /** A deleted prompt. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record TrashedJson(String id, String name, String namespace, String ownerId, String deletedAt) {
        static TrashedJson of(PromptIndex.Trashed trashed) {
            return new TrashedJson(
                    trashed.id().hex(),
                    trashed.name().text(),
                    trashed.namespace().text(),
                    trashed.owner(),
                    Timestamps.text(trashed.at()));
        }
    }

    /** The deleted prompts that the caller may bring back. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Trash(List<TrashedJson> items, int limit, int offset, long total) {
        static Trash of(Page<PromptIndex.Trashed> page, Page.Part part) {
            return new Trash(
                    page.items().stream().map(TrashedJson::of).toList(), part.limit(), part.offset(), page.total());
        }
    }

    /** The current body; {@code saved} says that it is no version yet. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record DraftJson(String promptId, String text, boolean saved) {
        static DraftJson of(PromptId id, CurrentBody body) {
            return new DraftJson(id.hex(), body.text(), body.saved());
        }
    }

    /** Who may do what. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record AccessJson(String owner, SortedMap<String, Right> grants) {
        static AccessJson of(PromptSettings.Access access) {
            return new AccessJson(access.owner(), new TreeMap<>(access.grants()));
        }
    }

    /** A key, without what makes it one. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KeyJson(
            String id,
            String name,
            String subject,
            String namespace,
            List<String> roles,
            String createdAt,
            Optional<String> expiresAt) {
        static KeyJson of(ApiKey key) {
            Caller bearer = key.bearer();
            return new KeyJson(
                    key.id(),
                    key.issue().name(),
                    bearer.subject(),
                    bearer.namespace().text(),
                    bearer.roles().stream().sorted().map(Role::text).toList(),
                    Timestamps.text(key.issue().at()),
                    key.issue().until().map(Timestamps::text));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Keys(List<KeyJson> items) {
        static Keys of(List<ApiKey> keys) {
            return new Keys(keys.stream().map(KeyJson::of).toList());
        }
    }

    /** A new key with its secret, which is told this once. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record NewKeyJson(
            String id,
            String key,
            String name,
            String subject,
            String namespace,
            List<String> roles,
            String createdAt,
            Optional<String> expiresAt) {
        static NewKeyJson of(KeyDesk.Made made) {
            KeyJson shown = KeyJson.of(made.key());
            return new NewKeyJson(
                    shown.id(),
                    made.text().text(),
                    shown.name(),
                    shown.subject(),
                    shown.namespace(),
                    shown.roles(),
                    shown.createdAt(),
                    shown.expiresAt());
        }

        /** The secret stands in no log. */
        @Override
        public String toString() {
            return "key " + id;
        }
    }

    /** A text with its variables filled in. */
    @Serdeable
    record Rendered(String text) {}
}
