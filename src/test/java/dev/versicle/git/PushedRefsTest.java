package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes to anything but main and tags, several commands at once, and what is kept of a push. */
@BesideOthers
class PushedRefsTest {
    private static final String MAIN = "main:refs/heads/main";
    private static final String DRAFT = "refs/heads/draft";
    private static final String SIDE = "refs/heads/side";
    private static final String PRODUCTION = "refs/heads/env/production";

    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private Pusher carol;

    @BeforeEach
    void twoVersions() {
        house = new House(root.resolve("data"), Instant.now());
        id = house.create("pushed", "one");
        house.save(id, "two");
        carol = Pusher.clone(house, id, root.resolve("carol"));
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private static void refused(String said, String... words) {
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
    }

    private String current() {
        return house.prompts.prompt(ALICE, id).text();
    }

    private String at(String ref) {
        return carol.refs().getOrDefault(ref, "gone");
    }

    private void commitLink() throws IOException {
        Files.createSymbolicLink(carol.place.resolve("link"), Path.of("prompt.md"));
        carol.git.run("add", "link");
        carol.git.run("commit", "-q", "-m", "link");
    }

    @Test
    void aDraftIsTheCurrentBodyUntilItIsDeleted() {
        carol.commit("a draft", "draft");

        Pusher.Outcome outcome = carol.push("main:" + DRAFT);

        assertEquals("ok", outcome.of(DRAFT));
        assertEquals(List.of("The draft is the current body"), outcome.told());
        assertEquals("a draft", current());
        carol.commit("another draft", "draft", "--amend");
        assertEquals("ok", carol.push("main:" + DRAFT).of(DRAFT));
        assertEquals("another draft", current());
        assertEquals("ok", carol.push(":" + DRAFT).of(DRAFT));
        assertEquals("two", current());
    }

    @Test
    void aPushedDraftIsSealedLikeAnyOther() {
        carol.commit("a draft", "draft");
        carol.push("main:" + DRAFT);

        assertEquals(
                3,
                house.save(id, Draft.checkpoint(new Draft.Content.Current()))
                        .version()
                        .number());

        assertEquals("a draft", current());
        assertEquals("gone", at(DRAFT));
    }

    @Test
    void aDraftIsOneCommitOnWhatMainIsOrWas() throws IOException {
        carol.commit("a draft", "draft");
        house.save(id, "three");
        assertEquals("ok", carol.push("main:" + DRAFT).of(DRAFT));

        carol.commit("a longer draft", "draft");
        refused(carol.push("main:" + DRAFT).of(DRAFT), "one commit on top of main");
        carol.git.run("checkout", "-q", "--orphan", "root");
        carol.commit("root", "root");
        refused(carol.push("root:" + DRAFT).of(DRAFT), "one commit on top of main");
        carol.git.run("checkout", "-q", "-f", "-B", "main", "origin/main");
        commitLink();
        refused(carol.push("main:" + DRAFT).of(DRAFT), "100644");
        assertEquals("a draft", current());
    }

    @Test
    void aDraftMayComeWithTheVersionItIsOn() {
        carol.commit("three", "three");
        carol.git.run("checkout", "-q", "-b", "work");
        carol.commit("a draft", "draft");

        Pusher.Outcome outcome = carol.push("work:" + DRAFT, MAIN);

        assertEquals("ok", outcome.of(DRAFT));
        assertEquals("a draft", current());
    }

    @Test
    void aBranchOfOnesOwnIsMadeForcedAndDeleted() {
        carol.git.run("checkout", "-q", "-b", "side");
        carol.commit("x", "x\n\nVersion: 77");
        assertEquals("ok", carol.push("side:" + SIDE).of(SIDE));
        String other = carol.commit("y", "y", "--amend");

        assertEquals("ok", carol.push("side:" + SIDE).of(SIDE));
        assertEquals(other, at(SIDE));
        assertEquals("ok", carol.push(":" + SIDE).of(SIDE));

        assertEquals("gone", at(SIDE));
        List<String> again = List.of(other + " " + "0".repeat(40) + " " + SIDE);
        refused(carol.send(ALICE, false, again).of(SIDE), "no such ref");
        assertEquals("two", current());
    }

    @Test
    void aBranchHoldsNoTreeThatAVersionMustNotHave() throws IOException {
        carol.git.run("checkout", "-q", "-b", "side");
        commitLink();
        carol.git.run("branch", "other");

        Pusher.Outcome outcome = carol.push("side:" + SIDE, "other:refs/heads/other", "main:refs/heads/good");

        refused(outcome.of(SIDE), "100644");
        refused(outcome.of("refs/heads/other"), "100644");
        assertEquals("ok", outcome.of("refs/heads/good"));
    }

    @Test
    void namesThatExcludeEachOtherAreRefusedInWords() {
        assertEquals("ok", carol.push("main:refs/heads/a").of("refs/heads/a"));

        refused(carol.push("main:refs/heads/a/b").of("refs/heads/a/b"), "its name and a exclude each other");
        Pusher.Outcome both = carol.push("main:refs/heads/c", "main:refs/heads/c/d");
        assertEquals("ok", both.of("refs/heads/c"));
        refused(both.of("refs/heads/c/d"), "exclude each other");
        Pusher.Outcome renamed = carol.push("main:refs/heads/a/b", ":refs/heads/a");
        assertEquals("ok", renamed.of("refs/heads/a/b"));
        assertEquals("gone", at("refs/heads/a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refs/heads/env",
                "refs/heads/main/x",
                "refs/heads/draft/x",
                "refs/heads/env/a/b",
                "refs/heads/env/latest",
                "refs/heads/env/Production",
                "refs/notes/commits",
                "refs/notes/other",
                "refs/meta/prompt",
                "refs/meta/pushes",
                "refs/versions/1",
                "refs/remotes/origin/main",
                "refs/stash"
            })
    void whatNobodyMayPushIsRefusedInWords(String ref) {
        Map<String, String> before = carol.refs();

        Pusher.Outcome outcome = carol.push("main:" + ref);

        assertTrue(outcome.of(ref).length() > 40, outcome::toString);
        assertEquals(before, carol.refs());
    }

    @Test
    void anEnvironmentIsMadeMovedAndDropped() {
        Pusher.Outcome outcome = carol.push("main~1:" + PRODUCTION);

        assertEquals(List.of("Environment production: version 1"), outcome.told());
        assertEquals(carol.git.run("rev-parse", "main~1"), at(PRODUCTION));
        carol.commit("three", "three");
        outcome = carol.push("main:" + PRODUCTION, MAIN);
        assertEquals(
                List.of("Version 3: https://prompts.example/3", "Environment production: version 3"), outcome.told());
        assertEquals(carol.head(), at(PRODUCTION));
        assertEquals("ok", carol.push(":" + PRODUCTION).of(PRODUCTION));
        assertEquals("gone", at(PRODUCTION));
        assertEquals(
                3,
                house.git(id)
                        .lines("log", "--format=%h", "refs/meta/environments")
                        .size());
    }

    @Test
    void anEnvironmentPointsToAVersionAndToNothingElse() {
        carol.git.run("checkout", "-q", "-b", "side");
        carol.commit("x", "x");
        carol.git.run("tag", "-a", "-m", "x", "t", "main");

        refused(carol.push("side:" + PRODUCTION).of(PRODUCTION), "must point to a version");
        refused(carol.push("t:" + PRODUCTION).of(PRODUCTION), "must point to a commit");
        assertEquals("gone", at(PRODUCTION));
    }

    @Test
    void aProtectedEnvironmentIsMovedByWhoMayPromote() {
        try (PromptRepository prompt = house.store.open(id)) {
            prompt.change(
                    settings -> settings.granting(Map.of("bob", Right.UPDATE))
                            .guarding(new TreeSet<>(List.of(new EnvironmentName("production")))),
                    Optional.empty(),
                    ALICE);
        }

        Pusher.Outcome outcome = carol.push(BOB, false, "main:" + PRODUCTION, "main:refs/heads/env/test");

        refused(outcome.of(PRODUCTION), "the right PROMOTE", "alice");
        assertEquals("ok", outcome.of("refs/heads/env/test"));
        assertEquals("ok", carol.push("main:" + PRODUCTION).of(PRODUCTION));
        refused(carol.push(BOB, false, ":" + PRODUCTION).of(PRODUCTION), "the right PROMOTE");
    }

    @Test
    void ofAnAtomicPushAllIsDoneOrNothing() {
        carol.commit("three", "three");
        Map<String, String> before = carol.refs();

        Pusher.Outcome outcome = carol.pushAtomically(MAIN, "main:refs/tags/v3", "main:refs/notes/x");

        refused(outcome.of("refs/heads/main"), "atomic", "notes/x");
        refused(outcome.of("refs/tags/v3"), "atomic");
        refused(outcome.of("refs/notes/x"), "read-only");
        assertEquals(before, carol.refs());
        assertEquals("ok", carol.pushAtomically(MAIN, "main:refs/tags/v3").of("refs/tags/v3"));
    }

    @Test
    void anyOtherPushIsDoneAsFarAsItMayBe() {
        carol.commit("three", "three");

        Pusher.Outcome outcome = carol.push("main:refs/notes/x", "main:refs/tags/v3", MAIN);

        assertEquals("ok", outcome.of("refs/heads/main"));
        assertEquals("ok", outcome.of("refs/tags/v3"));
        refused(outcome.of("refs/notes/x"), "read-only");
    }

    @Test
    void aRefThatComesTwiceInOnePushIsRefused() {
        String tip = carol.commit("three", "three");
        String zero = "0".repeat(40);

        Pusher.Outcome outcome = carol.send(
                ALICE,
                false,
                List.of(zero + " " + tip + " " + SIDE, zero + " " + carol.git.run("rev-parse", "HEAD~1") + " " + SIDE));

        assertTrue(outcome.refs().values().stream().noneMatch("ok"::equals), outcome::toString);
        assertEquals("gone", at(SIDE));
    }

    @Test
    void whoSawAnOlderRefIsToldToFetch() {
        String old = at("refs/heads/main");
        house.save(id, "three");
        String tip = carol.commit("mine", "mine");

        Pusher.Outcome outcome = carol.send(ALICE, false, List.of(old + " " + tip + " refs/heads/main"));

        refused(
                outcome.of("refs/heads/main"),
                "fetch first",
                at("refs/heads/main").substring(0, 8));
    }

    @Test
    void eachPushIsRecordedWithWhoMadeItAndARefusedOneIsNot() {
        String before = at("refs/heads/main");
        String tip = carol.commit("three", "three");
        carol.push(MAIN, "main:refs/notes/x");
        carol.push("main:refs/notes/x");
        carol.push("main:" + SIDE);

        List<String> log = house.git(id).lines("log", "--format=%an <%ae> %s", "refs/meta/pushes");

        assertEquals(
                List.of(
                        "Alice Adams <alice@example.org> Push by alice",
                        "Alice Adams <alice@example.org> Push by alice"),
                log);
        String first = house.git(id).run("show", "refs/meta/pushes~1:push.json");
        assertEquals("""
                {
                  "at": "%s",
                  "refs": [
                    {
                      "from": "%s",
                      "ref": "refs/heads/main",
                      "to": "%s"
                    }
                  ],
                  "subject": "alice"
                }""".formatted(Moments.write(house.now.get()), before, tip), first);
    }

    @Test
    void ofAVeryLongPushTheLastLinesAreTold() {
        for (int i = 0; i < 60; i++) {
            carol.git.run("commit", "-q", "--allow-empty", "-m", "empty " + i);
        }

        Pusher.Outcome outcome = carol.push(MAIN);

        assertEquals(51, outcome.told().size());
        assertEquals("10 lines before these are left out", outcome.told().getFirst());
        assertEquals(
                2, house.prompts.versions(ALICE, id, new Page.Window(1, 10)).total());
    }
}
