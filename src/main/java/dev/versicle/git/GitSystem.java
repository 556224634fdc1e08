package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Namespaces;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Role;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The server's own settings in {@code system.git}: {@code keys/<id>.json} and {@code namespaces/<name>.json} on main,
 * each change one commit in the name of who made it.
 */
public final class GitSystem implements KeyRing, Namespaces {
    private static final int TRIES_MAX = 8;
    private static final long FILES_CACHED_MAX = 10_000;
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{12}");

    private record FileKey(ObjectId tip, String path) {}

    private final Repositories repositories;
    private final InstantSource clock;
    private final WriteLocks locks = new WriteLocks();
    private final Cache<FileKey, Optional<ObjectNode>> files =
            Caffeine.newBuilder().maximumSize(FILES_CACHED_MAX).build();

    private GitSystem(Repositories repositories, InstantSource clock) {
        this.repositories = repositories;
        this.clock = clock;
    }

    /** Opens the system's repository, made if need be. */
    public static GitSystem open(Repositories repositories, InstantSource clock) {
        GitSystem system = new GitSystem(repositories, clock);
        system.run(() -> {
            Optional<Repository> present = repositories.open(Repositories.SYSTEM);
            if (present.isPresent()) {
                try (Repository git = present.get()) {
                    repositories.recover(git);
                }
            } else {
                repositories.create(Repositories.SYSTEM, git -> {});
            }
            return system;
        });
        return system;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return KEY_ID.matcher(id).matches() ? run(() -> read(keyPath(id))).map(GitSystem::key) : Optional.empty();
    }

    @Override
    public void add(ApiKey key, Caller by) {
        change(keyPath(key.id()), Optional.of(json(key)), by, "Add key " + key.id());
    }

    @Override
    public void remove(String id, Caller by) {
        change(keyPath(id), Optional.empty(), by, "Remove key " + id);
    }

    @Override
    public boolean knows(Namespace namespace) {
        return run(() -> read(namespacePath(namespace))).isPresent();
    }

    @Override
    public void ensure(Namespace namespace, Caller by) {
        if (!knows(namespace)) {
            ObjectNode file = Json.object();
            file.put("name", namespace.text());
            file.put("created_by", by.subject());
            file.put("created_at", Moments.write(clock.instant()));
            change(namespacePath(namespace), Optional.of(file), by, "Add namespace " + namespace);
        }
    }

    private static String keyPath(String id) {
        return "keys/" + id + ".json";
    }

    private static String namespacePath(Namespace namespace) {
        return "namespaces/" + namespace.text() + ".json";
    }

    private static ObjectNode json(ApiKey key) {
        ObjectNode file = Json.object();
        file.put("id", key.id());
        file.put("secret_sha256", key.secretHash());
        file.put("subject", key.bearer().subject());
        key.bearer().name().ifPresent(name -> file.put("name", name));
        key.bearer().email().ifPresent(email -> file.put("email", email));
        file.put("namespace", key.bearer().namespace().text());
        ArrayNode roles = file.putArray("roles");
        key.bearer().roles().stream().map(Role::text).sorted().forEach(roles::add);
        file.put("created_at", Moments.write(key.createdAt()));
        key.expiresAt().ifPresent(at -> file.put("expires_at", Moments.write(at)));
        return file;
    }

    private static ApiKey key(ObjectNode file) {
        try {
            Set<Role> roles = StreamSupport.stream(file.path("roles").spliterator(), false)
                    .flatMap(role -> Role.find(role.asText()).stream())
                    .collect(Collectors.toSet());
            Caller bearer = new Caller(
                    Json.require(file, "subject"),
                    Json.text(file, "name"),
                    Json.text(file, "email"),
                    new Namespace(Json.require(file, "namespace")),
                    roles);
            return new ApiKey(
                    Json.require(file, "id"),
                    Json.require(file, "secret_sha256"),
                    bearer,
                    Moments.read(Json.require(file, "created_at")).orElseThrow(),
                    Json.text(file, "expires_at").map(at -> Moments.read(at).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ObjectNode> read(String path) throws IOException {
        try (Repository git = repository()) {
            ObjectId tip = Truths.tip(git, RefNames.MAIN);
            if (Truths.absent(tip)) {
                return Optional.empty();
            }
            FileKey key = new FileKey(tip, path);
            Optional<Optional<ObjectNode>> known = Optional.ofNullable(files.getIfPresent(key));
            if (known.isPresent()) {
                return known.get();
            }
            Optional<byte[]> bytes = PromptReader.file(git, tree(git, tip), path);
            Optional<ObjectNode> file = bytes.isPresent() ? Optional.of(Json.read(bytes.get())) : Optional.empty();
            files.put(key, file);
            return file;
        }
    }

    private static ObjectId tree(Repository git, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            return walk.parseCommit(commit).getTree().copy();
        }
    }

    private Repository repository() throws IOException {
        return repositories.open(Repositories.SYSTEM).orElseThrow(() -> new IOException("system.git is missing"));
    }

    /** Replaces, adds or removes one file, as one commit. */
    private void change(String path, Optional<ObjectNode> file, Caller by, String message) {
        Scribe scribe = new Scribe(by, clock.instant());
        locks.locked(
                Repositories.SYSTEM,
                () -> run(() -> {
                    try (Repository git = repository()) {
                        for (int tries = 0; tries < TRIES_MAX; tries++) {
                            ObjectId tip = Truths.tip(git, RefNames.MAIN);
                            ObjectId commit = commit(git, tip, new Edit(path, file), scribe, message);
                            if (repositories.move(git, RefNames.MAIN, tip, commit) != RefUpdate.Result.LOCK_FAILURE) {
                                return path;
                            }
                        }
                        throw new PromptException(new Problem.Contended());
                    }
                }));
    }

    private record Edit(String path, Optional<ObjectNode> file) {}

    private static ObjectId commit(Repository git, ObjectId tip, Edit edit, Scribe scribe, String message)
            throws IOException {
        try (ObjectReader reader = git.newObjectReader();
                ObjectInserter inserter = git.newObjectInserter()) {
            DirCache index = Truths.absent(tip) ? DirCache.newInCore() : DirCache.read(reader, tree(git, tip));
            DirCacheBuilder builder = index.builder();
            for (int i = 0; i < index.getEntryCount(); i++) {
                if (!index.getEntry(i).getPathString().equals(edit.path())) {
                    builder.add(index.getEntry(i));
                }
            }
            if (edit.file().isPresent()) {
                DirCacheEntry entry = new DirCacheEntry(edit.path());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(
                        Constants.OBJ_BLOB, Json.write(edit.file().get())));
                builder.add(entry);
            }
            builder.finish();
            List<ObjectId> parents = Truths.present(tip).stream().toList();
            ObjectId commit = scribe.commit(inserter, index.writeTree(inserter), parents, message + "\n");
            inserter.flush();
            return commit;
        }
    }

    private <R> R run(GitPromptRepository.Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
