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

    Branch.Tips tips(Optional<BranchName> after, int limit) throws IOException {
        List<Branch.Tip> tips = git.getRefDatabase().getRefsByPrefix(RefNames.BRANCHES).stream()
                .filter(ref -> ref.getObjectId() != null)
                .flatMap(ref -> RefNames.branch(ref.getName()).stream()
                        .map(name -> new Branch.Tip(
                                name, new CommitId(ref.getObjectId().name()))))
                .filter(tip -> after.isEmpty() || ORDER.compare(tip.name(), after.get()) > 0)
                .sorted(Comparator.comparing(Branch.Tip::name, ORDER))
                .toList();
        Optional<CommitId> main = Truths.present(Truths.tip(git, RefNames.MAIN)).map(tip -> new CommitId(tip.name()));
        return new Branch.Tips(main, tips.subList(0, Math.min(limit, tips.size())), tips.size() > limit);
    }

    Branch.Part list(Branch.Tips tips) throws IOException {
        ObjectId main = tips.main().map(BranchReader::id).orElse(ObjectId.zeroId());
        List<Branch> items = new ArrayList<>();
        for (Branch.Tip tip : tips.items()) {
            Optional<RevCommit> commit = commit(id(tip.commit()));
            if (commit.isPresent()) {
                items.add(branch(tip.name(), commit.get(), main));
            }
        }
        return new Branch.Part(items, tips.more());
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.hex());
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
