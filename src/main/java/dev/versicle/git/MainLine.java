package dev.versicle.git;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** The rules for commits that another hand made and that are to become versions. */
final class MainLine {
    private final Workshop shop;
    private final PromptId id;

    MainLine(Workshop shop, PromptId id) {
        this.shop = shop;
        this.id = id;
    }

    /**
     * Why main must not move from one commit to another (zero: from nothing), in a sentence; empty where it may. Reads
     * the commits in {@code objects}.
     */
    Optional<String> refusal(Repository objects, ObjectId from, ObjectId to) throws IOException {
        if (from.equals(to)) {
            return Optional.empty();
        }
        try (CommitRules rules = new CommitRules(objects, shop.now())) {
            Optional<RevCommit> tip = rules.commit(to);
            if (tip.isEmpty()) {
                return Optional.of("main must point to a commit, and " + CommitRules.shortId(to) + " is none");
            }
            List<RevCommit> fresh = rules.fresh(Truths.present(from).stream().toList(), tip.get());
            Optional<String> refusal = lineRefusal(rules, fresh, from, tip.get());
            return refusal.isPresent() ? refusal : commitRefusal(rules, fresh, from);
        }
    }

    private Optional<String> lineRefusal(CommitRules rules, List<RevCommit> fresh, ObjectId from, RevCommit tip)
            throws IOException {
        if (!Truths.absent(from) && !rules.isIn(from, tip)) {
            return Optional.of("main only moves forward, and its tip " + CommitRules.shortId(from)
                    + " is not in what you push; fetch first: git pull --rebase, then push again");
        }
        if (fresh.size() > CommitRules.COMMITS_MAX) {
            return CommitRules.tooMany();
        }
        List<RevCommit> line = firstParents(tip, new HashSet<>(fresh));
        RevCommit oldest = line.getLast();
        ObjectId below = oldest.getParentCount() == 0 ? ObjectId.zeroId() : oldest.getParent(0);
        if (!below.equals(from)) {
            return Optional.of("main's versions would no longer be on the first-parent line, because main was merged "
                    + "into your branch; merge the other way round: git branch mine, git reset --hard origin/main, "
                    + "git merge --no-ff mine, then push again");
        }
        int highest = shop.index()
                .floor(id, Integer.MAX_VALUE)
                .map(VersionEntry::number)
                .orElse(0);
        return (long) highest + line.size() > Draft.NUMBER_MAX
                ? Optional.of("versions cannot go beyond number " + Draft.NUMBER_MAX)
                : Optional.empty();
    }

    /** From {@code tip} down through the commits that are new; the oldest is last. */
    private static List<RevCommit> firstParents(RevCommit tip, Set<ObjectId> fresh) {
        List<RevCommit> line = new ArrayList<>(List.of(tip));
        while (line.getLast().getParentCount() > 0
                && fresh.contains(line.getLast().getParent(0))) {
            line.add(line.getLast().getParent(0));
        }
        return line;
    }

    private static Optional<String> commitRefusal(CommitRules rules, List<RevCommit> fresh, ObjectId from)
            throws IOException {
        for (RevCommit commit : fresh.reversed()) {
            Optional<String> refusal = rules.versionRefusal(commit);
            boolean known = refusal.isPresent() && !Truths.absent(from) && rules.isIn(commit, from);
            if (refusal.isPresent() && !known) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
