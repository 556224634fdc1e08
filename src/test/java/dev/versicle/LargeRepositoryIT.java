package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push as large as one may be, by real git, in and out of a jar with little memory. */
class LargeRepositoryIT {
    private static final int FILES = 6;
    /** Of each; no packing makes them smaller. */
    private static final int FILE_BYTES = 10 << 20;
    /** At once: together as large as the heap. */
    private static final int CLONES = 4;

    private static final Map<String, String> LITTLE_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m");

    @TempDir
    private Path root;

    private static String url(JarServer server) {
        URI address = server.address();
        return "http://x:" + Api.key(server.data()) + "@" + address.getAuthority() + "/git/default/large.git";
    }

    @Test
    void sixtyMebibytesGoInAndOutOfALittleHeap() throws Exception {
        try (JarServer server = JarServer.run(Files.createDirectories(root.resolve("server")), LITTLE_HEAP);
                Api api = server.api()) {
            api.create("large", "a text");
            new Git(root).run("clone", "-q", url(server), "work");
            Git work = new Git(root.resolve("work"));
            for (int i = 0; i < FILES; i++) {
                byte[] noise = new byte[FILE_BYTES];
                new Random(i).nextBytes(noise);
                Files.write(root.resolve("work").resolve("file " + i), noise);
            }
            work.run("add", ".");
            work.run("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "Large");
            work.run("push", "-q", "origin", "main");

            List<String> trees = new ArrayList<>();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> clones = new ArrayList<>();
                for (int i = 0; i < CLONES; i++) {
                    String directory = "clone-" + i;
                    clones.add(clients.submit(() -> cloned(server, directory)));
                }
                for (Future<String> clone : clones) {
                    trees.add(clone.get());
                }
            }

            assertEquals(
                    List.of(work.run("rev-parse", "HEAD^{tree}")),
                    trees.stream().distinct().toList());
            assertEquals(CLONES, trees.size());
            assertTrue(
                    new Git(root.resolve("clone-0")).run("log", "--format=%s").contains("Large"));
        }
    }

    /** The tree of a fresh and sound clone. */
    private String cloned(JarServer server, String directory) {
        new Git(root).run("clone", "-q", url(server), directory);
        Git clone = new Git(root.resolve(directory));
        clone.requireSound();
        return clone.run("rev-parse", "HEAD^{tree}");
    }
}
