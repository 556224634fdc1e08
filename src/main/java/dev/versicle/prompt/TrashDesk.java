package dev.versicle.prompt;

import dev.versicle.prompt.PromptIndex.Trashed;

/** Brings deleted prompts back, as they were: for whom they belonged to, and for administrators. */
public final class TrashDesk {
    private final Prompts prompts;
    private final PromptStore store;
    private final PromptIndex index;

    public TrashDesk(Prompts prompts, PromptStore store, PromptIndex index) {
        this.prompts = prompts;
        this.store = store;
        this.index = index;
    }

    /** The deleted prompts that the caller may bring back, the latest deleted first. */
    public Page<Trashed> list(Caller caller, Page.Part part) {
        return index.trashed(caller, part);
    }

    /**
     * Brings a prompt back under its name. Throws {@link Problem.NameTaken} where another has that by now, and {@link
     * Problem.PromptNotFound} for whom it did not belong to.
     */
    public Prompt restore(Caller caller, PromptId id) {
        Trashed deleted = index.trashed(id)
                .filter(found -> caller.has(Role.ADMIN) || found.owner().equals(caller.subject()))
                .orElseThrow(() -> notFound(id));
        prompts.claiming(deleted.namespace(), deleted.name(), id, () -> {
            if (!store.untrash(deleted, caller)) {
                throw notFound(id);
            }
        });
        return prompts.prompt(caller, id);
    }

    private static PromptException notFound(PromptId id) {
        return new PromptException(new Problem.PromptNotFound(id.hex()));
    }
}
