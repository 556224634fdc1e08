package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * All files of one directory of the system's repository, kept as what they say: once they are known, reading all of
 * them is a look at one ref, and after a change only the files that changed are read.
 */
final class SystemDirectory<T> {
    /** Makes of a file what it says. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ObjectNode file) throws IOException;
    }

    private record Found<T>(ObjectId blob, T value) {}

    /** What there was at a tip, by path; {@code tree} is the directory's. */
    private record Known<T>(ObjectId tip, ObjectId tree, Map<String, Found<T>> files, List<T> values) {
        static <T> Known<T> of(ObjectId tip, ObjectId tree, Map<String, Found<T>> files) {
            return new Known<>(
                    tip, tree, files, files.values().stream().map(Found::value).toList());
        }
    }

    private final String path;
    private final Reader<T> reader;
    private final SystemFiles files;
    private volatile Known<T> known = Known.of(ObjectId.zeroId(), ObjectId.zeroId(), Map.of());

    SystemDirectory(SystemFiles files, String path, Reader<T> reader) {
        this.files = files;
        this.path = path;
        this.reader = reader;
    }

    /** What the file says, if there is one. */
    Optional<T> find(String file) {
        return Optional.ofNullable(known().files().get(file)).map(Found::value);
    }

    /** What they say, in the order of their names. */
    List<T> all() {
        return known().values();
    }

    private Known<T> known() {
        return files.look(git -> {
            ObjectId tip = Truths.tip(git, RefNames.MAIN);
            Known<T> before = known;
            if (before.tip().equals(tip)) {
                return before;
            }
            // Two threads may both read it: each finds what is there.
            Known<T> now = read(git, tip, before);
            known = now;
            return now;
        });
    }

    private Known<T> read(Repository git, ObjectId tip, Known<T> before) throws IOException {
        try (ObjectReader objects = git.newObjectReader();
                RevWalk commits = new RevWalk(objects)) {
            ObjectId tree = directory(objects, commits.parseCommit(tip).getTree());
            if (tree.equals(before.tree())) {
                return Known.of(tip, tree, before.files());
            }
            return Known.of(tip, tree, Truths.absent(tree) ? Map.of() : files(objects, tree, before.files()));
        }
    }

    /** The directory's tree; the zero id where there is none. */
    private ObjectId directory(ObjectReader objects, AnyObjectId root) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(objects, path, root)) {
            return walk == null ? ObjectId.zeroId() : walk.getObjectId(0);
        }
    }

    private Map<String, Found<T>> files(ObjectReader objects, ObjectId tree, Map<String, Found<T>> before)
            throws IOException {
        Map<String, Found<T>> found = new LinkedHashMap<>();
        try (TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(tree);
            while (walk.next()) {
                String file = path + "/" + walk.getPathString();
                ObjectId blob = walk.getObjectId(0);
                Optional<Found<T>> kept = Optional.ofNullable(before.get(file))
                        .filter(old -> old.blob().equals(blob));
                found.put(file, kept.isPresent() ? kept.get() : read(objects, blob));
            }
        }
        return found;
    }

    private Found<T> read(ObjectReader objects, ObjectId blob) throws IOException {
        byte[] bytes = objects.open(blob, Constants.OBJ_BLOB).getCachedBytes();
        return new Found<>(blob, reader.read(Json.read(bytes)));
    }
}
