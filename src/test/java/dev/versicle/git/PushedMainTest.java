package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a push to main does, and what is refused of it. */
@BesideOthers
class PushedMainTest {
    private static final String MAIN = "main:refs/heads/main";

    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private Pusher carol;

    @BeforeEach
    void open() {
        // Git dates commits by the clock of this machine.
        house = new House(root.resolve("data"), Instant.now());
        id = house.create("pushed", "one");
        house.save(id, "two");
        carol = pusher(id, "carol");
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private Pusher pusher(PromptId prompt, String name) {
        return Pusher.clone(house, prompt, root.resolve(name));
    }

    private List<String> versions() {
        return house.prompts.versions(ALICE, id, new Page.Window(1, 100)).items().stream()
                .map(version -> version.number() + " " + version.text())
                .toList();
    }

    private Version version(int number) {
        return house.prompts.version(ALICE, id, new VersionRef.Numbered(number));
    }

    private void refused(Pusher.Outcome outcome, String... words) {
        String said = outcome.of("refs/heads/main");
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
        assertEquals(List.of("2 two", "1 one"), versions());
        assertEquals(List.of(), outcome.told());
    }

    @Test
    void everyCommitOfAPushIsTheNextVersionAndItsAddressIsTold() {
        carol.commit("three", "Better");
        carol.commit("four", "Better still\n\nBecause.");

        Pusher.Outcome outcome = carol.push(MAIN);

        assertEquals("ok", outcome.of("refs/heads/main"));
        assertEquals(
                List.of("Version 3: https://prompts.example/3", "Version 4: https://prompts.example/4"),
                outcome.told());
        assertEquals(List.of("4 four", "3 three", "2 two", "1 one"), versions());
        assertEquals("four", house.prompts.prompt(ALICE, id).text());
        assertEquals(Optional.of("Because."), version(4).metadata().description());
        assertEquals(5, house.save(id, "five").version().number());
        assertEquals(List.of(), house.git(id).lines("fsck", "--strict"));
    }

    @Test
    void aCommitThatChangesNoFileIsToldToMakeNoVersion() {
        carol.commit("two", "Nothing new");
        carol.commit("three", "Something new");
        String third = carol.commit("three", "Nothing again");

        Pusher.Outcome outcome = carol.push(MAIN);

        assertEquals(3, outcome.told().size());
        assertTrue(outcome.told().get(0).endsWith(": the files are those of version 2"));
        assertEquals("Version 3: https://prompts.example/3", outcome.told().get(1));
        assertEquals(
                "No new version of " + third.substring(0, 8) + ": the files are those of version 3",
                outcome.told().get(2));
        assertEquals(List.of("3 three", "2 two", "1 one"), versions());
    }

    @Test
    void aFirstPushToAnEmptyPromptMakesItsRootVersionOne() {
        NewPrompt empty = new NewPrompt(new PromptName("empty"), Optional.empty(), Optional.empty());
        id = house.prompts.create(ALICE, empty).id();
        Pusher pusher = pusher(id, "first");
        pusher.git.run("checkout", "-q", "-B", "main");
        pusher.commit("one", "one");
        pusher.commit("two", "two");

        Pusher.Outcome outcome = pusher.push(MAIN);

        assertEquals("ok", outcome.of("refs/heads/main"));
        assertEquals(List.of("2 two", "1 one"), versions());
    }

    @Test
    void aMergeOfMainsOwnIsOneVersion() {
        carol.git.run("checkout", "-q", "-b", "side");
        carol.commit("s1", "s1");
        carol.commit("s2", "s2");
        carol.git.run("checkout", "-q", "main");
        carol.git.run("merge", "-q", "--no-ff", "-m", "Merge the side", "side");

        assertEquals("ok", carol.push(MAIN).of("refs/heads/main"));

        assertEquals(List.of("3 s2", "2 two", "1 one"), versions());
        assertEquals(4, house.save(id, "four").version().number());
    }

    @Test
    void aMergeOfMainIntoABranchIsRefusedAndTheOtherWayRoundIsNot() {
        carol.commit("mine", "mine");
        house.save(id, "three");
        carol.git.run("fetch", "-q");
        carol.git.run("merge", "-q", "-s", "ours", "-m", "Merge main", "origin/main");

        String said = carol.push(MAIN).of("refs/heads/main");

        assertTrue(said.contains("first-parent line") && said.contains("git merge --no-ff mine"), said);
        carol.git.run("branch", "mine");
        carol.git.run("reset", "-q", "--hard", "origin/main");
        carol.git.run("merge", "-q", "--no-ff", "-m", "Merge mine", "mine");
        assertEquals("ok", carol.push(MAIN).of("refs/heads/main"));
        assertEquals(List.of("4 mine", "3 three", "2 two", "1 one"), versions());
    }

    @Test
    void mainNeverGoesBackNorAsideNorAway() {
        carol.git.run("branch", "side", "main~1");
        carol.git.run("checkout", "-q", "side");
        carol.commit("aside", "aside");
        carol.git.run("checkout", "-q", "--orphan", "other");
        carol.commit("root", "root");

        refused(carol.push("side:refs/heads/main"), "only moves forward", "fetch first");
        refused(carol.push("main~1:refs/heads/main"), "only moves forward");
        refused(carol.push("other:refs/heads/main"), "only moves forward");
        refused(carol.push(":refs/heads/main"), "never deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Version: 3", "Version: none", "Release: 1.0.0", "Source: import", "Created-By: root"})
    void aHeaderThatTheServerAloneWritesIsRefusedWhereverItIsNew(String header) {
        carol.git.run("checkout", "-q", "-b", "side");
        String bad = carol.commit("three", "three\n\nTitle: three\n" + header);
        carol.git.run("checkout", "-q", "main");
        carol.git.run("merge", "-q", "--no-ff", "-m", "Merge the side", "side");

        refused(
                carol.push(MAIN),
                bad.substring(0, 8),
                header.substring(0, header.indexOf(':')),
                "git cherry-pick",
                "--amend");
        refused(carol.push("side:refs/heads/main"), bad.substring(0, 8));
    }

    @Test
    void whatACherryPickCopiedIsRefusedUntilItIsAmended() {
        carol.git.run("checkout", "-q", "--orphan", "elsewhere");
        carol.commit("x", "x");
        carol.git.run("checkout", "-q", "main");
        carol.git.run("revert", "-n", "HEAD");
        carol.git.run("commit", "-q", "-C", "main");
        refused(carol.push(MAIN), "Version");

        carol.git.run("commit", "-q", "--amend", "-m", "one again");

        assertEquals("ok", carol.push(MAIN).of("refs/heads/main"));
        assertEquals(List.of("3 one", "2 two", "1 one"), versions());
    }

    @Test
    void headersForPeopleAreWelcome() {
        carol.commit("three", "three\n\nTitle: A title\nLabel: A label\nDisplay-Version: v3");

        assertEquals("ok", carol.push(MAIN).of("refs/heads/main"));

        assertEquals(Optional.of("A title"), version(3).metadata().title());
        assertEquals(Optional.of("A label"), version(3).metadata().label());
        assertEquals(List.of("v3"), house.git(id).lines("tag"));
    }

    @Test
    void aCommitOfTheFutureIsRefusedAndOneOfAnotherClockIsNot() {
        house.now.set(Instant.now().minusSeconds(10 * 60));
        carol.commit("three", "three");
        refused(carol.push(MAIN), "dated", "5 minutes", "--reset-author");

        house.tick(6 * 60);

        assertEquals("ok", carol.push(MAIN).of("refs/heads/main"));
    }

    @Test
    void aLinkASubmoduleAndABodyThatIsNoTextAreRefusedByTheirCommitsNames() throws IOException {
        Files.createSymbolicLink(carol.place.resolve("link"), Path.of("prompt.md"));
        carol.git.run("add", "link");
        String link = carol.commit("three", "link");
        refused(carol.push(MAIN), link.substring(0, 8), "its tree must have files of mode 100644 and 100755 only");

        carol.git.run("reset", "-q", "--hard", "origin/main");
        carol.git.run("update-index", "--add", "--cacheinfo", "160000," + carol.head() + ",module");
        refused(pushed("submodule"), "mode 100644 and 100755 only");

        carol.git.run("reset", "-q", "--hard", "origin/main");
        Files.write(carol.place.resolve("prompt.md"), new byte[] {(byte) 0xff, 0});
        carol.git.run("add", "prompt.md");
        refused(pushed("no text"), "prompt's body in UTF-8");
    }

    private Pusher.Outcome pushed(String message) {
        carol.git.run("commit", "-q", "-m", message);
        return carol.push(MAIN);
    }

    @Test
    void aTreeThatOnlyASecondParentHasMustBeSafeToo() throws IOException {
        carol.git.run("checkout", "-q", "-b", "side");
        Files.createSymbolicLink(carol.place.resolve("link"), Path.of("prompt.md"));
        carol.git.run("add", "link");
        String bad = carol.commit("three", "link");
        carol.git.run("rm", "-q", "link");
        carol.commit("three", "no link");
        carol.git.run("checkout", "-q", "main");
        carol.git.run("merge", "-q", "--no-ff", "-m", "Merge the side", "side");

        refused(carol.push(MAIN), bad.substring(0, 8));
    }

    @Test
    void aMessageBeyondWhatWeHoldIsCutAndOneBeyondMeasureIsRefused() throws IOException {
        carol.commit("three", "x".repeat(1_000) + "\n\n" + "y".repeat(20_000));
        assertEquals("ok", carol.push(MAIN).of("refs/heads/main"));
        assertEquals(Optional.of("x".repeat(200)), version(3).metadata().title());
        assertEquals(10_000, version(3).metadata().description().orElseThrow().length());

        carol.write("prompt.md", "four");
        Files.writeString(root.resolve("message"), "z\n".repeat(200_000));
        carol.git.run("commit", "-q", "-F", root.resolve("message").toString());
        String said = carol.push(MAIN).of("refs/heads/main");
        assertTrue(said.contains("larger than 262144 bytes"), said);
    }

    @Test
    void aNulInAMessageIsRefused() {
        String bad = carol.commitAt(house.now.get(), "three", "three\0four");

        refused(carol.push(MAIN), bad.substring(0, 8), "NUL");
    }

    @Test
    void moreCommitsThanOnePushMayBringAreRefusedOnEveryBranch() throws IOException {
        StringBuilder stream = new StringBuilder();
        String who = "Carol <carol@example.org> " + house.now.get().getEpochSecond() + " +0000\n";
        for (int i = 0; i <= CommitRules.COMMITS_MAX; i++) {
            stream.append("commit refs/heads/many\ncommitter ").append(who).append("data 1\nx\n");
            stream.append(i == 0 ? "from refs/heads/main\n" : "").append('\n');
        }
        Path file = Files.writeString(root.resolve("stream"), stream);
        carol.git.run("-c", "alias.bring=!git fast-import --quiet < " + file, "bring");

        Pusher.Outcome outcome = carol.push("many:refs/heads/main", "many:refs/heads/side");

        refused(outcome, "more than 10000 new commits");
        assertTrue(outcome.of("refs/heads/side").contains("more than 10000 new commits"), outcome::toString);
        assertEquals("ok", carol.push("many~1:refs/heads/main").of("refs/heads/main"));
    }

    @Test
    void whoMayOnlyReadIsToldWhomToAsk() {
        carol.commit("three", "three");

        Pusher.Outcome outcome = carol.push(BOB, false, MAIN);

        refused(outcome, "the right UPDATE", "its owner, alice");
    }
}
