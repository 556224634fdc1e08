package dev.versicle.git;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalPromptStoreTest extends PromptStoreContract {
    @TempDir
    private Path root;

    @Override
    House open() {
        return new House(root);
    }
}
