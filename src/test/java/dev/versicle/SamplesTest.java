package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.RealPrompts.History;
import dev.versicle.RealPrompts.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says about {@code repos-sample}. */
class SamplesTest {
    private static final Path SAMPLES = Path.of("repos-sample");
    private static final List<String> NAMES = List.of("barista", "code-review", "review-kit");

    @TempDir
    private Path directory;

    private static Git sample(String name) {
        return new Git(SAMPLES.resolve(name + ".git"));
    }

    @Test
    void theyAreWhatTheServersOwnCodeMakesOfTheHistories() throws IOException {
        MakeSamples.make(directory.resolve("work"), directory.resolve("made"));

        for (String name : NAMES) {
            Git made = new Git(directory.resolve("made").resolve(name + ".git"));
            assertEquals(made.run("for-each-ref"), sample(name).run("for-each-ref"));
        }
    }

    @Test
    void eachIsSoundAndClonesWithItsNotes() {
        for (String name : NAMES) {
            sample(name).requireSound();
            Path clone = directory.resolve(name);
            new Git(directory)
                    .run(
                            "clone",
                            "-q",
                            SAMPLES.resolve(name + ".git").toAbsolutePath().toString(),
                            name);
            assertEquals(sample(name).run("rev-parse", "main"), new Git(clone).run("rev-parse", "HEAD"));
            assertEquals("", new Git(clone).run("status", "--porcelain"));
        }
    }

    @Test
    void codeReviewHasItsWholeHistoryMetadataADisplayVersionAndARelease() {
        Git git = sample("code-review");

        assertEquals(42, git.lines("rev-list", "main").size());
        assertEquals(List.of("1.0.0", "v0.1", "v1.0"), git.lines("tag"));
        assertEquals(git.run("rev-parse", "main"), git.run("rev-parse", "1.0.0^{commit}"));
        assertEquals(2, git.lines("notes", "list").size());
        assertTrue(git.run("log", "-1", "--notes", "--format=%N", "main").contains("Title: First release"));
        History history = RealPrompts.all().stream()
                .filter(candidate -> candidate.name().equals("Code Review Assistant"))
                .findFirst()
                .orElseThrow();
        List<String> commits = git.lines("rev-list", "--reverse", "main");
        for (int i = 0; i < commits.size(); i++) {
            Step step = history.steps().get(i);
            byte[] text = git.bytes("show", commits.get(i) + ":prompt.md");
            assertArrayEquals(step.text().getBytes(StandardCharsets.UTF_8), text);
            assertEquals(
                    Long.toString(step.at().getEpochSecond()), git.run("log", "-1", "--format=%ct", commits.get(i)));
        }
    }

    @Test
    void reviewKitIsAPackageOfSeveralFilesWithTwoReleases() {
        Git git = sample("review-kit");

        assertEquals(
                List.of("config.json", "examples/assistant.md", "prompt.md"),
                git.lines("ls-tree", "-r", "--name-only", "main"));
        assertEquals(List.of("1.0.0", "1.1.0"), git.lines("tag"));
    }

    @Test
    void baristaIsArabicWithEmoji() {
        String text = sample("barista").run("show", "main:prompt.md");
        String settings = sample("barista").run("show", "refs/meta/prompt:prompt.json");

        assertTrue(text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.ARABIC));
        assertTrue(settings.contains("☕"), settings);
        assertEquals("الإصدار-١", sample("barista").run("tag"));
        assertTrue(Arrays.asList(text.split("\n")).size() > 1);
    }
}
