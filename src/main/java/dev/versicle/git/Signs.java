package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Released;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** The tags that follow from the truths. Each method makes one right; done twice it changes nothing. */
final class Signs {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    Signs(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    /** Puts the tag of a display version where the index says its carrier is, or takes it away. */
    void display(DisplayVersion text) throws IOException {
        Optional<String> ref = RefNames.display(text);
        if (ref.isEmpty()) {
            return;
        }
        ObjectId carrier = shop.index()
                .carrier(id, text)
                .map(VersionEntry::commit)
                .map(commit -> ObjectId.fromString(commit.hex()))
                .orElse(ObjectId.zeroId());
        ObjectId tagged = Truths.tip(git, ref.get());
        boolean free = Truths.absent(carrier) || !git.getRefDatabase().isNameConflicting(ref.get());
        if (free && !carrier.equals(peeled(tagged))) {
            shop.repositories().move(git, ref.get(), tagged, carrier);
        }
    }

    private ObjectId peeled(ObjectId tagged) throws IOException {
        if (Truths.absent(tagged)) {
            return tagged;
        }
        try (RevWalk walk = new RevWalk(git)) {
            return walk.peel(walk.parseAny(tagged)).copy();
        }
    }

    boolean released(SemVer release) throws IOException {
        Optional<Ref> tag = Optional.ofNullable(git.exactRef(RefNames.release(release)));
        return tag.isPresent();
    }

    /** A release that points to a version. */
    Optional<SemVer> releaseOf(CommitId version) {
        return shop.index().releases(id, version).stream().findFirst();
    }

    /** Tells the index of every release that it lacks; looks at every tag. */
    void recordReleases() throws IOException {
        List<Released> lacking = new ArrayList<>();
        for (Ref tag : git.getRefDatabase().getRefsByPrefix(RefNames.TAGS)) {
            Optional<SemVer> release = RefNames.released(tag.getName());
            if (release.isPresent()) {
                ObjectId tagged = Objects.requireNonNullElse(tag.getObjectId(), ObjectId.zeroId());
                CommitId commit = new CommitId(peeled(tagged).name());
                if (!shop.index().releases(id, commit).contains(release.get())) {
                    lacking.add(new Released(release.get(), commit));
                }
            }
        }
        if (!lacking.isEmpty()) {
            shop.index().released(id, lacking);
        }
    }

    /**
     * Tags a commit as a release, unless there is such a tag, and tells the index; a display tag in its way is removed.
     * Throws {@link LostRace} where somebody else was about to do so.
     */
    void release(SemVer release, ObjectId target) throws IOException {
        if (released(release)) {
            return;
        }
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId tag = inserter.insert(Constants.OBJ_TAG, tag(release, target));
            inserter.flush();
            release(release, tag, target);
        }
    }

    /** As {@link #release(SemVer, ObjectId)}, with a tag that is there: one that leads to the commit, or itself. */
    void release(SemVer release, ObjectId tag, ObjectId target) throws IOException {
        String ref = RefNames.release(release);
        for (String inTheWay : Exclusions.of(git.getRefDatabase(), ref)) {
            shop.repositories().move(git, inTheWay, Truths.tip(git, inTheWay), ObjectId.zeroId());
        }
        shop.move(git, ref, ObjectId.zeroId(), tag);
        shop.index().released(id, List.of(new Released(release, new CommitId(target.name()))));
    }

    /** Puts a display version's tag where a push wants it: on the carrier's commit, or a tag of its own on that. */
    void display(DisplayVersion text, ObjectId tag) throws IOException {
        String ref = RefNames.display(text).orElseThrow();
        shop.move(git, ref, Truths.tip(git, ref), tag);
    }

    /** The same bytes whenever it is made: its tagger is the commit's committer. */
    private byte[] tag(SemVer release, ObjectId target) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(target);
            TagBuilder tag = new TagBuilder();
            tag.setTag(release.toString());
            tag.setObjectId(commit);
            tag.setTagger(commit.getCommitterIdent());
            tag.setMessage("Release " + release + "\n");
            return tag.build();
        }
    }
}
