package dev.versicle.clients;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's push event as {@code go-playground/webhooks} 6.4 reads it for Argo CD: into a Go struct, which passes over
 * what it does not know, and refuses the whole where a field that it knows is of another type. Null is of every type.
 */
record GitHubPush(
        @Nullable String ref,
        @Nullable String before,
        @Nullable String after,
        @Nullable Boolean created,
        @Nullable Boolean deleted,
        @Nullable Boolean forced,
        @JsonProperty("base_ref") @Nullable String baseRef,
        @Nullable String compare,
        @Nullable List<Commit> commits,
        @JsonProperty("head_commit") @Nullable Commit headCommit,
        @Nullable Repository repository,
        @Nullable Person pusher,
        @Nullable Account sender) {
    private static final JsonMapper GO = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
            .build();

    record Commit(
            @Nullable String id,
            @JsonProperty("tree_id") @Nullable String treeId,
            @Nullable Boolean distinct,
            @Nullable String message,
            @Nullable String timestamp,
            @Nullable String url,
            @Nullable Person author,
            @Nullable Person committer,
            @Nullable List<String> added,
            @Nullable List<String> removed,
            @Nullable List<String> modified) {}

    record Person(
            @Nullable String name,
            @Nullable String email,
            @Nullable String username) {}

    record Account(
            @Nullable String login,
            @Nullable Long id,
            @JsonProperty("node_id") @Nullable String nodeId,
            @Nullable String url,
            @JsonProperty("html_url") @Nullable String htmlUrl,
            @Nullable String type) {}

    record Repository(
            @Nullable Long id,
            @JsonProperty("node_id") @Nullable String nodeId,
            @Nullable String name,
            @JsonProperty("full_name") @Nullable String fullName,
            @Nullable Account owner,
            @JsonProperty("private") @Nullable Boolean isPrivate,
            @JsonProperty("html_url") @Nullable String htmlUrl,
            @Nullable String description,
            @Nullable Boolean fork,
            @Nullable String url,
            @JsonProperty("created_at") @Nullable Long createdAt,
            @JsonProperty("updated_at") @Nullable String updatedAt,
            @JsonProperty("pushed_at") @Nullable Long pushedAt,
            @JsonProperty("clone_url") @Nullable String cloneUrl,
            @JsonProperty("ssh_url") @Nullable String sshUrl,
            @Nullable Long size,
            @JsonProperty("default_branch") @Nullable String defaultBranch) {
        Repository {
            // Go's time.Time reads no other form.
            Optional.ofNullable(updatedAt).ifPresent(OffsetDateTime::parse);
        }
    }

    /** The event, unless it is none of this shape. */
    static GitHubPush read(byte[] json) throws IOException {
        return GO.readValue(json, GitHubPush.class);
    }

    /** What has moved, as Argo CD calls it. */
    String revision() {
        return revision(Optional.ofNullable(ref).orElse(""));
    }

    /** A ref without its first two parts. */
    static String revision(String ref) {
        String[] parts = ref.split("/", 3);
        return parts[parts.length - 1];
    }

    /** Whether the default branch has moved. */
    boolean touchesHead() {
        return Optional.ofNullable(repository)
                .map(Repository::defaultBranch)
                .orElse("")
                .equals(revision());
    }

    /** Where people see the repository. */
    String page() {
        return Optional.ofNullable(repository).map(Repository::htmlUrl).orElse("");
    }
}
