package dev.versicle.prompt;

import java.util.Optional;
import java.util.stream.Stream;

/** Where prompts are kept: each in a repository of its own. */
public interface PromptStore {
    /** Makes a prompt, with a first version where {@code first} is given; it is there wholly or not at all. */
    void create(PromptId id, PromptSettings settings, Optional<Draft> first, Caller by);

    /** Opens a prompt; the caller closes it. Throws {@link Problem.PromptNotFound}. */
    PromptRepository open(PromptId id);

    /** Takes a prompt away, to the trash. Throws {@link Problem.PromptNotFound}. */
    void trash(PromptId id);

    /**
     * Deletes a live version. The last one takes the prompt with it, to the trash: then true is returned. Throws {@link
     * Problem.VersionNotFound}, and {@link Problem.Pinned} where a release points to the version.
     */
    boolean deleteVersion(PromptId id, int number, Caller by);

    /**
     * Brings the index up to a prompt: one that is not there is forgotten, one that cannot be read is logged and left
     * for later. For the start only.
     */
    void index(PromptId id);

    /** Every prompt there is, oldest first: for the start and for rebuilding the index, never for a request. */
    Stream<PromptId> ids();

    /** What lies in the trash, oldest there first; reads each. For the start only. The caller closes the stream. */
    Stream<PromptIndex.Trashed> trashed();
}
