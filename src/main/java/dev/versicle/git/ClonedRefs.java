package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.RefValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * The refs that clones get beside main and the notes: tags, branches of environments, people's own. Moves them one by
 * one, and tells the index of each at once, so that a kill leaves at most one that it does not know.
 */
final class ClonedRefs {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    ClonedRefs(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    /**
     * Makes, moves or removes a ref, for the subject {@code by} where that is known. Throws {@link LostRace} where it
     * is not at {@code from} any more.
     */
    void move(String ref, ObjectId from, ObjectId to, Optional<String> by) throws IOException {
        shop.move(git, ref, from, to);
        tell(ref, to, by);
    }

    /** As {@link #move}, of a sign: where another hand was faster, it is what that made of it. */
    void sign(String ref, ObjectId from, ObjectId to, Optional<String> by) throws IOException {
        if (shop.repositories().move(git, ref, from, to) != RefUpdate.Result.LOCK_FAILURE) {
            tell(ref, to, by);
        }
    }

    private void tell(String ref, ObjectId to, Optional<String> by) {
        RefValue value = new RefValue(ref, Truths.present(to).map(ObjectId::name));
        shop.index().refs(id, List.of(value), by);
    }

    /** All of them, by name; looks at each. */
    Map<String, String> all() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Ref ref : git.getRefDatabase().getRefsByPrefix(RefNames.BRANCHES, RefNames.TAGS)) {
            Optional<ObjectId> tip = Optional.ofNullable(ref.getObjectId());
            if (tip.isPresent() && RefNames.isCloned(ref.getName())) {
                all.put(ref.getName(), tip.get().name());
            }
        }
        return all;
    }
}
