package dev.versicle.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** The newest states of environments' repositories by their trees, so that a move reads nothing of the others. */
final class EnvironmentStates {
    /** In all states together. */
    private static final int PROMPTS_MAX = 10_000;

    private final Cache<ObjectId, EnvironmentState> states = Caffeine.newBuilder()
            .maximumWeight(PROMPTS_MAX)
            .weigher((ObjectId tree, EnvironmentState state) ->
                    1 + state.versions().size())
            .build();

    /** A tree's state, which is the caller's alone from now on. */
    EnvironmentState take(ObjectReader reader, ObjectId tree) throws IOException {
        Optional<EnvironmentState> kept = Optional.ofNullable(states.asMap().remove(tree));
        return kept.isPresent() ? kept.get() : EnvironmentState.read(reader, tree);
    }

    /** Keeps a state for the next one; the caller has it no more. */
    void keep(ObjectId tree, EnvironmentState state) {
        states.put(tree, state);
    }
}
