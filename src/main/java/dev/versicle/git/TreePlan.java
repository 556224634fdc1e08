package dev.versicle.git;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** An inserter that only computes ids and remembers the objects, so that an equal tree costs no write at all. */
final class TreePlan extends ObjectInserter.Formatter {
    @FunctionalInterface
    private interface Insertion {
        void into(ObjectInserter inserter) throws IOException;
    }

    private final Map<ObjectId, Insertion> objects = new LinkedHashMap<>();

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) {
        ObjectId id = idFor(type, data, offset, length);
        byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
        objects.putIfAbsent(id, inserter -> inserter.insert(type, copy));
        return id;
    }

    @Override
    public ObjectId insert(int type, byte[] data) {
        return insert(type, data, 0, data.length);
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        return insert(type, in.readNBytes(Math.toIntExact(length)));
    }

    /** Plans a file, whose bytes are read now for its id, and once more when it is written; never held. */
    ObjectId insert(PromptFile file) throws IOException {
        ObjectId id;
        try (InputStream in = file.open()) {
            id = idFor(Constants.OBJ_BLOB, file.size(), in);
        }
        objects.putIfAbsent(id, inserter -> {
            try (InputStream in = file.open()) {
                inserter.insert(Constants.OBJ_BLOB, file.size(), in);
            }
        });
        return id;
    }

    /** Writes what was remembered. */
    void insertInto(ObjectInserter inserter) throws IOException {
        for (Insertion object : objects.values()) {
            object.into(inserter);
        }
    }
}
