package dev.versicle.git;

import dev.versicle.prompt.GitLimits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.util.io.LimitedInputStream;
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
            PackParser parser = inserter.newPackParser(limited(in, limits.packBytes()));
            // Git builds differences on what it knows to be here; what that may be, the closure tells.
            parser.setAllowThin(true);
            parser.setNeedNewObjectIds(true);
            parser.setNeedBaseObjectIds(true);
            parser.setMaxObjectSizeLimit(limits.objectBytes());
            // Whoever clones may do so on any system.
            parser.setObjectChecker(new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true));
            parse(parser);
            inserter.flush();
            return new PushedPack(parser.getNewObjectIds(), parser.getBaseObjectIds());
        }
    }

    private static InputStream limited(InputStream in, long bytesMax) {
        return new LimitedInputStream(in, bytesMax) {
            @Override
            protected void limitExceeded() {
                throw PushRefused.of("must have a pack of at most " + bytesMax + " bytes");
            }
        };
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
}
