package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NamespaceSettings;
import dev.versicle.prompt.Namespaces;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The server's own settings in {@code system.git}: {@code keys/<id>.json} and {@code namespaces/<name>.json}; {@link
 * GitIntegrations} and {@link GitWebhooks} are beside them.
 */
public final class GitSystem implements KeyRing, Namespaces {
    private static final String KEYS = "keys";
    private static final String KUSTOMIZATION = "kustomization";
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{12}");

    private final SystemFiles files;
    private final InstantSource clock;

    private GitSystem(SystemFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Opens the system's repository, made if need be. */
    public static GitSystem open(Repositories repositories, InstantSource clock) {
        return new GitSystem(SystemFiles.open(repositories, clock), clock);
    }

    /** The integrations, which are kept there, too. */
    public GitIntegrations integrations(Seal seal) {
        return new GitIntegrations(files, seal);
    }

    /** The subscriptions, likewise. */
    public GitWebhooks webhooks(Seal seal) {
        return new GitWebhooks(files, seal);
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return KEY_ID.matcher(id).matches() ? files.read(keyPath(id)).map(GitSystem::key) : Optional.empty();
    }

    @Override
    public List<ApiKey> all() {
        return files.all(KEYS).stream().map(GitSystem::key).toList();
    }

    @Override
    public void add(ApiKey key, Caller by) {
        files.change(keyPath(key.id()), before -> Optional.of(json(key)), by, "Add key " + key.id());
    }

    @Override
    public void remove(String id, Caller by) {
        files.change(keyPath(id), before -> Optional.empty(), by, "Remove key " + id);
    }

    @Override
    public boolean knows(Namespace namespace) {
        return files.read(namespacePath(namespace)).isPresent();
    }

    @Override
    public void ensure(Namespace namespace, Caller by) {
        if (!knows(namespace)) {
            ObjectNode file = Json.object();
            file.put("name", namespace.text());
            file.put("created_by", by.subject());
            file.put("created_at", Moments.write(clock.instant()));
            files.change(namespacePath(namespace), before -> Optional.of(file), by, "Add namespace " + namespace);
        }
    }

    @Override
    public NamespaceSettings settings(Namespace namespace) {
        return files.read(namespacePath(namespace))
                .map(file -> new NamespaceSettings(file.path(KUSTOMIZATION).asBoolean()))
                .orElse(NamespaceSettings.DEFAULT);
    }

    @Override
    public void change(Namespace namespace, NamespaceSettings settings, Caller by) {
        files.change(
                namespacePath(namespace),
                before -> before.map(file -> file.deepCopy().put(KUSTOMIZATION, settings.kustomization())),
                by,
                "Set up namespace " + namespace);
    }

    private static String keyPath(String id) {
        return KEYS + "/" + id + ".json";
    }

    private static String namespacePath(Namespace namespace) {
        return "namespaces/" + namespace.text() + ".json";
    }

    private static ObjectNode json(ApiKey key) {
        ObjectNode file = Json.object();
        file.put("id", key.id());
        file.put("secret_sha256", key.secretHash());
        CallerCodec.write(key.bearer(), file);
        file.put("key_name", key.issue().name());
        file.put("created_by", key.issue().by());
        file.put("created_at", Moments.write(key.issue().at()));
        key.issue().until().ifPresent(at -> file.put("expires_at", Moments.write(at)));
        return file;
    }

    private static ApiKey key(ObjectNode file) {
        try {
            Caller bearer = CallerCodec.read(file);
            // The first keys had neither a name nor a maker of their own.
            ApiKey.Issue issue = new ApiKey.Issue(
                    Json.text(file, "key_name").orElse(bearer.subject()),
                    Json.text(file, "created_by").orElse(bearer.subject()),
                    Moments.read(Json.require(file, "created_at")).orElseThrow(),
                    Json.text(file, "expires_at").map(at -> Moments.read(at).orElseThrow()));
            return new ApiKey(Json.require(file, "id"), Json.require(file, "secret_sha256"), bearer, issue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
