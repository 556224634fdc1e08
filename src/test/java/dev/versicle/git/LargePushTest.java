package dev.versicle.git;

import static org.eclipse.jgit.lib.Constants.OBJ_BLOB;
import static org.eclipse.jgit.lib.Constants.OBJ_COMMIT;
import static org.eclipse.jgit.lib.Constants.OBJ_TREE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest push that may be comes in, and the worst is refused, in a heap that could hold few of either. */
class LargePushTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path root;

    /** Sixty files of a MiB that no packing makes smaller, and as many small ones as to come in as a pack. */
    private static byte[] large() {
        PackBytes pack = new PackBytes();
        List<String> entries = new ArrayList<>();
        for (int i = 100; i < 220; i++) {
            byte[] noise = new byte[i < 160 ? MEBIBYTE : 10];
            new Random(i).nextBytes(noise);
            pack.object(OBJ_BLOB, noise);
            entries.addAll(
                    List.of("100644", "file " + i, PackBytes.id(OBJ_BLOB, noise).name()));
        }
        return push("refs/heads/large", pack, PackBytes.tree(entries.toArray(String[]::new)));
    }

    /** Files as large as an object may be, each of them little in its pack. */
    private static byte[] wide() {
        PackBytes pack = new PackBytes();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] zeros = new byte[16 * MEBIBYTE - i];
            pack.object(OBJ_BLOB, zeros);
            entries.addAll(
                    List.of("100644", "file " + i, PackBytes.id(OBJ_BLOB, zeros).name()));
        }
        return push("refs/heads/wide", pack, PackBytes.tree(entries.toArray(String[]::new)));
    }

    private static byte[] push(String ref, PackBytes pack, byte[] tree) {
        byte[] commit = PackBytes.commit(PackBytes.id(OBJ_TREE, tree));
        return PushBytes.of()
                .create(ref, PackBytes.id(OBJ_COMMIT, commit))
                .pack(pack.object(OBJ_TREE, tree).object(OBJ_COMMIT, commit).bytes());
    }

    private static byte[] claiming() {
        return PushBytes.of()
                .create("refs/heads/x", ObjectId.fromString("1".repeat(40)))
                .pack(new PackBytes().claiming(0xffffffffL).bytes());
    }

    @Test
    void sixtyMebibytesNeedNoHeapToHoldThem() throws Exception {
        List<String> files = new ArrayList<>();
        files.add(file("large", large()));
        files.add(file("wide", wide()));
        files.add(file("claiming", claiming()));
        files.add(file("large again", large()));

        run(files);

        assertTrue(said("large").contains("ok refs/heads/large"), said("large"));
        assertTrue(said("wide").contains("ok refs/heads/wide"), said("wide"));
        assertTrue(said("claiming").contains("at most 50000 objects"), said("claiming"));
        try (var packs = Files.walk(root.resolve("data/prompts"))) {
            assertEquals(
                    1, packs.filter(path -> path.toString().endsWith(".pack")).count());
        }
        try (var left = Files.list(root.resolve("data/new"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private String file(String name, byte[] push) throws IOException {
        return Files.write(root.resolve(name), push).toString();
    }

    private String said(String name) throws IOException {
        return Files.readString(root.resolve(name + ".said"));
    }

    private void run(List<String> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PushedInASmallHeap.class.getName(),
                root.resolve("data").toString()));
        command.addAll(files);
        Path log = root.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, process.waitFor(), Files.readString(log));
    }
}
