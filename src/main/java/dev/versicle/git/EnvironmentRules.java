package dev.versicle.git;

import static dev.versicle.git.BundleHeader.refused;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Judges environments that another hand wrote: every state of them must be one that this server could have written. */
final class EnvironmentRules {
    /** The longest message, each character of it escaped, and what stands around it. */
    static final int FILE_BYTES_MAX = 16 << 10;

    private final Repository git;
    private final TreeRules rules;
    private final Set<ObjectId> passed = new HashSet<>();

    EnvironmentRules(Repository git, TreeRules rules) {
        this.git = git;
        this.rules = rules;
    }

    /** Throws where a state is malformed, or the newest one names what is no version among {@code refs}. */
    void requireSound(ObjectId newest, Map<String, ObjectId> refs) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            Optional<RevCommit> state = Optional.of(walk.parseCommit(newest));
            requireVersions(walk.getObjectReader(), state.get(), Timeline.numbers(git, refs));
            while (state.isPresent()) {
                requireFiles(walk.getObjectReader(), state.get());
                state = state.get().getParentCount() == 0
                        ? Optional.empty()
                        : Optional.of(walk.parseCommit(state.get().getParent(0)));
            }
        }
    }

    private void requireVersions(ObjectReader reader, RevCommit state, Map<String, Integer> numbers)
            throws IOException {
        for (Map.Entry<EnvironmentName, ObjectId> file :
                rules.environments(state.getTree()).entrySet()) {
            Environment.Target target = read(reader, file.getValue()).target();
            Optional<Integer> number =
                    Optional.ofNullable(numbers.get(target.commit().hex()));
            if (!number.equals(Optional.of(target.version()))) {
                throw refused("must have environments that point to its versions: " + file.getKey());
            }
        }
    }

    private void requireFiles(ObjectReader reader, RevCommit state) throws IOException {
        if (passed.add(state.getTree())) {
            for (ObjectId file : rules.environments(state.getTree()).values()) {
                if (passed.add(file)) {
                    read(reader, file);
                }
            }
        }
    }

    private static Pointer read(ObjectReader reader, ObjectId file) throws IOException {
        if (reader.getObjectSize(file, Constants.OBJ_BLOB) > FILE_BYTES_MAX) {
            throw refused("must have environments of at most " + FILE_BYTES_MAX + " bytes");
        }
        byte[] bytes = reader.open(file, Constants.OBJ_BLOB).getBytes(FILE_BYTES_MAX);
        try {
            return EnvironmentCodec.read(bytes, file.name());
        } catch (IOException e) {
            throw refused("must have environments that can be read");
        }
    }
}
