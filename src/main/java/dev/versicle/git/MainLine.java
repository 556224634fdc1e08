package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** The rules for commits that another hand made and that are to become versions. */
final class MainLine {
    private final Workshop shop;
    private final PromptId id;

    MainLine(Workshop shop, PromptId id) {
        this.shop = shop;
        this.id = id;
    }

    /**
     * Why main must not move from one commit to another (zero: from nothing), in a sentence; empty where it may. Reads
     * the commits in {@code objects}.
     */
    Optional<String> refusal(Repository objects, ObjectId from, ObjectId to) throws IOException {
        return Optional.of("prompt " + id + objects + from + to + shop.now());
    }
}
