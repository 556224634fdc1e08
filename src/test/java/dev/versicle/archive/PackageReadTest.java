package dev.versicle.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.git.House;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptPackage;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version's files as they lie in Git, for as long as somebody works on them. */
class PackageReadTest {
    private static final VersionRef LATEST = new VersionRef.Latest();

    @TempDir
    private Path root;

    private House house;
    private PromptId id;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        id = house.create("package", "first");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Version save(PromptFiles files) {
        return house.save(id, Draft.checkpoint(new Draft.Content.Files(files))).version();
    }

    @Test
    void whatAPushMayHoldBesidesFilesComesOutToo() throws IOException {
        Version version = save(PromptFiles.of(Map.of("prompt.md", Packages.file("x"))));
        Path work = root.resolve("work");
        new Tools(root)
                .run(
                        "git",
                        "-c",
                        "safe.directory=*",
                        "clone",
                        "-q",
                        house.repository(id).toString(),
                        work.toString());
        Files.createSymbolicLink(work.resolve("link"), Path.of("prompt.md"));
        new Tools(root)
                .run(
                        "sh",
                        "-c",
                        "cd work && git add . && git update-index --add --cacheinfo 160000,"
                                + version.commit().hex() + ",sub && git -c user.name=n -c user.email=e commit -qm m"
                                + " --date=@1700000000 && git -c safe.directory=* push -q origin HEAD:refs/heads/main");
        reopen();

        List<PromptPackage.Entry> files =
                house.prompts.read(House.ALICE, id, new VersionRef.Numbered(3), PromptPackage::files);

        assertEquals(
                List.of("link", "prompt.md"),
                files.stream().map(PromptPackage.Entry::path).toList());
        assertEquals(9, files.getFirst().size());
        assertArrayEquals(
                "prompt.md".getBytes(StandardCharsets.UTF_8),
                house.prompts.read(House.ALICE, id, new VersionRef.Numbered(3), link -> bytes(link, files.getFirst())));
    }

    private void reopen() {
        house.close();
        house = new House(root.resolve("data"));
    }

    @Test
    void filesAreReadOnlyByWhoMayAndWhileTheWorkGoesOn() throws IOException {
        save(PromptFiles.of(Map.of("prompt.md", Packages.file("text"), "x", new PromptFile(new byte[] {7}, true))));

        PromptPackage kept = house.prompts.read(House.ALICE, id, LATEST, files -> files);
        PromptPackage.Entry x = kept.files().getLast();
        assertEquals(new PromptPackage.Entry("x", 1, true, house.git(id).run("rev-parse", "main:x")), x);
        assertEquals(2, kept.version().number());
        assertThrows(IllegalStateException.class, () -> kept.open(x));
        assertArrayEquals(new byte[] {7}, house.prompts.read(House.ALICE, id, LATEST, files -> bytes(files, x)));

        assertEquals(
                new Problem.VersionNotFound(id, "9"),
                assertThrows(
                                PromptException.class,
                                () -> house.prompts.read(
                                        House.ALICE, id, new VersionRef.Numbered(9), PromptPackage::files))
                        .problem());
    }

    @Test
    void whoMayNotReadGetsNoFile() {
        Caller stranger = new Caller("eve", Optional.empty(), Optional.empty(), new Namespace("elsewhere"), Set.of());

        assertEquals(
                new Problem.Denied(id, Right.READ),
                assertThrows(
                                PromptException.class,
                                () -> house.prompts.read(stranger, id, LATEST, PromptPackage::files))
                        .problem());
    }

    private static byte[] bytes(PromptPackage files, PromptPackage.Entry entry) {
        try (InputStream in = files.open(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
