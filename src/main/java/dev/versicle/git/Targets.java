package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** Which commits are live versions, or will be once main has moved as a push wants it. */
final class Targets {
    /** A tag of a tag of a tag: deeper ones help nobody. */
    static final int TAG_LEVELS_MAX = 3;

    static final int TAG_BYTES_MAX = 256 << 10;

    private final Workshop shop;
    private final PromptId id;
    private final PromptReader reader;
    private final Truths truths;
    private final Set<ObjectId> coming = new HashSet<>();

    Targets(Workshop shop, PromptId id, Repository git, Truths truths) {
        this.shop = shop;
        this.id = id;
        this.reader = new PromptReader(shop, id, git);
        this.truths = truths;
    }

    /** Counts these as versions from now on. */
    void expect(Set<ObjectId> versions) {
        coming.addAll(versions);
    }

    boolean isLive(ObjectId commit) throws IOException {
        if (entry(shop, id, commit).isPresent()) {
            return true;
        }
        // A note may have come before its commit.
        Optional<Note> note =
                reader.note(truths.notes(), new CommitId(commit.name())).map(Snapshots.FoundNote::note);
        return coming.contains(commit) && note.filter(Note::deleted).isEmpty();
    }

    /** The live version that a commit is now. */
    static Optional<VersionEntry> entry(Workshop shop, PromptId id, ObjectId commit) {
        return shop.index().byCommit(id, commit.name()).filter(VersionEntry::live);
    }

    /** The commit that a tag, or the commit itself, leads to; empty where it is none or too many tags lie between. */
    static Optional<ObjectId> peeled(Repository objects, ObjectId tag) throws IOException {
        try (RevWalk walk = new RevWalk(objects)) {
            RevObject object = walk.parseAny(tag);
            for (int level = 0; object instanceof RevTag outer && level < TAG_LEVELS_MAX; level++) {
                if (walk.getObjectReader().getObjectSize(outer, Constants.OBJ_TAG) > TAG_BYTES_MAX) {
                    return Optional.empty();
                }
                object = walk.parseAny(outer.getObject());
            }
            return object instanceof RevCommit commit ? Optional.of(commit.copy()) : Optional.empty();
        }
    }
}
