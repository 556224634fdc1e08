package dev.versicle.git;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Ref;

/** What of a repository one caller who reads may have. */
interface Sight {
    /** The refs that the caller is told of when it asks for all. */
    Map<String, Ref> told() throws IOException;

    /** Whether there is a ref of this name for the caller, told of it or not. */
    boolean sees(String ref);

    /**
     * Whether a look-up finds that a commit is the caller's to have; what it does not find is looked for in the
     * history.
     */
    boolean knows(AnyObjectId commit);
}
