package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Released;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The tags that follow from the truths, for the subject {@code by} where that is known. Each method makes right what it
 * is about; done twice it changes nothing.
 */
final class Signs {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final ClonedRefs refs;

    Signs(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.refs = new ClonedRefs(shop, id, git);
    }

    /**
     * Puts the tags of display versions where the index says their carriers are, or takes them away: those first that
     * go, since one may be in the way of another, as its directory; then by name.
     */
    void display(Collection<DisplayVersion> texts, Optional<String> by) throws IOException {
        Map<String, ObjectId> wanted = new TreeMap<>();
        for (DisplayVersion text : texts) {
            Optional<String> ref = RefNames.display(text);
            if (ref.isPresent()) {
                wanted.put(ref.get(), carrier(text));
            }
        }
        for (Map.Entry<String, ObjectId> tag : wanted.entrySet()) {
            if (Truths.absent(tag.getValue())) {
                display(tag.getKey(), tag.getValue(), by);
            }
        }
        for (Map.Entry<String, ObjectId> tag : wanted.entrySet()) {
            if (!Truths.absent(tag.getValue())) {
                display(tag.getKey(), tag.getValue(), by);
            }
        }
    }

    private ObjectId carrier(DisplayVersion text) {
        return shop.index()
                .carrier(id, text)
                .map(VersionEntry::commit)
                .map(commit -> ObjectId.fromString(commit.hex()))
                .orElse(ObjectId.zeroId());
    }

    private void display(String ref, ObjectId carrier, Optional<String> by) throws IOException {
        ObjectId tagged = Truths.tip(git, ref);
        boolean free = Truths.absent(carrier) || !git.getRefDatabase().isNameConflicting(ref);
        if (free && !carrier.equals(peeled(tagged))) {
            refs.sign(ref, tagged, carrier, by);
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
    void release(SemVer release, ObjectId target, Optional<String> by) throws IOException {
        if (released(release)) {
            return;
        }
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId tag = inserter.insert(Constants.OBJ_TAG, tag(release, target));
            inserter.flush();
            release(release, tag, target, by);
        }
    }

    /**
     * As {@link #release(SemVer, ObjectId, Optional)}, with a tag that is there: one that leads to the commit, or
     * itself.
     */
    void release(SemVer release, ObjectId tag, ObjectId target, Optional<String> by) throws IOException {
        String ref = RefNames.release(release);
        for (String inTheWay : Exclusions.of(git.getRefDatabase(), ref)) {
            refs.sign(inTheWay, Truths.tip(git, inTheWay), ObjectId.zeroId(), by);
        }
        refs.move(ref, ObjectId.zeroId(), tag, by);
        shop.index().released(id, List.of(new Released(release, new CommitId(target.name()))));
    }

    /** Puts a display version's tag where a push wants it: on the carrier's commit, or a tag of its own on that. */
    void display(DisplayVersion text, ObjectId tag, Optional<String> by) throws IOException {
        String ref = RefNames.display(text).orElseThrow();
        refs.move(ref, Truths.tip(git, ref), tag, by);
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
