package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Patch;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write as a difference is one to real git, too: it applies it, and has little to say otherwise. */
class PatchTest {
    private static final int VERSIONS = 20;
    private static final int PAIRS = 30;

    /** Where the two find different ways, ours is at most this much longer. */
    private static final double LONGER_MAX = 1.02;

    @TempDir
    private Path root;

    private House house;
    private PromptId id;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        id = house.create("patched", "one\n");
    }

    @AfterEach
    void close() {
        house.requireSound();
        house.close();
    }

    private Diff diff(int from, int to) {
        return house.prompts.diff(ALICE, id, new VersionRef.Numbered(from), new VersionRef.Numbered(to));
    }

    private String gits(Version from, Version to) {
        return house.git(id)
                .run(
                        "diff",
                        "--histogram",
                        "--no-renames",
                        "--full-index",
                        "--no-color",
                        from.commit().hex(),
                        to.commit().hex());
    }

    private void save(PromptFiles files) {
        house.save(id, Draft.checkpoint(new Draft.Content.Files(files)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gitAppliesItAndHasTheOtherVersionsTree(long seed) throws IOException {
        Edits edits = new Edits(seed);
        PromptFiles files = PromptFiles.of(Map.of());
        for (int i = 0; i < VERSIONS; i++) {
            files = edits.edited(files);
            save(files);
        }
        Path scratch = root.resolve("scratch");
        house.git(id).run("clone", "-q", "--no-checkout", house.repository(id).toString(), scratch.toString());
        int versions = house.prompts.prompt(ALICE, id).counts().latest();

        for (int i = 0; i < PAIRS; i++) {
            Diff diff = diff(1 + edits.below(versions), 1 + edits.below(versions));
            assertEquals(diff.to().snapshot().tree(), applied(new Git(scratch), diff), "seed " + seed + ", " + i);
        }
    }

    /** The tree that git has after applying it to the older version. */
    private String applied(Git git, Diff diff) throws IOException {
        Path patch = Files.writeString(root.resolve("patch"), Patch.of(diff));
        git.run("read-tree", diff.from().snapshot().tree());
        if (!diff.files().isEmpty()) {
            git.run("apply", "--cached", "--whitespace=nowarn", patch.toString());
        }
        return git.run("write-tree");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void itsHeadersAreGitsAndItIsHardlyEverLonger(long seed) {
        Edits edits = new Edits(seed);
        PromptFiles files = PromptFiles.of(Map.of());
        for (int i = 0; i < VERSIONS; i++) {
            files = edits.edited(files);
            save(files);
        }
        int versions = house.prompts.prompt(ALICE, id).counts().latest();
        long ours = 0;
        long gits = 0;

        for (int number = 2; number <= versions; number++) {
            Diff diff = diff(number - 1, number);
            String their = gits(diff.from(), diff.to());
            assertEquals(headers(their), headers(Patch.of(diff)), "seed " + seed + ", version " + number);
            ours += changed(Patch.of(diff));
            gits += changed(their);
        }

        assertTrue(ours <= gits * LONGER_MAX, ours + " lines changed, by git " + gits);
    }

    private static List<String> headers(String patch) {
        return patch.lines()
                .filter(line -> line.matches("(diff|new|old|deleted|index|---|\\+\\+\\+|Binary) .*"))
                .toList();
    }

    private static long changed(String patch) {
        return patch.lines().filter(line -> line.matches("[+-].*")).count();
    }

    @Test
    void ofSmallChangesItIsGitsToTheByte() {
        String text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\n";
        house.save(id, text);
        house.save(id, text.replace("b\n", "B\nBB\n").replace("o\n", "").replace("p\n", "p"));
        house.save(id, "");

        for (int number = 2; number <= 4; number++) {
            Diff diff = diff(number - 1, number);
            // Git takes a line that begins with a letter for a heading of what follows it.
            String gits = gits(diff.from(), diff.to()).replaceAll("(?m)^(@@ .* @@).*$", "$1") + "\n";
            assertEquals(gits, Patch.of(diff));
        }
    }

    @Test
    void aPathThatOthersPushedIsQuotedAsGitDoes() throws IOException {
        Path clone = root.resolve("clone");
        house.git(id).run("clone", "-q", house.repository(id).toString(), clone.toString());
        Git git = new Git(clone);
        String blob = git.run("rev-parse", "HEAD:prompt.md");
        git.run("update-index", "--add", "--cacheinfo", "100644," + blob + ",\"\\\t\u0007\n \u00e9.txt");
        git.run("-c", "user.name=Carol", "-c", "user.email=carol@example.org", "commit", "-q", "-m", "odd");
        house.close();
        git.run("push", "-q", "origin", "HEAD:main");
        house = new House(root.resolve("data"), house.now.get().plusSeconds(60));

        Diff diff = diff(1, 2);

        assertEquals(gits(diff.from(), diff.to()) + "\n", Patch.of(diff));
        assertEquals(diff.to().snapshot().tree(), applied(git, diff));
    }

    @Test
    void aTextTooLongToBeComparedFinelyIsStillComparedRightly() throws IOException {
        String lines = "\u00e9\n".repeat(LineDiff.LINES_COMPARED_MAX) + "end\n";
        house.save(id, "start\nold\n" + lines);
        house.save(id, "start\nnew\n" + lines.replace("\u00e9\n\u00e9\n", "\u00e9\nx\n"));
        Path scratch = root.resolve("scratch");
        house.git(id).run("clone", "-q", "--no-checkout", house.repository(id).toString(), scratch.toString());

        Diff diff = diff(2, 3);

        assertEquals(diff.to().snapshot().tree(), applied(new Git(scratch), diff));
        assertEquals(1, diff.files().getFirst().hunks().size());
    }

    @Test
    void itIsUtf8ToTheByte() {
        house.save(id, "caf\u00e9\r\n\ufeff\u65e5\u672c\ud83d\ude00\n");
        Diff diff = diff(1, 2);

        String gits = new String(
                house.git(id)
                        .bytes(
                                "diff",
                                "--full-index",
                                diff.from().commit().hex(),
                                diff.to().commit().hex()),
                StandardCharsets.UTF_8);
        assertEquals(gits, Patch.of(diff));
    }
}
