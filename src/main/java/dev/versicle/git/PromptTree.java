package dev.versicle.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A version's files, in the repository that they are read from. */
record PromptTree(ObjectReader reader, ObjectId id) {
    /**
     * Inserts all of it that the directory {@code before}, which the other repository has, does not hold in the same
     * place: what is there already may be there by chance, and not to stay. A file of any size is streamed.
     */
    void copy(ObjectInserter to, ObjectReader other, Optional<ObjectId> before) throws IOException {
        if (before.filter(id::equals).isPresent()) {
            return;
        }
        Map<String, ObjectId> known = before.isPresent() ? entries(other, before.get()) : Map.of();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(reader, id); !parser.eof(); parser.next(1)) {
            ObjectId entry = parser.getEntryObjectId();
            Optional<ObjectId> same = Optional.ofNullable(known.get(key(parser)));
            if (parser.getEntryFileMode().equals(FileMode.TREE)) {
                new PromptTree(reader, entry).copy(to, other, same);
            } else if (same.filter(entry::equals).isEmpty()) {
                insert(to, entry, Constants.OBJ_BLOB);
            }
        }
        insert(to, id, Constants.OBJ_TREE);
    }

    private void insert(ObjectInserter to, ObjectId object, int type) throws IOException {
        ObjectLoader loader = reader.open(object, type);
        try (InputStream in = loader.openStream()) {
            to.insert(type, loader.getSize(), in);
        }
    }

    private static Map<String, ObjectId> entries(ObjectReader reader, ObjectId tree) throws IOException {
        Map<String, ObjectId> entries = new HashMap<>();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(reader, tree); !parser.eof(); parser.next(1)) {
            entries.put(key(parser), parser.getEntryObjectId());
        }
        return entries;
    }

    private static String key(CanonicalTreeParser parser) {
        return parser.getEntryFileMode().equals(FileMode.TREE)
                ? parser.getEntryPathString() + "/"
                : parser.getEntryPathString();
    }

    /** Its files, in Git's order. */
    List<Kustomization.File> files() throws IOException {
        List<Kustomization.File> files = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.addTree(id);
            while (walk.next()) {
                long bytes = reader.getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB);
                files.add(new Kustomization.File(walk.getPathString(), bytes));
            }
        }
        return files;
    }
}
