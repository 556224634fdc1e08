package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.Git;
import dev.versicle.RealPrompts;
import dev.versicle.prompt.Blame;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who brought a line is who {@code git blame --first-parent} says, but where there is more than one right answer. */
@BesideOthers
class BlameAgainstGitTest {
    private static final int STEPS_MIN = 3;
    private static final int EDITS = 60;
    private static final int LINES_MAX = 40;

    private static final Pattern LINE = Pattern.compile("[0-9a-f]{40} \\d+ \\d+.*");

    @TempDir
    private Path root;

    private House house;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private List<String> ours(PromptId id) {
        return house.prompts.blame(ALICE, id, new VersionRef.Latest()).lines().stream()
                .map(Blame.Line::origin)
                .map(origin -> origin.commit().hex())
                .toList();
    }

    private List<String> gits(PromptId id) {
        return house.git(id).lines("blame", "--first-parent", "--porcelain", "main", "--", "prompt.md").stream()
                .filter(line -> LINE.matcher(line).matches())
                .map(line -> line.substring(0, 40))
                .toList();
    }

    @Test
    void ofRealHistoriesGitSaysTheSameOfEveryLineThatIsNotEmpty() {
        List<RealPrompts.History> histories = RealPrompts.all().stream()
                .filter(history -> history.steps().size() >= STEPS_MIN)
                .toList();
        for (RealPrompts.History history : histories) {
            PromptId id = house.create(
                    "p" + house.prompts.count(), history.steps().getFirst().text());
            history.steps().stream().skip(1).forEach(step -> house.save(id, step.text()));

            String[] lines = history.steps().getLast().text().split("\n", -1);

            assertEquals(told(lines, gits(id)), told(lines, ours(id)), history.name());
        }
    }

    /** An empty line may be any of several: git compares in another way by default, and may follow another. */
    private static List<String> told(String[] lines, List<String> commits) {
        return IntStream.range(0, commits.size())
                .filter(line -> !lines[line].isBlank())
                .mapToObj(line -> commits.get(line) + " " + lines[line])
                .toList();
    }

    /** No line is written twice, so there is one right answer. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whereEveryLineIsAnotherGitSaysTheSameOfEach(long seed) {
        Edits edits = new Edits(seed);
        List<String> lines = new ArrayList<>(List.of("first"));
        PromptId id = house.create("p", "first\n");
        for (int i = 0; i < EDITS; i++) {
            int place = edits.below(lines.size());
            if (lines.size() > LINES_MAX || edits.below(4) == 0) {
                lines.subList(place, Math.min(lines.size(), place + 3)).clear();
            }
            lines.add(Math.min(place, lines.size()), "line " + i);
            house.save(id, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        }

        assertEquals(gits(id), ours(id), "seed " + seed);
    }

    @Test
    void aMergeBroughtWhatItsFirstParentHadNot() {
        PromptId id = house.create("p", "one\ntwo\n");
        String first = house.git(id).run("rev-parse", "main");
        house.save(id, "one\ntwo\nthree\n");
        house.close();
        Path clone = root.resolve("clone");
        house.git(id).run("clone", "-q", house.repository(id).toString(), clone.toString());
        Git git = new Git(clone);
        git.run("config", "user.name", "Carol");
        git.run("config", "user.email", "carol@example.org");
        git.run("checkout", "-q", "-b", "side", first);
        write(clone, "zero\none\ntwo\n");
        git.run("commit", "-q", "-a", "-m", "side");
        git.run("checkout", "-q", "main");
        git.run("merge", "-q", "--no-ff", "-m", "merged", "side");
        git.run("push", "-q", "origin", "main");
        house = new House(root.resolve("data"), house.now.get().plusSeconds(60));

        assertEquals(gits(id), ours(id));
        assertEquals(house.git(id).run("rev-parse", "main"), ours(id).getFirst());
    }

    private static void write(Path clone, String text) {
        try {
            Files.writeString(clone.resolve("prompt.md"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void afterSoManyVersionsALineMayBeOlder() throws IOException, InterruptedException {
        PromptId id = house.create("p", "first\nversion 1\n");
        house.close();
        Path stream = root.resolve("stream");
        Files.writeString(stream, versions(Blame.VERSIONS_MAX));
        Process git = new ProcessBuilder("git", "-c", "safe.directory=*", "fast-import", "--quiet")
                .directory(house.repository(id).toFile())
                .redirectInput(stream.toFile())
                .start();
        assertEquals(0, git.waitFor());
        house = new House(root.resolve("data"), house.now.get().plusSeconds(60));

        List<Blame.Line> lines =
                house.prompts.blame(ALICE, id, new VersionRef.Latest()).lines();

        assertEquals(2, lines.getFirst().origin().number());
        assertTrue(lines.getFirst().orOlder());
        assertEquals(Blame.VERSIONS_MAX + 1, lines.getLast().origin().number());
        assertFalse(lines.getLast().orOlder());
    }

    /** So many commits on top of main, each with another last line. */
    private String versions(int count) {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String text = "first\nversion " + (i + 2) + "\n";
            stream.append("commit refs/heads/main\n")
                    .append("committer Carol <carol@example.org> ")
                    .append(house.now.get().getEpochSecond())
                    .append(" +0000\ndata 1\nx\n")
                    .append(i == 0 ? "from refs/heads/main^0\n" : "")
                    .append("M 100644 inline prompt.md\ndata ")
                    .append(text.length())
                    .append('\n')
                    .append(text)
                    .append('\n');
        }
        return stream.toString();
    }
}
