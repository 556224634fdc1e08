package dev.versicle.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Objects that are in no repository yet: they are held in memory, and read beside those of one repository. Nothing is
 * written until {@link #insertInto} is called.
 */
final class HeldObjects extends ObjectInserter {
    private final Repository git;
    private final Map<ObjectId, ObjectLoader> held = new LinkedHashMap<>();

    HeldObjects(Repository git) {
        this.git = git;
    }

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) {
        ObjectId id = idFor(type, data, offset, length);
        byte[] copy = new byte[length];
        System.arraycopy(data, offset, copy, 0, length);
        held.putIfAbsent(id, new ObjectLoader.SmallObject(type, copy));
        return id;
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        byte[] data = in.readNBytes(Math.toIntExact(length));
        return insert(type, data, 0, data.length);
    }

    /** Writes what is held of a tree, its parts first. Whatever else is held was made on the way to it. */
    void insertInto(ObjectInserter inserter, ObjectId tree) throws IOException {
        Optional<ObjectLoader> object = Optional.ofNullable(held.get(tree));
        if (object.isEmpty()) {
            return;
        }
        byte[] bytes = object.get().getCachedBytes();
        if (object.get().getType() == Constants.OBJ_TREE) {
            CanonicalTreeParser entries = new CanonicalTreeParser();
            for (entries.reset(bytes); !entries.eof(); entries.next(1)) {
                insertInto(inserter, entries.getEntryObjectId());
            }
        }
        inserter.insert(object.get().getType(), bytes);
    }

    @Override
    public PackParser newPackParser(InputStream in) {
        throw new UnsupportedOperationException("no packs here");
    }

    @Override
    public ObjectReader newReader() {
        return new Reader(git.newObjectReader());
    }

    @Override
    public void flush() {
        // What is held stays so.
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** The repository's objects, and those that are held. */
    private final class Reader extends ObjectReader.Filter {
        private final ObjectReader stored;

        Reader(ObjectReader stored) {
            this.stored = stored;
        }

        @Override
        protected ObjectReader delegate() {
            return stored;
        }

        private Optional<ObjectLoader> held(AnyObjectId id) {
            return Optional.ofNullable(held.get(id.toObjectId()));
        }

        @Override
        public ObjectReader newReader() {
            return new Reader(stored.newReader());
        }

        @Override
        public boolean has(AnyObjectId id) throws IOException {
            return held(id).isPresent() || stored.has(id);
        }

        @Override
        public boolean has(AnyObjectId id, int type) throws IOException {
            return held(id).isPresent() || stored.has(id, type);
        }

        @Override
        public ObjectLoader open(AnyObjectId id) throws IOException {
            return open(id, OBJ_ANY);
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int type) throws IOException {
            Optional<ObjectLoader> object = held(id);
            return object.isPresent() ? object.get() : stored.open(id, type);
        }

        @Override
        public long getObjectSize(AnyObjectId id, int type) throws IOException {
            Optional<ObjectLoader> object = held(id);
            return object.isPresent() ? object.get().getSize() : stored.getObjectSize(id, type);
        }

        @Override
        public ObjectInserter getCreatedFromInserter() {
            return HeldObjects.this;
        }
    }
}
