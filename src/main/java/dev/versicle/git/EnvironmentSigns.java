package dev.versicle.git;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The branches {@code env/<name>}, which follow from where the environments point. */
final class EnvironmentSigns {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentSigns.class);
    private static final int TRIES_MAX = 8;

    private final PromptId id;
    private final Repository git;
    private final EnvironmentReader reader;
    private final ClonedRefs refs;

    EnvironmentSigns(Workshop shop, PromptId id, Repository git) {
        this.id = id;
        this.git = git;
        this.reader = new EnvironmentReader(shop, id, git);
        this.refs = new ClonedRefs(shop, id, git);
    }

    /**
     * Makes every branch right, for the subject {@code by} where that is known: what is below {@code env/} and no
     * environment goes. Done twice it changes nothing.
     */
    void mend(Optional<String> by) throws IOException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            ObjectId truth = reader.tip();
            agree(wanted(truth), by);
            if (truth.equals(reader.tip())) {
                return;
            }
        }
        throw new PromptException(new Problem.Contended());
    }

    private Map<String, ObjectId> wanted(ObjectId truth) throws IOException {
        Map<String, ObjectId> wanted = new TreeMap<>();
        reader.at(truth)
                .forEach((name, pointer) -> wanted.put(
                        RefNames.environment(name),
                        ObjectId.fromString(pointer.target().commit().hex())));
        return wanted;
    }

    private void agree(Map<String, ObjectId> wanted, Optional<String> by) throws IOException {
        Map<String, ObjectId> found = new TreeMap<>();
        for (Ref ref : git.getRefDatabase().getRefsByPrefix(RefNames.ENVIRONMENT_BRANCHES)) {
            found.put(ref.getName(), Truths.tip(git, ref.getName()));
        }
        // Those first that have to go: one may be in the way, as the directory of another.
        for (Map.Entry<String, ObjectId> there : found.entrySet()) {
            if (!wanted.containsKey(there.getKey())) {
                refs.sign(there.getKey(), there.getValue(), ObjectId.zeroId(), by);
            }
        }
        for (Map.Entry<String, ObjectId> sign : wanted.entrySet()) {
            ObjectId before = found.getOrDefault(sign.getKey(), ObjectId.zeroId());
            if (!before.equals(sign.getValue())) {
                set(sign.getKey(), before, sign.getValue(), by);
            }
        }
    }

    /** A branch {@code env} is reserved, but another hand may have made one: it is not ours to remove. */
    private void set(String sign, ObjectId before, ObjectId after, Optional<String> by) throws IOException {
        if (git.getRefDatabase().isNameConflicting(sign)) {
            LOG.warn("prompt {}: another ref is in the way of {}", id, sign);
        } else {
            refs.sign(sign, before, after, by);
        }
    }
}
