package dev.versicle.git;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalHistoryTest extends HistoryContract {
    @TempDir
    private Path root;

    @Override
    House open() {
        return new House(root);
    }
}
