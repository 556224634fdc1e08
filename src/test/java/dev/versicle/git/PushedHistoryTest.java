package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.Branch;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PushedCommits;
import dev.versicle.prompt.PushedCommits.Commit;
import dev.versicle.prompt.PushedCommits.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be told of a push afterwards, in repositories that real git filled. */
class PushedHistoryTest {
    private static final String MAIN = "refs/heads/main";
    private static final String TOPIC = "refs/heads/topic";

    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private Git git;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        id = house.create("greeting", "one\n");
        git = house.git(id);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private PushedCommits pushed(String ref, String before, String after) {
        return house.store.open(id).pushed(new Event.Pushed(ref, found(before), found(after)));
    }

    private static Optional<String> found(String commit) {
        return Optional.of(commit).filter(text -> !text.isEmpty());
    }

    private String main() {
        return git.run("rev-parse", "main");
    }

    private static List<String> ids(PushedCommits pushed) {
        return pushed.commits().stream().map(Commit::id).map(CommitId::hex).toList();
    }

    /** A commit with so many files in a directory. */
    private String commit(String directory, int files, String message, String... parents) throws IOException {
        Path blob = Files.writeString(root.resolve("blob"), message);
        String content = git.run("hash-object", "-w", blob.toString());
        StringBuilder tree = new StringBuilder();
        IntStream.range(0, files)
                .forEach(i -> tree.append("100644 blob %s\t%s/f%04d\n".formatted(content, directory, i)));
        return committed(tree.toString(), message, parents);
    }

    private String committed(String entries, String message, String... parents) throws IOException {
        Path index = root.resolve("index-" + entries.hashCode() + message.hashCode());
        Path list = Files.writeString(root.resolve("entries"), entries);
        String env = "GIT_INDEX_FILE=" + index;
        ProcessBuilder update = new ProcessBuilder(
                "env", env, "git", "-C", git("").toString(), "update-index", "--add", "--index-info");
        update.redirectInput(list.toFile()).redirectErrorStream(true);
        assertEquals(0, ended(update));
        ProcessBuilder write = new ProcessBuilder("env", env, "git", "-C", git("").toString(), "write-tree");
        Path tree = root.resolve("tree");
        write.redirectOutput(tree.toFile());
        assertEquals(0, ended(write));
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.org",
                "commit-tree",
                Files.readString(tree).strip(),
                "-m",
                message));
        for (String parent : parents) {
            arguments.addAll(List.of("-p", parent));
        }
        return git.run(arguments.toArray(String[]::new));
    }

    private Path git(String below) {
        return house.repository(id).resolve(below);
    }

    private static int ended(ProcessBuilder builder) throws IOException {
        try {
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void versionsAreToldOldestFirstWithTheirFiles() {
        String before = main();
        house.save(id, "two\n");
        String second = main();
        house.save(id, "three\n");

        PushedCommits pushed = pushed(MAIN, before, main());

        assertEquals(List.of(second, main()), ids(pushed));
        Commit newest = pushed.commits().getLast();
        assertEquals(Optional.of(newest), pushed.head());
        assertEquals(new Paths(List.of(), List.of("prompt.md"), List.of()), newest.paths());
        assertEquals(git.run("rev-parse", "main^{tree}"), newest.tree());
        assertEquals(
                git.run("log", "-1", "--format=%B", "main").strip(),
                newest.message().strip());
        assertEquals(new PushedCommits.Person("Alice Adams", "alice@example.org"), newest.author());
        assertEquals(
                Long.parseLong(git.run("log", "-1", "--format=%ct", "main")),
                newest.at().getEpochSecond());
        assertFalse(pushed.forced());
    }

    @Test
    void aFirstPushOfMainTellsOfItsHistory() {
        house.save(id, "two\n");

        PushedCommits pushed = pushed(MAIN, "", main());

        assertEquals(2, pushed.commits().size());
        assertEquals(List.of("prompt.md"), pushed.commits().getFirst().paths().added());
        assertFalse(pushed.forced());
    }

    @Test
    void ofAMergeEachSideIsTold() throws IOException {
        String before = main();
        String side = commit("a", 1, "side", before);
        String merge = commit("a", 1, "merge", before, side);

        PushedCommits pushed = pushed(MAIN, before, merge);

        assertEquals(List.of(side, merge), ids(pushed));
        assertEquals(List.of("prompt.md"), pushed.commits().getLast().paths().removed());
    }

    @Test
    void movingAnEnvironmentBackIsForcedAndTellsOfNoCommit() {
        String first = main();
        house.save(id, "two\n");

        PushedCommits back = pushed("refs/heads/env/production", main(), first);
        PushedCommits forward = pushed("refs/heads/env/production", first, main());

        assertTrue(back.forced());
        assertEquals(List.of(), back.commits());
        assertEquals(first, back.head().orElseThrow().id().hex());
        assertFalse(forward.forced());
        assertEquals(List.of(main()), ids(forward));
    }

    @Test
    void aNewEnvironmentTellsOfItsCommitAlone() {
        PushedCommits pushed = pushed("refs/heads/env/production", "", main());

        assertEquals(List.of(), pushed.commits());
        assertEquals(main(), pushed.head().orElseThrow().id().hex());
        assertFalse(pushed.forced());
    }

    @Test
    void aNewBranchTellsOfWhatMainHasNot() throws IOException {
        String topic = commit("a", 2, "topic", main());

        PushedCommits pushed = pushed(TOPIC, "", topic);

        assertEquals(List.of(topic), ids(pushed));
        assertFalse(pushed.forced());
    }

    @Test
    void aForcedBranchNamesNoFileSinceSomeCameBackToo() throws IOException {
        String one = commit("a", 1, "one", main());
        String other = commit("b", 1, "other", main());

        PushedCommits pushed = pushed(TOPIC, one, other);

        assertTrue(pushed.forced());
        assertEquals(List.of(other), ids(pushed));
        assertEquals(Paths.NONE, pushed.commits().getFirst().paths());
    }

    @Test
    void aTagTellsOfTheCommitThatItLeadsTo() {
        git.run("-c", "user.name=Ada", "-c", "user.email=a@b", "tag", "-a", "-m", "first", "1.0.0", main());

        PushedCommits pushed = pushed("refs/tags/1.0.0", "", git.run("rev-parse", "1.0.0"));

        assertEquals(List.of(), pushed.commits());
        assertEquals(main(), pushed.head().orElseThrow().id().hex());
    }

    @Test
    void ofWhatIsGoneNothingIsToldAndNothingFails() {
        assertEquals(PushedCommits.NONE, pushed(TOPIC, main(), ""));
        assertEquals(PushedCommits.NONE, pushed(TOPIC, main(), "1".repeat(40)));
        assertEquals(PushedCommits.NONE, pushed(TOPIC, "1".repeat(40), main()));
        assertEquals(PushedCommits.NONE, pushed(TOPIC, "", git.run("rev-parse", "main^{tree}")));
    }

    @Test
    void ofManyCommitsTheNewestAreToldWithoutFiles() {
        String before = main();
        IntStream.range(0, 20).forEach(i -> house.save(id, "text " + i + "\n"));
        String twenty = main();
        house.save(id, "one more\n");

        PushedCommits whole = pushed(MAIN, before, twenty);
        PushedCommits cut = pushed(MAIN, before, main());

        assertEquals(20, whole.commits().size());
        assertEquals(List.of("prompt.md"), whole.commits().getFirst().paths().modified());
        assertEquals(git.lines("rev-list", "--reverse", "-20", "main"), ids(cut));
        assertTrue(cut.commits().stream().allMatch(commit -> commit.paths().equals(Paths.NONE)));
        assertEquals(Paths.NONE, cut.head().orElseThrow().paths());
    }

    @Test
    void filesAreToldUpToALimitOrNotAtAll() throws IOException {
        String directory = "d".repeat(30);
        int bytes = directory.length() + "/f0000".length();
        int most = PushedCommits.PATHS_BYTES_MAX / bytes;

        PushedCommits whole = pushed(TOPIC, "", commit(directory, most, "whole"));
        PushedCommits cut = pushed(TOPIC, "", commit(directory, most + 1, "cut"));

        assertEquals(most, whole.commits().getFirst().paths().added().size());
        assertEquals(Paths.NONE, cut.commits().getFirst().paths());
    }

    @Test
    void aMessageIsToldUpToALimit() throws IOException {
        String commit = commit("a", 1, "\ud83c\udf88".repeat(2_000), main());

        String message = pushed(TOPIC, "", commit).commits().getFirst().message();

        assertEquals("\ud83c\udf88".repeat(PushedCommits.MESSAGE_CHARACTERS_MAX), message);
    }

    @Test
    void aRangeThatIsTooLongToWalkIsToldByItsNewestLine() throws IOException {
        String before = main();
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i <= Branch.COMMITS_MAX; i++) {
            stream.append("commit refs/heads/long\ncommitter A <a@b> ")
                    .append(1_800_000_000L + i)
                    .append(" +0000\ndata 1\nx\n");
            stream.append(i == 0 ? "from " + before + "\n" : "");
            stream.append("M 100644 inline f\ndata <<E\n").append(i).append("\nE\n\n");
        }
        Path file = Files.writeString(root.resolve("stream"), stream);
        ProcessBuilder load = new ProcessBuilder("git", "-C", git("").toString(), "fast-import", "--quiet");
        load.redirectInput(file.toFile());
        assertEquals(0, ended(load));

        PushedCommits forward = pushed(TOPIC, before, git.run("rev-parse", "long"));
        PushedCommits back = pushed(TOPIC, git.run("rev-parse", "long"), before);

        assertEquals(git.lines("rev-list", "--reverse", "-20", "long"), ids(forward));
        assertTrue(forward.forced(), "nobody looked so far");
        assertEquals(Paths.NONE, forward.commits().getFirst().paths());
        assertTrue(back.forced());
        assertFalse(pushed(MAIN, before, git.run("rev-parse", "long")).forced(), "main only moves forward");
    }
}
