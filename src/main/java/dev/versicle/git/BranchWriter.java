package dev.versicle.git;

import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Makes and removes people's own branches. Called with the prompt's write lock held. */
final class BranchWriter {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final BranchReader branches;
    private final ClonedRefs refs;

    BranchWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.branches = new BranchReader(git);
        this.refs = new ClonedRefs(shop, id, git);
    }

    Branch create(BranchName name, VersionRef.Written from, Caller by) throws IOException {
        Truths truths = new Mender(shop, id, git).mend();
        String ref = own(name);
        ObjectId start = start(from, truths);
        if (!Truths.absent(Truths.tip(git, ref))) {
            throw new PromptException(new Problem.BranchTaken(name, name));
        }
        Optional<String> inTheWay =
                Exclusions.of(git.getRefDatabase(), ref).stream().findFirst();
        if (inTheWay.isPresent()) {
            String other = inTheWay.get().substring(RefNames.BRANCHES.length());
            throw new PromptException(new Problem.BranchTaken(name, new BranchName(other)));
        }
        refs.move(ref, ObjectId.zeroId(), start, Optional.of(by.subject()));
        return branches.branch(name);
    }

    /** A version's commit; where the text is none, a branch's. */
    private ObjectId start(VersionRef.Written from, Truths truths) throws IOException {
        try {
            String commit = new PromptReader(shop, id, git)
                    .version(from, truths)
                    .commit()
                    .hex();
            return ObjectId.fromString(commit);
        } catch (PromptException e) {
            boolean unknown = e.problem() instanceof Problem.VersionNotFound && BranchName.fits(from.text());
            ObjectId tip = unknown ? branches.tip(new BranchName(from.text())) : ObjectId.zeroId();
            if (Truths.absent(tip)) {
                throw e;
            }
            return branches.require(new BranchName(from.text()));
        }
    }

    void drop(BranchName name, Caller by, Expected expected) throws IOException {
        String ref = own(name);
        RevCommit tip = branches.require(name);
        expected.requireCommit(() -> Optional.of(new CommitId(tip.name())));
        refs.move(ref, Truths.tip(git, ref), ObjectId.zeroId(), Optional.of(by.subject()));
    }

    /** The ref of a branch that people may make and remove. */
    private static String own(BranchName name) {
        String ref = RefNames.BRANCHES + name;
        if (!RefNames.isLegal(ref) || name.text().startsWith("-")) {
            throw refused(
                    "must be one that Git takes: no blanks, no ~ ^ : ? * [ \\ and .. and @{ in it, no part that is"
                            + " empty, begins with a dot, ends with .lock or has over 250 bytes, no dash before,"
                            + " no dot behind");
        }
        if (!RefNames.isFree(ref)) {
            throw refused("must not be main, draft or env, nor lie below one of these");
        }
        return ref;
    }

    private static PromptException refused(String rule) {
        return new PromptException(new Problem.Invalid("name", rule));
    }
}
