package dev.versicle.git;

import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads a prompt's branches: main, and people's own. The draft and the environments are none. */
final class BranchReader {
    private static final Comparator<BranchName> ORDER =
            Comparator.comparing(BranchName::isMain).reversed().thenComparing(BranchName::text);

    private final Repository git;

    BranchReader(Repository git) {
        this.git = git;
    }

    Branch.Part list(Optional<BranchName> after, int limit) throws IOException {
        List<BranchName> names = git.getRefDatabase().getRefsByPrefix(RefNames.BRANCHES).stream()
                .map(Ref::getName)
                .flatMap(ref -> RefNames.branch(ref).stream())
                .filter(name -> after.isEmpty() || ORDER.compare(name, after.get()) > 0)
                .sorted(ORDER)
                .toList();
        ObjectId main = Truths.tip(git, RefNames.MAIN);
        List<Branch> items = new ArrayList<>();
        for (BranchName name : names.subList(0, Math.min(limit, names.size()))) {
            Optional<RevCommit> tip = commit(tip(name));
            if (tip.isPresent()) {
                items.add(branch(name, tip.get(), main));
            }
        }
        return new Branch.Part(items, names.size() > limit);
    }

    Branch branch(BranchName name) throws IOException {
        return branch(name, require(name), Truths.tip(git, RefNames.MAIN));
    }

    private Branch branch(BranchName name, RevCommit tip, ObjectId main) throws IOException {
        return new Branch(
                name,
                new CommitId(tip.name()),
                CommitCodec.read(tip.getFullMessage()).metadata().title(),
                Instant.ofEpochSecond(tip.getCommitTime()),
                Divergence.of(git, main, tip, Branch.COMMITS_MAX));
    }

    /** A branch's newest commit. Throws {@link Problem.BranchNotFound}. */
    RevCommit require(BranchName name) throws IOException {
        return commit(tip(name)).orElseThrow(() -> new PromptException(new Problem.BranchNotFound(name)));
    }

    /** Where a branch is; the zero id where there is none that a caller may name. */
    ObjectId tip(BranchName name) throws IOException {
        String ref = RefNames.BRANCHES + name;
        return RefNames.branch(ref).isEmpty() ? ObjectId.zeroId() : Truths.tip(git, ref);
    }

    /** Another hand may have put a branch on what is no commit. */
    private Optional<RevCommit> commit(ObjectId tip) throws IOException {
        if (Truths.absent(tip)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevObject object = walk.peel(walk.parseAny(tip));
            return object instanceof RevCommit commit ? Optional.of(commit) : Optional.empty();
        }
    }
}
