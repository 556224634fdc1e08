package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People's own branches: where they begin, what they may be called, how far they are from main. */
@BesideOthers
class BranchesTest {
    @TempDir
    private Path root;

    private House house;
    private Forked prompt;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        prompt = new Forked(house, "forked");
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private Branch create(String name, String from) {
        return prompt.branches.create(ALICE, prompt.id, new BranchName(name), new VersionRef.Written(from));
    }

    private void drop(String name) {
        prompt.branches.delete(ALICE, prompt.id, new BranchName(name), Expected.NOTHING);
    }

    private Branch.Part list(Optional<BranchName> after, int limit) {
        return prompt.branches.list(ALICE, prompt.id, prompt.branches.tips(ALICE, prompt.id, after, limit));
    }

    private List<Branch> list() {
        return list(Optional.empty(), 100).items();
    }

    private List<String> names() {
        return list().stream().map(branch -> branch.name().text()).toList();
    }

    private static Problem refusal(Executable work) {
        return assertThrows(PromptException.class, work).problem();
    }

    private String tip(String branch) {
        return house.git(prompt.id).run("rev-parse", "refs/heads/" + branch);
    }

    @Test
    void aBranchBeginsAtAVersionOrAtAnotherBranch() {
        String two = prompt.save("two");
        String three = prompt.save("three");
        String theirs = prompt.push("theirs", "more", two);

        create("a", "latest");
        create("b", "2");
        create("c", two.substring(0, 10));
        create("d", "theirs");
        create("e", "main");

        assertEquals(
                List.of(three, two, two, theirs, three), List.of(tip("a"), tip("b"), tip("c"), tip("d"), tip("e")));
        assertInstanceOf(Problem.VersionNotFound.class, refusal(() -> create("f", "nowhere")));
        assertInstanceOf(Problem.VersionNotFound.class, refusal(() -> create("f", "draft")));
    }

    @Test
    void mainComesFirstAndTheOthersByName() throws IOException {
        String two = prompt.save("two");
        create("z", "latest");
        create("a/b", "latest");
        create("a-b", "latest");
        house.prompts.saveDraft(ALICE, prompt.id, new PromptText("not yet"));
        house.git(prompt.id).run("update-ref", "refs/heads/env/production", two);
        Path broken = house.repository(prompt.id).resolve("refs/heads/no-commit");
        Files.writeString(broken, house.git(prompt.id).run("rev-parse", two + "^{tree}") + "\n");

        assertEquals(List.of("main", "a-b", "a/b", "z"), names());
        Files.delete(broken);
    }

    @Test
    void aListIsReadPartByPart() {
        IntStream.range(0, 7).forEach(i -> create("branch-" + i, "latest"));

        List<String> read = new ArrayList<>();
        Optional<BranchName> after = Optional.empty();
        Branch.Part part;
        do {
            part = list(after, 3);
            part.items().forEach(branch -> read.add(branch.name().text()));
            after = Optional.of(part.items().getLast().name());
        } while (part.more());

        assertEquals(names(), read);
        assertEquals(8, read.size());
    }

    @Test
    void aBranchTellsOfItsNewestCommit() {
        String two = prompt.save("two");
        house.tick(60);
        String theirs = prompt.push("topic", Forked.files(Map.of("prompt.md", "x")), "Why\n\nBecause.\n", two);

        assertEquals(
                new Branch(
                        new BranchName("topic"),
                        new CommitId(theirs),
                        Optional.of("Why"),
                        Instant.ofEpochSecond(house.now.get().getEpochSecond()),
                        Optional.of(new Branch.Distance(1, 0))),
                list().getLast());
    }

    /** Random histories, of which {@code git rev-list} says the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void howFarABranchIsFromMainIsWhatGitCounts(long seed) {
        Random random = new Random(seed);
        List<String> commits = new ArrayList<>(List.of(tip("main")));
        for (int i = 0; i < 40; i++) {
            house.tick(1);
            String[] parents = IntStream.range(0, 1 + random.nextInt(2))
                    .mapToObj(ignored -> commits.get(Math.max(0, commits.size() - 1 - random.nextInt(8))))
                    .distinct()
                    .toArray(String[]::new);
            commits.add(prompt.push("b" + i, "commit " + i, parents));
        }
        house.git(prompt.id).run("update-ref", "refs/heads/main", "b" + (20 + random.nextInt(20)));

        List<String> counted = list().stream()
                .map(branch -> branch.name() + " " + branch.distance().orElseThrow())
                .toList();

        assertEquals(names().stream().map(name -> name + " " + gits(name)).toList(), counted);
    }

    private Branch.Distance gits(String name) {
        String[] counts = house.git(prompt.id)
                .run("rev-list", "--left-right", "--count", "main..." + name)
                .split("\t", -1);
        return new Branch.Distance(Integer.parseInt(counts[1]), Integer.parseInt(counts[0]));
    }

    @Test
    void whatIsFartherThanCanBeCountedIsNotCounted() throws IOException {
        String fork = tip("main");
        prompt.push("topic", "two", prompt.push("topic", "one", fork));
        try (Repository git = house.repositories.open(prompt.id.hex()).orElseThrow()) {
            ObjectId main = ObjectId.fromString(fork);
            ObjectId topic = ObjectId.fromString(tip("topic"));
            assertEquals(Optional.of(new Branch.Distance(2, 0)), Divergence.of(git, main, topic, 3));
            assertEquals(Optional.empty(), Divergence.of(git, main, topic, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main", "draft", "env", "main/x", "draft/x", "env/production", "a..b", "a b", "a~1", "a^", "a:b", "a?",
                        "a*",
                "a[b", "a\\b", "/a", "a/", "a//b", ".a", "a/.b", "a.", "a.lock", "a.lock/b", "a@{b", "@/", "-a"
            })
    void aNameThatGitOrThisServerHasNoRoomForIsRefused(String name) {
        Problem.Invalid invalid = assertInstanceOf(Problem.Invalid.class, refusal(() -> create(name, "latest")));
        assertEquals("name", invalid.field());
        assertEquals(List.of("main"), names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "mains",
                "envy/x",
                "drafts",
                "\u65e5\u672c\u8a9e",
                "caf\u00e9/cr\u00e8me",
                "a@b",
                "1",
                "1.0.0",
                "latest"
            })
    void anyOtherNameIsTaken(String name) {
        create(name, "latest");
        assertEquals(List.of("main", name), names());
        drop(name);
        assertEquals(List.of("main"), names());
    }

    @Test
    void aBranchIsInTheWayOfOneThatHasItsNameForADirectory() {
        create("a/b", "latest");

        assertEquals(taken("a/b", "a/b"), refusal(() -> create("a/b", "latest")));
        assertEquals(taken("a", "a/b"), refusal(() -> create("a", "latest")));
        assertEquals(taken("a/b/c", "a/b"), refusal(() -> create("a/b/c", "latest")));
        drop("a/b");
        create("a", "latest");
        assertEquals(List.of("main", "a"), names());
    }

    private static Problem taken(String name, String by) {
        return new Problem.BranchTaken(new BranchName(name), new BranchName(by));
    }

    @Test
    void aBranchIsRemovedOnlyAsItWasSeen() {
        String two = prompt.save("two");
        String theirs = prompt.push("topic", "more", two);

        Expected old = new Expected(List.of(new Expected.Stamp(two, Optional.empty())));
        BranchName topic = new BranchName("topic");
        assertEquals(
                new Problem.Stale(Optional.of(new CommitId(theirs))),
                refusal(() -> prompt.branches.delete(ALICE, prompt.id, topic, old)));
        drop("topic");
        assertEquals(new Problem.BranchNotFound(topic), refusal(() -> drop("topic")));
        assertInstanceOf(Problem.Invalid.class, refusal(() -> drop("main")));
        assertInstanceOf(Problem.Invalid.class, refusal(() -> drop("env/production")));
    }

    @Test
    void branchesAreForThoseWhoMayUpdate() {
        assertEquals(
                new Problem.Denied(prompt.id, Right.READ),
                refusal(() -> prompt.branches.tips(BOB, prompt.id, Optional.empty(), 10)));
        assertEquals(
                new Problem.Denied(prompt.id, Right.UPDATE),
                refusal(() ->
                        prompt.branches.create(BOB, prompt.id, new BranchName("x"), new VersionRef.Written("latest"))));
        assertEquals(List.of("main"), names());
    }
}
