package dev.versicle.git;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;

/** A prompt in an environment's repository: what it is called there, where it points, and the move that brought it. */
record Listed(PromptId id, PromptName name, Environment.Target target, Environment.Moved moved) {
    Listed named(PromptName other) {
        return new Listed(id, other, target, moved);
    }
}
