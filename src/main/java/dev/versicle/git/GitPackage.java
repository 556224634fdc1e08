package dev.versicle.git;

import dev.versicle.prompt.PromptPackage;
import dev.versicle.prompt.Version;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A version's files as its tree has them. A pushed tree may hold a symbolic link, which is the file that Git makes of
 * it where there are no links: its target's name; and a submodule, which has no bytes here and is left out.
 */
final class GitPackage implements PromptPackage, AutoCloseable {
    /** Larger objects are inflated while they are read. */
    private static final int WHOLE_BYTES_MAX = 1 << 20;

    private final ObjectReader objects;
    private final Version version;
    private final Instant committedAt;
    private final List<Entry> files;
    private boolean closed;

    private GitPackage(ObjectReader objects, Version version) throws IOException {
        this.objects = objects;
        this.version = version;
        try (RevWalk walk = new RevWalk(objects)) {
            RevCommit commit =
                    walk.parseCommit(ObjectId.fromString(version.commit().hex()));
            this.committedAt = Instant.ofEpochSecond(commit.getCommitTime());
            this.files = files(objects, commit.getTree());
        }
    }

    static GitPackage open(Repository git, Version version) throws IOException {
        ObjectReader objects = git.newObjectReader();
        objects.setStreamFileThreshold(WHOLE_BYTES_MAX);
        boolean opened = false;
        try {
            GitPackage files = new GitPackage(objects, version);
            opened = true;
            return files;
        } finally {
            if (!opened) {
                objects.close();
            }
        }
    }

    /** Git sorts a tree's entries by their bytes, a directory as if its name ended with a slash: so do whole paths. */
    private static List<Entry> files(ObjectReader objects, ObjectId tree) throws IOException {
        List<Entry> files = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(objects)) {
            walk.setRecursive(true);
            walk.addTree(tree);
            while (walk.next()) {
                if (!FileMode.GITLINK.equals(walk.getRawMode(0))) {
                    files.add(entry(objects, walk));
                }
            }
        }
        return List.copyOf(files);
    }

    private static Entry entry(ObjectReader objects, TreeWalk walk) throws IOException {
        ObjectId id = walk.getObjectId(0);
        boolean executable = FileMode.EXECUTABLE_FILE.equals(walk.getRawMode(0));
        return new Entry(walk.getPathString(), objects.getObjectSize(id, Constants.OBJ_BLOB), executable, id.name());
    }

    @Override
    public Version version() {
        return version;
    }

    @Override
    public Instant committedAt() {
        return committedAt;
    }

    @Override
    public List<Entry> files() {
        return files;
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        if (closed) {
            throw new IllegalStateException("the files of a version were kept for longer than the work on them");
        }
        return objects.open(ObjectId.fromString(entry.id()), Constants.OBJ_BLOB).openStream();
    }

    @Override
    public void close() {
        closed = true;
        objects.close();
    }
}
