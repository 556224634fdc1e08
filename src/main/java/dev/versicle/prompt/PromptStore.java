package dev.versicle.prompt;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where prompts are kept: each in a repository of its own. */
public interface PromptStore {
    /** Makes a prompt, with a first version where {@code first} is given; it is there wholly or not at all. */
    void create(PromptId id, PromptSettings settings, Optional<Draft> first, Caller by);

    /**
     * Makes a prompt of a bundle that {@link PromptRepository#bundle} wrote, here or elsewhere; it is there wholly or
     * not at all, and its commits keep their ids. False, and nothing is changed, where there is a prompt of this id.
     * Throws {@link Problem.Invalid} and {@link Problem.TooLarge} where the bundle is not what it must be, and whatever
     * {@code admission} throws.
     */
    boolean bring(PromptId id, PromptFile.Content bundle, Admission admission, Caller by);

    /** Writes a bundle of a bare repository that lies elsewhere, one of ours or any other. */
    void bundle(Path bare, OutputStream out);

    /** Decides on what a bundle holds, when all of it was found to be sound and before anybody sees it. */
    @FunctionalInterface
    interface Admission {
        /** The settings that the prompt shall have; {@code found} are its own, where it has any. May throw. */
        PromptSettings admit(Optional<PromptSettings> found);
    }

    /** Opens a prompt; the caller closes it. Throws {@link Problem.PromptNotFound}. */
    PromptRepository open(PromptId id);

    /** Takes a prompt away, to the trash, and tells the index. Throws {@link Problem.PromptNotFound}. */
    void trash(PromptId id, Caller by);

    /** Brings a prompt back from the trash, as it was; false where it is not there any more. */
    boolean untrash(PromptIndex.Trashed deleted, Caller by);

    /**
     * Deletes a live version. The last one takes the prompt with it, to the trash. Throws {@link
     * Problem.VersionNotFound}, and {@link Problem.Pinned} where a release or an environment points to it.
     */
    void deleteVersion(PromptId id, int number, Caller by);

    /**
     * Brings the index up to a prompt, once nobody writes it: one that is not there is forgotten, one that cannot be
     * read is logged and left for later. For the start, and where the index is seen to differ.
     */
    void index(PromptId id);

    /** Every prompt there is, oldest first: for the start and for rebuilding the index, never for a request. */
    Stream<PromptId> ids();

    /** What lies in the trash, oldest there first; reads each. For the start only. The caller closes the stream. */
    Stream<PromptIndex.Trashed> trashed();
}
