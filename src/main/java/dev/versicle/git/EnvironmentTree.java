package dev.versicle.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * A directory that is being changed. Only those directories are read that lie on the way to a change, and only those
 * are written again.
 */
final class EnvironmentTree {
    /** By name, a directory's as if it ended with a slash: that is Git's order. */
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    private final Map<String, EnvironmentTree> opened = new HashMap<>();

    private record Entry(FileMode mode, ObjectId id) {}

    private EnvironmentTree() {}

    static EnvironmentTree empty() {
        return new EnvironmentTree();
    }

    static EnvironmentTree read(ObjectReader reader, ObjectId tree) throws IOException {
        EnvironmentTree directory = new EnvironmentTree();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(reader, tree); !parser.eof(); parser.next(1)) {
            FileMode mode = parser.getEntryFileMode();
            directory.entries.put(key(parser.getEntryPathString(), mode), new Entry(mode, parser.getEntryObjectId()));
        }
        return directory;
    }

    private static String key(String name, FileMode mode) {
        return mode.equals(FileMode.TREE) ? name + "/" : name;
    }

    /** The file of this name. */
    Optional<ObjectId> file(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::id);
    }

    void putFile(String name, ObjectId blob) {
        entries.put(name, new Entry(FileMode.REGULAR_FILE, blob));
    }

    void removeFile(String name) {
        entries.remove(name);
    }

    /** The directory at the end of the way. */
    Optional<ObjectId> directory(ObjectReader reader, List<String> way) throws IOException {
        Optional<Entry> first = Optional.ofNullable(entries.get(way.getFirst() + "/"));
        if (way.size() == 1) {
            return first.map(Entry::id);
        }
        boolean there = first.isPresent() || opened.containsKey(way.getFirst());
        return there ? below(reader, way).directory(reader, way.subList(1, way.size())) : Optional.empty();
    }

    /** Puts a directory at the end of the way, in the place of what is there. */
    void put(ObjectReader reader, List<String> way, ObjectId directory) throws IOException {
        if (way.size() == 1) {
            entries.put(way.getFirst() + "/", new Entry(FileMode.TREE, directory));
        } else {
            below(reader, way).put(reader, way.subList(1, way.size()), directory);
        }
    }

    /** Removes the directory at the end of the way, and what is empty without it. */
    void remove(ObjectReader reader, List<String> way) throws IOException {
        if (way.size() == 1) {
            entries.remove(way.getFirst() + "/");
        } else {
            below(reader, way).remove(reader, way.subList(1, way.size()));
        }
    }

    private EnvironmentTree below(ObjectReader reader, List<String> way) throws IOException {
        String name = way.getFirst();
        Optional<EnvironmentTree> known = Optional.ofNullable(opened.get(name));
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Entry> there = Optional.ofNullable(entries.get(name + "/"));
        EnvironmentTree fresh = there.isPresent() ? read(reader, there.get().id()) : empty();
        opened.put(name, fresh);
        return fresh;
    }

    /** Writes what was opened, and closes it; empty where nothing is in it. */
    private Optional<ObjectId> writeUnlessEmpty(ObjectInserter inserter) throws IOException {
        for (Map.Entry<String, EnvironmentTree> directory : opened.entrySet()) {
            Optional<ObjectId> below = directory.getValue().writeUnlessEmpty(inserter);
            if (below.isPresent()) {
                entries.put(directory.getKey() + "/", new Entry(FileMode.TREE, below.get()));
            } else {
                entries.remove(directory.getKey() + "/");
            }
        }
        opened.clear();
        return entries.isEmpty() ? Optional.empty() : Optional.of(inserter.insert(formatted()));
    }

    private TreeFormatter formatted() {
        TreeFormatter tree = new TreeFormatter();
        entries.forEach((key, entry) -> {
            boolean directory = entry.mode().equals(FileMode.TREE);
            tree.append(directory ? key.substring(0, key.length() - 1) : key, entry.mode(), entry.id());
        });
        return tree;
    }

    /** Writes all that was changed, and gives the whole. */
    ObjectId write(ObjectInserter inserter) throws IOException {
        Optional<ObjectId> written = writeUnlessEmpty(inserter);
        return written.isPresent() ? written.get() : inserter.insert(new TreeFormatter());
    }
}
