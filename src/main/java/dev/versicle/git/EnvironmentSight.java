package dev.versicle.git;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** All of a generated repository: it has one branch, and whoever reads it reads all. */
record EnvironmentSight(Repository git) implements Sight {
    @Override
    public Map<String, Ref> told() throws IOException {
        return git.getRefDatabase().exactRef(RefNames.HEAD, RefNames.MAIN);
    }

    @Override
    public boolean sees(String ref) {
        return ref.equals(RefNames.HEAD) || ref.equals(RefNames.MAIN);
    }

    @Override
    public boolean knows(AnyObjectId commit) {
        return false;
    }
}
