package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * The JSON files on main of {@code system.git}, each change one commit in the name of who made it. Reading one costs
 * the same however many there are.
 */
final class SystemFiles {
    private static final int TRIES_MAX = 8;
    private static final long FILES_CACHED_MAX = 10_000;

    private record FileKey(ObjectId tip, String path) {}

    private record Edit(String path, Optional<ObjectNode> file) {}

    private final Repositories repositories;
    private final InstantSource clock;
    private final WriteLocks locks = new WriteLocks();
    private final Cache<FileKey, Optional<ObjectNode>> files =
            Caffeine.newBuilder().maximumSize(FILES_CACHED_MAX).build();

    private SystemFiles(Repositories repositories, InstantSource clock) {
        this.repositories = repositories;
        this.clock = clock;
    }

    /** Opens the system's repository, made if need be. */
    static SystemFiles open(Repositories repositories, InstantSource clock) {
        SystemFiles system = new SystemFiles(repositories, clock);
        run(() -> {
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

    /** The file, which is the caller's to read only. */
    Optional<ObjectNode> read(String path) {
        return run(() -> {
            try (Repository git = repository()) {
                return read(git, Truths.tip(git, RefNames.MAIN), path);
            }
        });
    }

    /** A directory whose files stay known; {@code reader} says what one means. */
    <T> SystemDirectory<T> directory(String directory, SystemDirectory.Reader<T> reader) {
        return new SystemDirectory<>(this, directory, reader);
    }

    /** Work on the repository that only reads. */
    @FunctionalInterface
    interface Look<R> {
        R at(Repository git) throws IOException;
    }

    <R> R look(Look<R> look) {
        return run(() -> {
            try (Repository git = repository()) {
                return look.at(git);
            }
        });
    }

    /** All files of a directory, in the order of their names. */
    List<ObjectNode> all(String directory) {
        return run(() -> {
            try (Repository git = repository()) {
                ObjectId tip = Truths.tip(git, RefNames.MAIN);
                List<ObjectNode> all = new ArrayList<>();
                for (String path : Truths.absent(tip) ? List.<String>of() : paths(git, tip, directory)) {
                    read(git, tip, path).ifPresent(all::add);
                }
                return all;
            }
        });
    }

    private static List<String> paths(Repository git, ObjectId tip, String directory) throws IOException {
        try (TreeWalk walk = new TreeWalk(git)) {
            walk.addTree(tree(git, tip));
            walk.setFilter(PathFilter.create(directory));
            walk.setRecursive(true);
            List<String> paths = new ArrayList<>();
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
            return paths;
        }
    }

    private Optional<ObjectNode> read(Repository git, ObjectId tip, String path) throws IOException {
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

    private static ObjectId tree(Repository git, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            return walk.parseCommit(commit).getTree().copy();
        }
    }

    private Repository repository() throws IOException {
        return repositories.open(Repositories.SYSTEM).orElseThrow(() -> new IOException("system.git is missing"));
    }

    /**
     * Makes a file what {@code edit} makes of it, as one commit; none where that is what it was. {@code edit} is asked
     * again when somebody was faster.
     */
    void change(String path, UnaryOperator<Optional<ObjectNode>> edit, Caller by, String message) {
        Scribe scribe = new Scribe(by, clock.instant());
        locks.locked(
                Repositories.SYSTEM,
                () -> run(() -> {
                    try (Repository git = repository()) {
                        for (int tries = 0; tries < TRIES_MAX; tries++) {
                            if (changed(git, path, edit, scribe, message)) {
                                return path;
                            }
                        }
                        throw new PromptException(new Problem.Contended());
                    }
                }));
    }

    private boolean changed(
            Repository git, String path, UnaryOperator<Optional<ObjectNode>> edit, Scribe scribe, String message)
            throws IOException {
        ObjectId tip = Truths.tip(git, RefNames.MAIN);
        Optional<ObjectNode> before = read(git, tip, path);
        Optional<ObjectNode> after = edit.apply(before);
        if (after.equals(before)) {
            return true;
        }
        ObjectId commit = commit(git, tip, new Edit(path, after), scribe, message);
        return repositories.move(git, RefNames.MAIN, tip, commit) != RefUpdate.Result.LOCK_FAILURE;
    }

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

    private static <R> R run(GitPromptRepository.Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
