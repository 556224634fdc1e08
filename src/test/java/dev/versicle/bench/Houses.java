package dev.versicle.bench;

import dev.versicle.git.GitPromptStore;
import dev.versicle.git.House;
import dev.versicle.prompt.Prompts;
import java.util.Random;

/** Other ways into a house. */
final class Houses {
    private Houses() {}

    /** An entrance to the same prompts that keeps no version, so that each is read from the disk; for reads. */
    static Prompts withoutCache(House house) {
        GitPromptStore store = new GitPromptStore(house.repositories, house.catalog, 0, house.now::get);
        return new Prompts(store, house.catalog, house.system, house.now::get, new Random(8));
    }
}
