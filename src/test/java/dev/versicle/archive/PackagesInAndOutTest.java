package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.git.House;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages into a prompt and out of it again, the same bytes each time. */
class PackagesInAndOutTest {
    private static final VersionRef LATEST = new VersionRef.Latest();

    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private SpoolForTests spool;
    private Tools tools;

    @BeforeEach
    void open() throws IOException {
        house = new House(root.resolve("data"));
        id = house.create("package", "first");
        spool = new SpoolForTests(Files.createDirectory(root.resolve("spool")));
        tools = new Tools(root);
    }

    @AfterEach
    void everythingIsSoundAndNothingIsLeft() {
        assertEquals(List.of(), spool.left());
        house.requireSound();
        house.close();
    }

    private Version save(PromptFiles files) {
        return house.save(id, Draft.checkpoint(new Draft.Content.Files(files))).version();
    }

    private Version upload(byte[] gzip) {
        try (Unpacked unpacked = spool.read(gzip)) {
            return unpacked.naming(() -> save(unpacked.files()));
        }
    }

    private byte[] download(VersionRef ref) {
        return house.prompts.read(House.ALICE, id, ref, files -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Tarball.write(files, out);
            return out.toByteArray();
        });
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Map<String, PromptFile> fixed() {
        byte[] big = new byte[200_000];
        new Random(1).nextBytes(big);
        return Map.of(
                "prompt.md",
                Packages.file("Greet ${name}.\n"),
                "tools/run.sh",
                new PromptFile("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), true),
                "tools/日本語.txt",
                Packages.file("é"),
                "tools-a",
                Packages.file(""),
                "deep/" + "n".repeat(120) + "/x",
                Packages.file("long"),
                "big.bin",
                new PromptFile(big, false));
    }

    /** Whoever must change these two lines breaks what was promised: that a version's bytes never change. */
    @Test
    void theBytesOfAPackageArePinned() throws Exception {
        save(PromptFiles.of(fixed()));
        assertEquals("2c28e8abd8f25f52bc244336c3fc669f08573e6eb18ffdfabcb9f879fafc8bc6", sha256(download(LATEST)));

        save(PromptFiles.of(Map.of("prompt.md", Packages.file("short"))));
        assertEquals("25ff45ba835948b4fab83c394890945655bb9b608ff8a612cb3e546bfa8e0383", sha256(download(LATEST)));
    }

    @Test
    void neitherTheMachineNorTheMomentShows() throws Exception {
        Version version = save(PromptFiles.of(fixed()));
        byte[] before = download(LATEST);

        house.tick(1_000_000);
        save(PromptFiles.of(Map.of("prompt.md", Packages.file("newer"))));
        house.git(id).run("gc", "-q");

        assertArrayEquals(before, download(new VersionRef.Numbered(version.number())));
        house.close();
        house = new House(root.resolve("data"));
        assertArrayEquals(before, download(new VersionRef.Numbered(version.number())));
        assertArrayEquals(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff}, head(before, 10));
    }

    private static byte[] head(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    @Test
    void othersReadWhatWeWrite() throws Exception {
        save(PromptFiles.of(fixed()));
        Files.write(root.resolve("x.tar.gz"), download(LATEST));

        tools.run("gzip", "-t", "x.tar.gz");
        String listing = tools.run(
                "tar", "tzvf", "x.tar.gz", "--quoting-style=literal", "--numeric-owner", "--full-time", "--utc");
        assertEquals(
                List.of(
                        "-rw-r--r-- 0/0 200000 2026-04-22 10:14:00 big.bin",
                        "-rw-r--r-- 0/0 4 2026-04-22 10:14:00 deep/" + "n".repeat(120) + "/x",
                        "-rw-r--r-- 0/0 15 2026-04-22 10:14:00 prompt.md",
                        "-rw-r--r-- 0/0 0 2026-04-22 10:14:00 tools-a",
                        "-rwxr-xr-x 0/0 10 2026-04-22 10:14:00 tools/run.sh",
                        "-rw-r--r-- 0/0 2 2026-04-22 10:14:00 tools/日本語.txt"),
                listing.lines().map(line -> line.replaceAll(" +", " ")).toList());
        assertEquals("[('', '')]", tools.python("""
                import tarfile
                with tarfile.open('x.tar.gz') as tar:
                    tar.extractall('out')
                    print(sorted(set((entry.uname, entry.gname) for entry in tar)))""").strip());
        for (Map.Entry<String, PromptFile> file : fixed().entrySet()) {
            assertArrayEquals(
                    file.getValue().bytes(),
                    Files.readAllBytes(root.resolve("out").resolve(file.getKey())));
        }
    }

    /** The seed is the test's name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatComesOutGoesInAgainAsItWas(long seed) {
        PromptFiles files = PromptFiles.of(Packages.random(new Random(seed)));
        String commit = save(files).commit().hex();
        byte[] gzip = download(LATEST);

        try (Unpacked unpacked = spool.read(gzip)) {
            assertEquals(files, unpacked.files());
        }
        assertEquals(commit, upload(gzip).commit().hex());
        assertArrayEquals(gzip, download(LATEST));
    }

    @Test
    void whatIsUploadedIsWhatIsDownloaded() throws Exception {
        Map<String, PromptFile> files = new TreeMap<>(Packages.random(new Random(77)));
        Path source = Files.createDirectory(root.resolve("source"));
        Packages.lay(files, source);
        tools.run("tar", "czf", "up.tar.gz", "-C", "source", ".");

        upload(Files.readAllBytes(root.resolve("up.tar.gz")));
        Files.write(root.resolve("down.tar.gz"), download(LATEST));

        Files.createDirectory(root.resolve("target"));
        tools.run("tar", "xzf", "down.tar.gz", "-C", "target");
        tools.run("diff", "-r", "source", "target");
        assertEquals(
                tools.run("sh", "-c", "cd source && find . -type f -perm -100 | sort"),
                tools.run("sh", "-c", "cd target && find . -type f -perm -100 | sort"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                "a/.GIT/x",
                ".GIT",
                "git~1",
                "a/git~1/x",
                ".g\u200cit",
                ".git\u200c/x",
                ".git./x",
                ".gitmodules",
                "aux",
                "ab:c"
            })
    void whatGitMustNotHoldIsRefusedAsAnEntryAndNothingIsWritten(String path) {
        String objects = house.git(id).run("count-objects", "-v");
        byte[] gzip = new TarBytes().file("prompt.md", "x").file(path, "x").gzip();

        PromptException refused = assertThrows(PromptException.class, () -> upload(gzip));

        Problem.Invalid problem = (Problem.Invalid) refused.problem();
        assertEquals("tarball", problem.field());
        String shown = path.replace("\u200c", "\\u200c");
        assertEquals(
                "cannot be taken: its entry '" + shown + "' must",
                problem.rule().substring(0, ("cannot be taken: its entry '" + shown + "' must").length()));
        assertEquals(objects, house.git(id).run("count-objects", "-v"));
    }

    @Test
    void aBodyThatIsNotTextIsTheTarballsFaultToo() {
        byte[] gzip = new TarBytes()
                .header("prompt.md", '0', 1)
                .body(new byte[] {(byte) 0xff})
                .gzip();

        PromptException refused = assertThrows(PromptException.class, () -> upload(gzip));

        assertEquals(
                new Problem.Invalid(
                        "tarball", "cannot be taken: its entry 'prompt.md' must be UTF-8, for it is the prompt's body"),
                refused.problem());
    }

    @Test
    void whoeverWritesToSomebodyGoneIsTold() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThrows(
                UncheckedIOException.class,
                () -> house.prompts.read(House.ALICE, id, LATEST, files -> {
                    Tarball.write(files, gone);
                    return files;
                }));
        assertEquals(
                2,
                house.prompts
                        .checkpoint(House.ALICE, id, Draft.checkpoint(House.body("still well")), Expected.NOTHING)
                        .version()
                        .number());
    }
}
