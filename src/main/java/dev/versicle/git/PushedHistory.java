package dev.versicle.git;

import dev.versicle.prompt.Branch;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.PushedCommits;
import dev.versicle.prompt.PushedCommits.Commit;
import dev.versicle.prompt.PushedCommits.Person;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Reads what came with a move of a ref, some time after it: what is not there any more is left out, and no more than
 * {@link Branch#COMMITS_MAX} commits are looked at.
 */
final class PushedHistory {
    private static final int NAME_CHARACTERS_MAX = 200;

    private final Repository git;

    PushedHistory(Repository git) {
        this.git = git;
    }

    PushedCommits of(Event.Pushed push) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            return read(push, walk);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            // Swept since, or moved by another hand.
            return PushedCommits.NONE;
        }
    }

    private PushedCommits read(Event.Pushed push, RevWalk walk) throws IOException {
        if (push.after().isEmpty()) {
            return PushedCommits.NONE;
        }
        RevObject after =
                walk.peel(walk.parseAny(ObjectId.fromString(push.after().get())));
        if (!(after instanceof RevCommit tip)) {
            return PushedCommits.NONE;
        }
        Range range = push.ref().startsWith(RefNames.BRANCHES)
                ? range(push, walk, tip)
                : new Range(List.of(), push.before().isPresent(), push.before().isEmpty());
        ChangedPaths paths = new ChangedPaths(git);
        List<Commit> commits = new ArrayList<>();
        for (ObjectId id : range.newest().reversed()) {
            commits.add(commit(walk, walk.parseCommit(id), paths));
        }
        boolean told = range.newest().stream().findFirst().filter(tip::equals).isPresent();
        Commit head = told ? commits.getLast() : commit(walk, tip, paths);
        PushedCommits pushed = new PushedCommits(commits, Optional.of(head), range.forced());
        return range.whole() && paths.areAllTold() ? pushed : pushed.withoutPaths();
    }

    /**
     * What a branch has since its move.
     *
     * @param newest the newest of the new commits, newest first
     * @param forced whether it left some behind
     * @param whole whether those are all of the difference that the move made
     */
    private record Range(List<ObjectId> newest, boolean forced, boolean whole) {}

    private Range range(Event.Pushed push, RevWalk walk, RevCommit tip) throws IOException {
        Optional<ObjectId> before = push.before().map(ObjectId::fromString);
        boolean environment = push.ref().startsWith(RefNames.ENVIRONMENT_BRANCHES);
        if (before.isEmpty() && environment) {
            // What it points to was on main before.
            return new Range(List.of(), false, true);
        }
        boolean free = RefNames.isFree(push.ref());
        ObjectId from = before.orElse(free ? Truths.tip(git, RefNames.MAIN) : ObjectId.zeroId());
        return Divergence.between(git, from, tip, Branch.COMMITS_MAX)
                .map(between -> range(between, before.isPresent()))
                .orElse(new Range(
                        line(walk, tip, from), !push.ref().equals(RefNames.MAIN) && before.isPresent(), false));
    }

    private static Range range(Divergence.Between between, boolean moved) {
        List<ObjectId> newest =
                between.ahead().stream().limit(PushedCommits.COMMITS_MAX).toList();
        boolean forced = moved && between.behind() > 0;
        return new Range(
                newest, forced, !forced && newest.size() == between.ahead().size());
    }

    /** The newest commits on the first-parent line, where there are too many to look at all. */
    private static List<ObjectId> line(RevWalk walk, RevCommit tip, ObjectId from) throws IOException {
        List<ObjectId> line = new ArrayList<>();
        Optional<ObjectId> next = Optional.of(tip.copy());
        while (next.isPresent() && !next.get().equals(from) && line.size() < PushedCommits.COMMITS_MAX) {
            line.add(next.get());
            RevCommit commit = walk.parseCommit(next.get());
            next = commit.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(commit.getParent(0).copy());
        }
        return line;
    }

    private Commit commit(RevWalk walk, RevCommit commit, ChangedPaths paths) throws IOException {
        walk.parseBody(commit);
        Commit told = new Commit(
                new CommitId(commit.name()),
                commit.getTree().name(),
                cut(commit.getFullMessage(), PushedCommits.MESSAGE_CHARACTERS_MAX),
                Instant.ofEpochSecond(commit.getCommitTime()),
                person(commit.getAuthorIdent()),
                person(commit.getCommitterIdent()),
                paths.of(walk, commit));
        commit.disposeBody();
        return told;
    }

    /** Other hands write commits without names, which Git complains of. */
    private static Person person(@Nullable PersonIdent ident) {
        return ident == null
                ? new Person("", "")
                : new Person(
                        cut(ident.getName(), NAME_CHARACTERS_MAX), cut(ident.getEmailAddress(), NAME_CHARACTERS_MAX));
    }

    private static String cut(String text, int charactersMax) {
        return text.codePointCount(0, text.length()) <= charactersMax
                ? text
                : text.substring(0, text.offsetByCodePoints(0, charactersMax));
    }
}
