package dev.versicle.prompt;

import java.util.function.Consumer;
import java.util.function.Function;

/** Repositories on other servers, which this one may ask for their history. */
public interface RemoteRepositories {
    /** Throws {@link Problem.Invalid} where this is none that may be asked. */
    void require(Remote remote);

    /**
     * Fetches a whole history and has it used, as a bundle for {@link PromptStore#bring}: branches, tags, notes and
     * slots, nobody's draft and no environment's branch. Nothing of it was judged, and none is kept. Throws {@link
     * Problem.Invalid}, {@link Problem.TooLarge} and {@link Problem.RemoteFailed}.
     */
    <R> R fetch(Remote remote, Consumer<ImportStep> told, Function<PromptFile.Content, R> use);
}
