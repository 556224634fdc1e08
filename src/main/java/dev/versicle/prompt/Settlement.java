package dev.versicle.prompt;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Settles the differences between the prompts and an index that may not know all of them. */
public final class Settlement {
    private final PromptStore store;
    private final PromptIndex index;

    public Settlement(PromptStore store, PromptIndex index) {
        this.store = store;
        this.index = index;
    }

    /**
     * Makes the index agree with the prompts and the trash, where the start found that it may not; prompts may be
     * written meanwhile. Reads a few refs of every prompt, and of those that differ what is missing.
     *
     * @param goesOn asked before each prompt; where it says no, the next start begins again
     * @return whether the index is complete
     */
    public boolean reach(BooleanSupplier goesOn) {
        if (index.state() == PromptIndex.State.COMPLETE) {
            return true;
        }
        List<PromptId> ids = toCompare();
        index.reached(0, ids.size());
        for (int i = 0; i < ids.size(); i++) {
            if (!goesOn.getAsBoolean()) {
                return false;
            }
            store.index(ids.get(i));
            index.reached(i + 1, ids.size());
        }
        try (Stream<PromptIndex.Trashed> trashed = store.trashed()) {
            trashed.forEach(index::trashed);
        }
        index.complete();
        return true;
    }

    /** What the index knows and is not there goes first: its name may be another's by now. */
    private List<PromptId> toCompare() {
        Set<PromptId> stored = new LinkedHashSet<>();
        try (Stream<PromptId> ids = store.ids()) {
            ids.forEach(stored::add);
        }
        Set<PromptId> all = new LinkedHashSet<>(index.known());
        all.removeAll(stored);
        all.addAll(stored);
        return List.copyOf(all);
    }
}
