package dev.versicle.git;

import dev.versicle.prompt.Blame;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Finds which version brought each line of a body: goes down the first parents, compares each body with the one before
 * it, and follows the lines that both have. JGit's own blame follows every parent and one path; a version has one
 * version before it, and its body may lie elsewhere there.
 */
final class BlameReader {
    /** How many lines may come and go on the way down: comparing costs more the more they are. */
    private static final long LINES_CHANGED_MAX = 1_000_000;

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final Truths truths;

    BlameReader(Workshop shop, PromptId id, Repository git, Truths truths) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.truths = truths;
    }

    Blame blame(VersionRef ref) throws IOException {
        Version version = reader.version(ref, truths);
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit =
                    walk.parseCommit(ObjectId.fromString(version.commit().hex()));
            return new Blame(version, new Descent(walk, commit).lines());
        }
    }

    /** The version that a commit is, where it is one. */
    private Optional<Blame.Origin> origin(RevCommit commit) throws IOException {
        Optional<VersionEntry> entry = shop.index().byCommit(id, commit.name());
        return entry.isEmpty() ? Optional.empty() : Optional.of(origin(commit, entry.get()));
    }

    private Blame.Origin origin(RevCommit commit, VersionEntry entry) throws IOException {
        VersionMessage message = CommitCodec.read(commit.getFullMessage());
        Optional<Snapshots.FoundNote> note = reader.note(truths.notes(), entry.commit());
        Metadata metadata = note.map(found -> found.note().metadata()).orElse(message.metadata());
        Snapshot.Origin origin =
                PromptReader.origin(message.made(), commit.getAuthorIdent().getEmailAddress(), entry.moment());
        return new Blame.Origin(
                entry.number(), entry.commit(), metadata.title(), origin.createdBy(), origin.createdAt());
    }

    /** One way down, from a version towards the first. */
    private final class Descent {
        private static final int SETTLED = -1;

        private final RevWalk walk;
        private final RawText body;
        private final SortedMap<Integer, Blame.Line> found = new TreeMap<>();
        private final List<RevCommit> passed = new ArrayList<>();

        /** For each line of the text that was reached, which line of the body it is. */
        private int[] goals;

        private RawText text;
        private Optional<ObjectId> blob;
        private long bytes;
        private long changed;

        Descent(RevWalk walk, RevCommit top) throws IOException {
            this.walk = walk;
            passed.add(top);
            blob = TreeCodec.bodyId(walk.getObjectReader(), top.getTree());
            body = read(blob);
            text = body;
            goals = IntStream.range(0, body.size()).toArray();
        }

        List<Blame.Line> lines() throws IOException {
            while (found.size() < body.size()) {
                RevCommit commit = passed.getLast();
                boolean last = commit.getParentCount() == 0;
                if (last || spent()) {
                    settle(0, goals.length, !last);
                } else {
                    descend(walk.parseCommit(commit.getParent(0)));
                }
            }
            return List.copyOf(found.values());
        }

        private boolean spent() {
            return passed.size() >= Blame.VERSIONS_MAX || bytes > Blame.BYTES_MAX || changed > LINES_CHANGED_MAX;
        }

        private void descend(RevCommit parent) throws IOException {
            Optional<ObjectId> before = TreeCodec.bodyId(walk.getObjectReader(), parent.getTree());
            if (!before.equals(blob)) {
                RawText older = read(before);
                follow(new LineDiff().edits(older, text), older.size());
                text = older;
                blob = before;
            }
            passed.add(parent);
        }

        /** Settles the lines that the parent has not, and follows the others to it. */
        private void follow(EditList edits, int linesBefore) throws IOException {
            int[] before = new int[linesBefore];
            Arrays.fill(before, SETTLED);
            int here = 0;
            int there = 0;
            for (Edit edit : edits) {
                System.arraycopy(goals, here, before, there, edit.getBeginB() - here);
                settle(edit.getBeginB(), edit.getEndB(), false);
                changed += edit.getLengthA() + edit.getLengthB();
                here = edit.getEndB();
                there = edit.getEndA();
            }
            System.arraycopy(goals, here, before, there, goals.length - here);
            goals = before;
        }

        private void settle(int begin, int end, boolean orOlder) throws IOException {
            int[] settled = IntStream.range(begin, end)
                    .map(line -> goals[line])
                    .filter(goal -> goal != SETTLED)
                    .toArray();
            if (settled.length == 0) {
                return;
            }
            Blame.Origin origin = nearest();
            for (int goal : settled) {
                found.put(goal, new Blame.Line(goal + 1, body.getString(goal), origin, orOlder));
            }
        }

        /** The version that was reached; of a commit that is none, the version above, which it came with. */
        private Blame.Origin nearest() throws IOException {
            for (RevCommit commit : passed.reversed()) {
                Optional<Blame.Origin> origin = origin(commit);
                if (origin.isPresent()) {
                    return origin.get();
                }
            }
            throw new IllegalStateException("the version itself is none");
        }

        private RawText read(Optional<ObjectId> found) throws IOException {
            if (found.isEmpty()) {
                return RawText.EMPTY_TEXT;
            }
            byte[] read =
                    walk.getObjectReader().open(found.get(), Constants.OBJ_BLOB).getCachedBytes(PromptFile.BYTES_MAX);
            bytes += read.length;
            return new RawText(read);
        }
    }
}
