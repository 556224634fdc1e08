package dev.versicle.git;

import static dev.versicle.git.BundleHeader.refused;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** A pack's objects, each well-formed, and whatever one names is among them and of the kind that it is named as. */
final class PackContents {
    private final Map<ObjectId, Integer> types = new HashMap<>();

    private PackContents() {}

    /** Puts a pack into an empty repository. */
    static PackContents read(Repository git, InputStream pack) throws IOException {
        PackContents contents = new PackContents();
        try (ObjectInserter inserter = git.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(new BufferedInputStream(pack));
            parser.setAllowThin(false);
            parser.setObjectChecker(new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true));
            parser.setMaxObjectSizeLimit(PackScan.OBJECT_BYTES_MAX);
            parse(parser);
            for (PackedObjectInfo object : parser.getSortedObjectList(null)) {
                contents.types.put(object.copy(), object.getType());
            }
            inserter.flush();
        }
        try (ObjectReader reader = git.newObjectReader()) {
            contents.requireClosed(reader);
        }
        return contents;
    }

    private static void parse(PackParser parser) throws IOException {
        try {
            parser.parse(NullProgressMonitor.INSTANCE);
        } catch (EOFException e) {
            // A scan ends before the checksum, which may be cut.
            throw refused("must hold a whole pack: it is cut short or damaged");
        } catch (CorruptObjectException | MissingObjectException | LargeObjectException e) {
            throw refused("must hold sound objects: " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // A difference that copies from where its base has nothing.
            throw refused("must hold sound differences");
        }
    }

    boolean has(AnyObjectId id, int type) {
        return Objects.equals(types.get(id), type);
    }

    private void requireClosed(ObjectReader reader) throws IOException {
        for (Map.Entry<ObjectId, Integer> object : types.entrySet()) {
            switch (object.getValue()) {
                case Constants.OBJ_COMMIT -> commit(bytes(reader, object));
                case Constants.OBJ_TREE -> tree(new CanonicalTreeParser(null, reader, object.getKey()));
                case Constants.OBJ_TAG -> tag(bytes(reader, object));
                default -> {}
            }
        }
    }

    private static byte[] bytes(ObjectReader reader, Map.Entry<ObjectId, Integer> object) throws IOException {
        return reader.open(object.getKey(), object.getValue()).getBytes(PackScan.OBJECT_BYTES_MAX);
    }

    private void commit(byte[] bytes) throws IOException {
        RevCommit commit = RevCommit.parse(bytes);
        require(commit.getTree(), Constants.OBJ_TREE);
        for (RevCommit parent : commit.getParents()) {
            require(parent, Constants.OBJ_COMMIT);
        }
    }

    private void tag(byte[] bytes) throws IOException {
        RevObject target = RevTag.parse(bytes).getObject();
        require(target, target.getType());
    }

    private void tree(CanonicalTreeParser entries) {
        for (; !entries.eof(); entries.next()) {
            FileMode mode = entries.getEntryFileMode();
            if (mode.getObjectType() == Constants.OBJ_COMMIT) {
                throw refused("must have no submodules");
            }
            require(entries.getEntryObjectId(), mode.getObjectType());
        }
    }

    private void require(AnyObjectId id, int type) {
        if (!has(id, type)) {
            throw refused("must hold every object that is named in it: " + Constants.typeString(type) + " " + id.name()
                    + " is missing");
        }
    }

    /** The commit that a ref leads to, through however many tags. */
    ObjectId commit(ObjectReader reader, ObjectId target) throws IOException {
        Set<ObjectId> seen = new HashSet<>();
        ObjectId id = target;
        while (has(id, Constants.OBJ_TAG) && seen.add(id)) {
            byte[] bytes = reader.open(id, Constants.OBJ_TAG).getBytes(PackScan.OBJECT_BYTES_MAX);
            id = tagged(bytes);
        }
        require(id, Constants.OBJ_COMMIT);
        return id;
    }

    private static ObjectId tagged(byte[] bytes) throws CorruptObjectException, IncorrectObjectTypeException {
        return RevTag.parse(bytes).getObject().copy();
    }
}
