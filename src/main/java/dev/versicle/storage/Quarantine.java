package dev.versicle.storage;

import java.io.IOException;
import java.util.Collection;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A place apart for objects that came in and that nobody has judged yet. What is not admitted is gone when it is
 * closed, or after a kill at the next start: nothing of a refused push stays.
 */
public interface Quarantine extends AutoCloseable {
    /** The repository's refs and objects with what came in beside them. No ref may be moved through it. */
    Repository repository();

    /**
     * Takes in what these reach and no ref of the repository does; durable when it returns. It must be called with
     * everything that is to be pointed to, before the first ref is.
     */
    void admit(Collection<? extends ObjectId> tips) throws IOException;

    @Override
    void close() throws IOException;
}
