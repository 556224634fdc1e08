package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptSettings;
import org.eclipse.jgit.lib.Repository;

/** A push, who makes it, and what it meets: settings and truths as they stand under the prompt's write lock. */
record PushScene(Push push, Caller by, PromptSettings settings, Truths truths) {
    Repository objects() {
        return push.objects().repository();
    }
}
