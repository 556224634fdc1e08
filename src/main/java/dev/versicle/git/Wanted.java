package dev.versicle.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Judges what a client names by id: it gets what can be reached from refs that it may see, told of or not, and nothing
 * else. What is not there and what it may not see are refused in the same words.
 *
 * <p>A ref's tip and what a {@link Sight} knows cost a look-up. Anything else is looked for in the history, the newest
 * first.
 */
final class Wanted implements UploadPack.RequestValidator {
    private final Repository git;
    private final SeenRefs refs;
    private final Sight sight;

    /** What was found to be the caller's to have. */
    private final Set<ObjectId> granted = new HashSet<>();

    Wanted(Repository git, SeenRefs refs, Sight sight) {
        this.git = git;
        this.refs = refs;
        this.sight = sight;
    }

    @Override
    public void checkWants(UploadPack up, List<ObjectId> wants) throws IOException {
        require(wants);
    }

    /** Throws where the caller may not have one of them. */
    void require(Collection<ObjectId> wants) throws IOException {
        Set<ObjectId> open = new HashSet<>(wants);
        open.removeAll(granted);
        open.removeAll(tips());
        if (!open.isEmpty()) {
            try (ObjectReader reader = git.newObjectReader()) {
                require(open, reader);
            }
        }
        granted.addAll(wants);
    }

    private void require(Set<ObjectId> open, ObjectReader reader) throws IOException {
        boolean trees = false;
        try (RevWalk walk = new RevWalk(reader)) {
            for (ObjectId want : List.copyOf(open)) {
                RevObject object = parsed(walk, want);
                if (isKnown(object)) {
                    open.remove(want);
                }
                trees |= !(object instanceof RevCommit || object instanceof RevTag);
            }
        }
        if (!open.isEmpty()) {
            look(open, reader, trees);
        }
        if (!open.isEmpty()) {
            throw refusal(open.iterator().next());
        }
    }

    private static RevObject parsed(RevWalk walk, ObjectId want) throws IOException {
        try {
            return walk.parseAny(want);
        } catch (MissingObjectException e) {
            throw refusal(want);
        }
    }

    /** In git's own words, by which scripts know it. */
    private static PackProtocolException refusal(ObjectId want) {
        return new PackProtocolException("upload-pack: not our ref " + want.name());
    }

    private Set<ObjectId> tips() throws IOException {
        Set<ObjectId> tips = new HashSet<>();
        for (Ref ref : refs.told().values()) {
            Optional.ofNullable(ref.getObjectId()).ifPresent(tips::add);
            Optional.ofNullable(ref.getPeeledObjectId()).ifPresent(tips::add);
        }
        return tips;
    }

    /** Whether a look-up finds it: as a version, or as the tag that it says it is. */
    private boolean isKnown(RevObject object) throws IOException {
        if (object instanceof RevTag tag) {
            Optional<Ref> named = Optional.ofNullable(refs.exactRef(RefNames.TAGS + tag.getTagName()));
            return named.map(Ref::getObjectId).filter(tag::equals).isPresent();
        }
        return object instanceof RevCommit && sight.knows(object);
    }

    private void look(Set<ObjectId> open, ObjectReader reader, boolean trees) throws IOException {
        Map<String, Ref> told = refs.told();
        try (Reachable reachable = new Reachable(reader, open, trees)) {
            reachable.look(told.values().stream()
                    .filter(ref -> ref.getName().startsWith(RefNames.BRANCHES))
                    .toList());
            reachable.look(told.values());
            // Only now at all of them: what a tag or a slot holds is found before, as a rule.
            List<Ref> others = open.isEmpty() ? List.of() : others();
            others.forEach(ref -> open.remove(ref.getObjectId()));
            reachable.look(others);
        }
    }

    private List<Ref> others() throws IOException {
        List<Ref> others = new ArrayList<>(refs.all(RefNames.SLOTS));
        others.addAll(refs.all(RefNames.TAGS));
        return others;
    }
}
