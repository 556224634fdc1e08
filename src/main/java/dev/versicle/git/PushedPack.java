package dev.versicle.git;

import dev.versicle.prompt.GitLimits;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;

/**
 * What came with a push: objects that are well-formed each for itself.
 *
 * @param objects the pack's, without what its differences build on elsewhere
 * @param bases what they build on elsewhere
 */
record PushedPack(ObjectIdSubclassMap<ObjectId> objects, ObjectIdSubclassMap<ObjectId> bases) {
    /** Puts a pack, up to the end of the input, into a quarantine's repository. */
    static PushedPack read(Repository apart, InputStream in, GitLimits limits) throws IOException {
        try (ObjectInserter inserter = apart.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(new Measured(in, limits.packBytes()));
            // Git builds differences on what it knows to be here; what that may be, the closure tells.
            parser.setAllowThin(true);
            parser.setNeedNewObjectIds(true);
            parser.setNeedBaseObjectIds(true);
            parser.setMaxObjectSizeLimit(limits.objectBytes());
            // Whoever clones may do so on any system.
            ObjectChecker checker = new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
            parser.setObjectChecker(checker);
            parse(parser);
            inserter.flush();
            if (!checker.getGitsubmodules().isEmpty()) {
                // What it says was run by a clone, time and again (CVE-2018-11235, CVE-2018-17456, CVE-2025-48384).
                throw PushRefused.of("must have no file named .gitmodules: a prompt has no submodules");
            }
            return new PushedPack(parser.getNewObjectIds(), parser.getBaseObjectIds());
        }
    }

    boolean has(AnyObjectId id) {
        return objects.contains(id);
    }

    /** Whether the object, which it has, is of this kind. */
    boolean has(AnyObjectId id, int type) {
        return objects.get(id) instanceof PackedObjectInfo object && object.getType() == type;
    }

    private static void parse(PackParser parser) throws IOException {
        try {
            parser.parse(NullProgressMonitor.INSTANCE);
        } catch (MissingObjectException e) {
            throw PushRefused.of("must build its differences on objects that are in it or here, and "
                    + e.getObjectId().name() + " is not");
        } catch (CorruptObjectException
                | EOFException
                | LargeObjectException
                | TooLargeObjectInPackException
                | Sha1CollisionException e) {
            throw PushRefused.of("must have sound objects: " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // A difference of another object, or one that copies from where its base has nothing.
            throw PushRefused.of("must have sound differences");
        }
    }

    /** Not JGit's limited stream, which takes a client that is slow for one that has ended. */
    private static final class Measured extends FilterInputStream {
        private final long bytesMax;
        private long bytes;

        private Measured(InputStream in, long bytesMax) {
            super(in);
            this.bytesMax = bytesMax;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            bytes += Math.max(0, read);
            if (bytes > bytesMax) {
                throw PushRefused.of("must have a pack of at most " + bytesMax + " bytes");
            }
            return read;
        }
    }
}
