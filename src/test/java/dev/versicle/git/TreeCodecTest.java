package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in are files out, as real git reads them. */
class TreeCodecTest {
    @TempDir
    private Path root;

    private House house;
    private PromptId id;

    @BeforeEach
    void open() {
        house = new House(root);
        id = house.create("package", "first");
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private static PromptFile file(String text) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private Version save(Map<String, PromptFile> files) {
        return house.save(id, Draft.checkpoint(new Draft.Content.Files(PromptFiles.of(files))))
                .version();
    }

    @Test
    void everyFileComesOutOfGitAsItWentIn() {
        Random random = new Random(11);
        for (int round = 0; round < 8; round++) {
            Map<String, PromptFile> files = new TreeMap<>();
            for (int i = 0; i < 12; i++) {
                byte[] bytes = new byte[random.nextInt(3_000)];
                random.nextBytes(bytes);
                String path = List.of("a", "a b", "日本", "é", "x.y", "z-").get(random.nextInt(6)) + "/"
                        + List.of("", "d/", "d/e/f/").get(random.nextInt(3)) + "file " + i;
                files.put(path, new PromptFile(bytes, random.nextBoolean()));
            }
            files.put("empty", new PromptFile(new byte[0], false));
            files.put("prompt.md", file("round " + round));

            String commit = save(files).commit().hex();

            assertEquals(files.keySet(), listing(commit).keySet());
            for (Map.Entry<String, PromptFile> file : files.entrySet()) {
                assertArrayEquals(
                        file.getValue().bytes(), house.git(id).bytes("cat-file", "blob", commit + ":" + file.getKey()));
                assertEquals(
                        file.getValue().executable() ? "100755" : "100644",
                        listing(commit).get(file.getKey()));
            }
        }
    }

    private Map<String, String> listing(String commit) {
        Map<String, String> modes = new TreeMap<>();
        String listing = house.git(id)
                .run("-c", "core.quotePath=false", "ls-tree", "-r", "-z", "--format=%(objectmode) %(path)", commit);
        for (String line : listing.split("\0", 0)) {
            modes.put(line.substring(7), line.substring(0, 6));
        }
        return modes;
    }

    @Test
    void theBodyOfAnOddPackageIsWhatTheRuleSays() {
        assertEquals(
                "md",
                save(Map.of("prompt.md", file("md"), "prompt.txt", file("txt"))).text());
        assertEquals(
                "txt",
                save(Map.of("prompt.txt", file("txt"), "a/prompt.md", file("deep")))
                        .text());
        assertEquals(
                "one",
                save(Map.of("x.bin", file("one"), "a/b", file("no"), "c/d", file("no")))
                        .text());
        assertEquals(
                "",
                save(Map.of("x", file("x"), "y", file("y"), "a/prompt.md", file("deep")))
                        .text());
        assertEquals("in", save(Map.of("a/b/c/only", file("in"))).text());
        assertEquals("", save(Map.of("a/b/x", file("1"), "a/c/y", file("2"))).text());
        assertEquals("", save(Map.of()).text());
        assertEquals("up", save(Map.of("PROMPT.MD", file("up"))).text());
        assertEquals("d", save(Map.of("prompt.md/prompt.md", file("d"))).text());
    }

    @Test
    void aTextSaveReplacesTheBodyWhereverItIs() {
        save(Map.of("top/inner/prompt.txt", file("old"), "top/inner/other", file("kept")));

        Version version = house.save(id, "new").version();

        assertEquals("new", version.text());
        assertEquals(
                Map.of("top/inner/prompt.txt", "100644", "top/inner/other", "100644"),
                listing(version.commit().hex()));
    }

    @Test
    void aPackageWithoutABodyGetsOneBesideItsFiles() {
        save(Map.of("x", file("x"), "y", file("y")));

        assertEquals("new", house.save(id, "new").version().text());
        assertEquals(
                Map.of("x", "100644", "y", "100644", "prompt.md", "100644"),
                listing(house.git(id).run("rev-parse", "main")));
    }

    @Test
    void whatGitTakesForItsOwnSettingsIsRefusedWhereFsckWouldComplain() {
        String evil = "[submodule \"../x\"]\n\tpath = x\n\turl = -u./payload\n";
        for (String path : List.of(".gitmodules", "a/.gitmodules", ".GitModules", "gitmod~1", ".git\u200cmodules")) {
            assertInstanceOf(Problem.Invalid.class, refused(path, evil), path);
        }
        assertInstanceOf(Problem.Invalid.class, refused(".gitattributes", "a".repeat(3_000)));
        save(Map.of(".gitattributes", file("*.md text\n"), ".gitignore", file("x"), "prompt.md", file("ok")));
    }

    private Problem refused(String path, String text) {
        return assertThrows(PromptException.class, () -> save(Map.of(path, file(text), "prompt.md", file("p"))))
                .problem();
    }
}
