package dev.versicle.git;

import dev.versicle.prompt.PushedCommits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Which files commits changed, against their first parents; {@link PushedCommits#PATHS_BYTES_MAX} of all of them. */
final class ChangedPaths {
    private static final int PARENT = 0;
    private static final int OWN = 1;

    private final Repository git;
    private long bytes;

    ChangedPaths(Repository git) {
        this.git = git;
    }

    /** Whether what there was until now could be told. */
    boolean areAllTold() {
        return bytes <= PushedCommits.PATHS_BYTES_MAX;
    }

    PushedCommits.Paths of(RevWalk commits, RevCommit commit) throws IOException {
        List<String> added = new ArrayList<>();
        List<String> modified = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(git)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            if (commit.getParentCount() == 0) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(commits.parseCommit(commit.getParent(0)).getTree());
            }
            walk.addTree(commit.getTree());
            while (areAllTold() && walk.next()) {
                bytes += walk.getPathLength();
                List<String> gone = is(walk, OWN, FileMode.MISSING) ? removed : modified;
                (is(walk, PARENT, FileMode.MISSING) ? added : gone).add(walk.getPathString());
            }
        }
        return new PushedCommits.Paths(added, modified, removed);
    }

    private static boolean is(TreeWalk walk, int tree, FileMode mode) {
        return walk.getFileMode(tree).equals(mode);
    }
}
