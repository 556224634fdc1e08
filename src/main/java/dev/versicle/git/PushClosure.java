package dev.versicle.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Proves of a push that everything it reaches either came with it or can be fetched by whoever may push. So there is no
 * hole in any history, and nobody reads what is hidden, or left over from a refused push, by pointing a ref to its id
 * or by building a difference on it.
 *
 * <p>JGit's own check refuses what a tag alone reaches where not all tags were advertised, and a tree that is older
 * than the newest commit, which Git leaves out of a pack when it knows that it is there. Here the branches are asked
 * first, which settles nearly every push, then all refs, and the whole of the history last.
 */
final class PushClosure {
    private final Repository git;
    private final Repository apart;
    private final PushedPack pack;

    PushClosure(Repository git, Repository apart, PushedPack pack) {
        this.git = git;
        this.apart = apart;
        this.pack = pack;
    }

    /** Throws where these reach something that neither came nor can be fetched. */
    void require(Collection<ObjectId> tips) throws IOException {
        try {
            Set<ObjectId> others = new HashSet<>();
            if (commitElsewhere(tips, branches(), others).isPresent()) {
                others.clear();
                commitElsewhere(tips, visible(), others).ifPresent(commit -> {
                    throw missing(commit, Constants.OBJ_COMMIT);
                });
            }
            requireVisible(others);
        } catch (MissingObjectException e) {
            throw missing(e.getObjectId(), Constants.OBJ_BAD);
        } catch (IncorrectObjectTypeException e) {
            throw PushRefused.of("must name each object as what it is: " + e.getMessage());
        }
    }

    /**
     * A commit that neither came nor is reached from {@code known}; where there is none, {@code others} are the trees,
     * files and tags of which that is so at first sight.
     */
    private Optional<ObjectId> commitElsewhere(
            Collection<ObjectId> tips, Collection<Ref> known, Collection<ObjectId> others) throws IOException {
        try (ObjectWalk walk = new ObjectWalk(apart)) {
            // All commits before the first: one with a wrong date may turn out later to be known.
            walk.sort(RevSort.TOPO);
            for (ObjectId tip : tips) {
                walk.markStart(walk.parseAny(tip));
            }
            for (Ref ref : known) {
                walk.markUninteresting(walk.parseAny(ref.getObjectId()));
            }
            for (RevCommit next = walk.next(); next != null; next = walk.next()) {
                if (isElsewhere(next)) {
                    return Optional.of(next.copy());
                }
            }
            others(walk, others);
        }
        return Optional.empty();
    }

    private void others(ObjectWalk walk, Collection<ObjectId> others) throws IOException {
        Map<ObjectId, Integer> kinds = new HashMap<>();
        for (RevObject next = walk.nextObject(); next != null; next = walk.nextObject()) {
            if (isElsewhere(next)) {
                requirePresent(walk, next);
                others.add(next.copy());
                if (next instanceof RevTree) {
                    // Whoever may see a tree may see what is in it.
                    walk.skipTree();
                }
            } else if (next instanceof RevTree) {
                requireKinds(walk.getObjectReader(), next, kinds);
            }
        }
        for (ObjectId base : pack.bases()) {
            if (!walk.parseAny(base).has(RevFlag.UNINTERESTING)) {
                others.add(base.copy());
            }
        }
    }

    /** The walk looks at each object once, and takes it for what it is called there. */
    private void requireKinds(ObjectReader reader, AnyObjectId tree, Map<ObjectId, Integer> kinds) throws IOException {
        for (CanonicalTreeParser entry = new CanonicalTreeParser(null, reader, tree); !entry.eof(); entry.next()) {
            ObjectId id = entry.getEntryObjectId();
            int type = entry.getEntryFileMode().getObjectType();
            boolean right = pack.has(id) ? pack.has(id, type) : isOf(type, id, reader, kinds);
            if (!right) {
                throw missing(id, type);
            }
        }
    }

    /** Whether what is here is of a kind, and each time of the same one; a submodule's commit is elsewhere. */
    private static boolean isOf(int type, ObjectId id, ObjectReader reader, Map<ObjectId, Integer> kinds)
            throws IOException {
        Optional<Integer> before = Optional.ofNullable(kinds.put(id, type));
        return before.isPresent() ? before.get() == type : type == Constants.OBJ_COMMIT || reader.has(id, type);
    }

    private boolean isElsewhere(RevObject object) {
        return !object.has(RevFlag.UNINTERESTING) && !pack.has(object);
    }

    private static void requirePresent(ObjectWalk walk, RevObject object) throws IOException {
        if (!walk.getObjectReader().has(object, object.getType())) {
            throw missing(object, object.getType());
        }
    }

    /** Looks through all that can be fetched, until everything is found. */
    private void requireVisible(Set<ObjectId> wanted) throws IOException {
        List<Ref> visible = wanted.isEmpty() ? List.of() : visible();
        visible.forEach(ref -> wanted.remove(ref.getObjectId()));
        if (wanted.isEmpty()) {
            return;
        }
        try (ObjectWalk walk = new ObjectWalk(git)) {
            for (Ref ref : visible) {
                walk.markStart(walk.parseAny(ref.getObjectId()));
            }
            for (RevObject next = walk.next(); next != null && !wanted.isEmpty(); next = walk.next()) {
                wanted.remove(next);
            }
            for (RevObject next = walk.nextObject(); next != null && !wanted.isEmpty(); next = walk.nextObject()) {
                wanted.remove(next);
            }
        }
        for (ObjectId id : wanted) {
            throw missing(id, Constants.OBJ_BAD);
        }
    }

    private List<Ref> branches() throws IOException {
        List<Ref> refs = new ArrayList<>(git.getRefDatabase().getRefsByPrefix(RefNames.BRANCHES));
        Optional.ofNullable(git.getRefDatabase().exactRef(RefNames.NOTES)).ifPresent(refs::add);
        return refs;
    }

    /** What a caller who may push can fetch, told of it or not. */
    private List<Ref> visible() throws IOException {
        return git.getRefDatabase().getRefs().stream()
                .filter(ref -> ref.getObjectId() != null && !ref.getName().startsWith(RefNames.HIDDEN))
                .toList();
    }

    private static PushRefused missing(AnyObjectId id, int type) {
        String kind = type == Constants.OBJ_BAD ? "object" : Constants.typeString(type);
        return PushRefused.of("must bring every object that it needs, and the " + kind + " " + id.name()
                + " is neither in it nor here (a shallow clone may have to run git fetch --unshallow first)");
    }
}
