package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest packages that may be go in and out of a heap that could not hold one of them. */
class LargePackagesTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path root;

    private void pack(String name, int count, int size) throws IOException {
        Map<String, PromptFile> files = new HashMap<>();
        for (int i = 0; i < count; i++) {
            files.put("file " + i, new PromptFile(Packages.compressible(size, i), false));
        }
        Packages.lay(files, root.resolve(name + ".d"));
        new Tools(root).run("tar", "czf", name, "-C", name + ".d", ".");
        assertTrue(Files.size(root.resolve(name)) < Tarball.TARBALL_BYTES_MAX, name);
    }

    @Test
    void sixtyFourMebibytesNeedNoHeapToHoldThem() throws IOException {
        pack("many", 64, MEBIBYTE);
        pack("large", 4, PromptFile.BYTES_MAX);

        new Tools(root)
                .run(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargePackages.class.getName(),
                        root.toString(),
                        "many",
                        "large");

        for (String name : new String[] {"many", "large"}) {
            Files.createDirectory(root.resolve("out of " + name));
            new Tools(root).run("tar", "xzf", name + ".out", "-C", "out of " + name);
            assertEquals("", new Tools(root).run("diff", "-r", name + ".d", "out of " + name));
        }
        assertEquals("", new Tools(root).run("ls", "spool"));
    }
}
