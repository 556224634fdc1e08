package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags that are pushed: releases, which stay, and display versions, which are metadata. */
@BesideOthers
class PushedTagsTest {
    private static final String MAIN = "main:refs/heads/main";

    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private Pusher carol;

    @BeforeEach
    void threeVersions() {
        house = new House(root.resolve("data"), Instant.now());
        id = house.create("tagged", "one");
        house.save(id, "two");
        house.save(id, "three");
        carol = Pusher.clone(house, id, root.resolve("carol"));
    }

    @AfterEach
    void everythingIsSoundAndTheIndexIsAsOneMadeAnew() {
        List<String> live = Look.at(house, id);
        house.close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            root.resolve("data/catalog.db" + suffix).toFile().delete();
        }
        try (House again = new House(root.resolve("data"), house.now.get())) {
            again.requireSound();
            assertEquals(live, Look.at(again, id));
        }
    }

    private Version version(int number) {
        return house.prompts.version(ALICE, id, new VersionRef.Numbered(number));
    }

    private Version released(String release) {
        return house.prompts.version(ALICE, id, new VersionRef.Release(SemVer.parse(release)));
    }

    private Optional<String> displayed(int number) {
        return version(number).metadata().displayVersion().map(DisplayVersion::text);
    }

    private void display(int number, String text) {
        MetadataEdit edit =
                new MetadataEdit(new Field.Set<>(new DisplayVersion(text)), new Field.Keep<>(), new Field.Keep<>());
        house.prompts.edit(ALICE, id, new VersionRef.Numbered(number), edit, Expected.NOTHING);
    }

    private List<String> tags() {
        return house.git(id).lines("tag");
    }

    private String tag(String name) {
        return house.git(id).run("rev-parse", name + "^{commit}");
    }

    private static void refused(String said, String... words) {
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
    }

    private int noteCommits() {
        return house.git(id).lines("log", "--format=%h", "refs/notes/commits").size();
    }

    @Test
    void aReleaseOnAVersionIsKeptAsItWasPushed() {
        carol.git.run("tag", "1.0.0", "main~1");
        carol.git.run("tag", "-a", "-m", "Tested well", "1.1.0", "main");

        Pusher.Outcome outcome = carol.push("1.0.0:refs/tags/1.0.0", "1.1.0:refs/tags/1.1.0");

        assertEquals("ok", outcome.of("refs/tags/1.0.0"));
        assertEquals("ok", outcome.of("refs/tags/1.1.0"));
        assertEquals(List.of("Release 1.0.0: version 2", "Release 1.1.0: version 3"), outcome.told());
        assertEquals(2, released("1.0.0").number());
        assertEquals(3, released("1.1.0").number());
        assertEquals("tag", house.git(id).run("cat-file", "-t", "1.1.0"));
        assertEquals(
                List.of("1.1.0", "1.0.0"),
                house.prompts.releases(ALICE, id, new Page.Part(0, 10)).items().stream()
                        .map(release -> release.release().toString())
                        .toList());
    }

    @Test
    void aReleaseNeverMovesNorGoes() {
        carol.git.run("tag", "1.0.0", "main~1");
        carol.push("1.0.0:refs/tags/1.0.0");

        refused(carol.push("main:refs/tags/1.0.0").of("refs/tags/1.0.0"), "never move", "higher number");
        refused(carol.push(":refs/tags/1.0.0").of("refs/tags/1.0.0"), "never deleted");

        assertEquals("ok", carol.push("1.0.0:refs/tags/1.0.0").of("refs/tags/1.0.0"));
        assertEquals(2, released("1.0.0").number());
    }

    @Test
    void aNumberBeyondMeasureAndATagBelowAReleaseAreRefused() {
        refused(carol.push("main:refs/tags/1.0.99999999999").of("refs/tags/1.0.99999999999"), "2147483647");
        refused(carol.push("main:refs/tags/1.0.0/beta").of("refs/tags/1.0.0/beta"), "below a release");
        assertEquals(List.of(), tags());
    }

    @Test
    void aReleaseTakesADisplayTagOutOfItsWayWhoseTextStays() {
        display(1, "1.0.0/beta");

        assertEquals("ok", carol.push("main:refs/tags/1.0.0").of("refs/tags/1.0.0"));

        assertEquals(List.of("1.0.0"), tags());
        assertEquals(Optional.of("1.0.0/beta"), displayed(1));
    }

    @Test
    void onlyALiveVersionOfThePromptIsTagged() {
        carol.git.run("checkout", "-q", "-b", "side");
        String side = carol.commit("side", "side");
        carol.git.run("tag", "blob", "main:prompt.md");
        carol.git.run("tag", "-a", "-m", "x", "a1", "main");
        carol.git.run("tag", "-a", "-m", "x", "a2", "a1");
        carol.git.run("tag", "-a", "-m", "x", "a3", "a2");
        carol.git.run("tag", "-a", "-m", "x", "a4", "a3");
        String three = carol.git.run("rev-parse", "main");
        house.save(id, draft("drei", new Draft.Slot.Exactly(3), Metadata.NONE));

        for (String ref : List.of("refs/tags/1.0.0", "refs/tags/v1")) {
            refused(carol.push("side:" + ref).of(ref), side.substring(0, 8), "must point to a version");
            refused(carol.push("main:" + ref).of(ref), three.substring(0, 8), "must point to a version");
            refused(carol.push("blob:" + ref).of(ref), "must lead to a commit");
            refused(carol.push("a4:" + ref).of(ref), "through at most 3 tags");
        }
        assertEquals(List.of(), tags());
    }

    @Test
    void aTagMayComeWithTheVersionThatItShowsAndNotWithoutIt() {
        carol.commit("four", "four");
        carol.git.run("tag", "-a", "-m", "x", "2.0.0");

        refused(carol.push("2.0.0:refs/tags/2.0.0").of("refs/tags/2.0.0"), "push main with it");
        Pusher.Outcome outcome = carol.push("main:refs/tags/v4", "2.0.0:refs/tags/2.0.0", MAIN);

        assertEquals(
                List.of(
                        "Version 4: https://prompts.example/4",
                        "Release 2.0.0: version 4",
                        "Displayed as v4: version 4"),
                outcome.told());
        assertEquals(Optional.of("v4"), displayed(4));
        assertEquals(4, released("2.0.0").number());
    }

    @Test
    void whereMainIsRefusedSoIsWhatNeedsIt() {
        carol.commit("four", "four\n\nSource: import");

        Pusher.Outcome outcome = carol.push("main:refs/tags/v4", "main~1:refs/tags/v3", MAIN);

        refused(outcome.of("refs/heads/main"), "Source");
        refused(outcome.of("refs/tags/v4"), "must point to a version");
        assertEquals("ok", outcome.of("refs/tags/v3"));
    }

    @Test
    void anyOtherTagIsTheVersionsDisplayVersionWhoeverReadsIt() {
        Instant before = version(2).edition().updatedAt();
        house.tick(5);
        carol.git.run("tag", "-a", "-m", "For the summer", "v1.3", "main~1");

        Pusher.Outcome outcome = carol.push("v1.3:refs/tags/v1.3", "main:refs/tags/spring");

        assertEquals("ok", outcome.of("refs/tags/v1.3"));
        assertEquals(List.of("Displayed as v1.3: version 2", "Displayed as spring: version 3"), outcome.told());
        assertEquals(Optional.of("v1.3"), displayed(2));
        assertEquals(Optional.of("spring"), displayed(3));
        assertEquals("alice", version(2).edition().updatedBy());
        assertTrue(version(2).edition().updatedAt().isAfter(before));
        assertEquals("tag", house.git(id).run("cat-file", "-t", "v1.3"));
        assertEquals(1, noteCommits());
        assertEquals(
                2,
                house.prompts
                        .version(ALICE, id, new VersionRef.Display(new DisplayVersion("v1.3")))
                        .number());
    }

    @Test
    void aTagReplacesWhatTheVersionDisplayedAndKeepsTheRest() {
        MetadataEdit edit = new MetadataEdit(
                new Field.Set<>(new DisplayVersion("old")), new Field.Set<>("Title"), new Field.Set<>("Text"));
        house.prompts.edit(ALICE, id, new VersionRef.Numbered(2), edit, Expected.NOTHING);

        assertEquals("ok", carol.push("main~1:refs/tags/new").of("refs/tags/new"));

        assertEquals(List.of("new"), tags());
        assertEquals(Optional.of("Title"), version(2).metadata().title());
        assertEquals(Optional.of("Text"), version(2).metadata().description());
    }

    @Test
    void aMovedTagIsOnItsNewVersionAndOffItsOldOne() {
        display(1, "v1");
        display(2, "v1");

        assertEquals("ok", carol.push("main:refs/tags/v1").of("refs/tags/v1"));

        assertEquals(version(3).snapshot().commit().hex(), tag("v1"));
        assertEquals(Optional.of("v1"), displayed(1));
        assertEquals(Optional.empty(), displayed(2));
        assertEquals(Optional.of("v1"), displayed(3));
        assertEquals("ok", carol.push("main~1:refs/tags/v1").of("refs/tags/v1"));
        assertEquals(version(2).snapshot().commit().hex(), tag("v1"));
    }

    @Test
    void aDeletedTagIsGoneFromEveryVersionInOneCommit() {
        display(1, "v1");
        display(2, "v1");
        display(3, "v3");

        Pusher.Outcome outcome = carol.push(":refs/tags/v1");

        assertEquals(List.of("No version is displayed as v1 any more"), outcome.told());
        assertEquals(List.of("v3"), tags());
        assertEquals(Optional.empty(), displayed(1));
        assertEquals(Optional.empty(), displayed(2));
        assertEquals(4, noteCommits());
    }

    @Test
    void tagsThatChangePlacesInOnePushDoSoInOneCommit() {
        display(1, "a");
        display(2, "b");

        Pusher.Outcome outcome = carol.push("main~2:refs/tags/b", "main~1:refs/tags/a");

        assertEquals("ok", outcome.of("refs/tags/a"));
        assertEquals(Optional.of("b"), displayed(1));
        assertEquals(Optional.of("a"), displayed(2));
        assertEquals(3, noteCommits());
    }

    @Test
    void aRenamedTagMayTakeThePlaceOfItsDirectory() {
        display(1, "v1");

        Pusher.Outcome outcome = carol.push("main~2:refs/tags/v1/final", ":refs/tags/v1");

        assertEquals("ok", outcome.of("refs/tags/v1/final"));
        assertEquals(List.of("v1/final"), tags());
        refused(carol.push("main:refs/tags/v1").of("refs/tags/v1"), "v1/final", "directory");
    }

    @Test
    void twoTagsForOneVersionAreOneTooMany() {
        Pusher.Outcome outcome = carol.push("main:refs/tags/a", "main:refs/tags/b");

        assertEquals("ok", outcome.of("refs/tags/a"));
        refused(outcome.of("refs/tags/b"), "one display version", "a, too");
        assertEquals(List.of("a"), tags());
    }

    @Test
    void aNameThatIsTooLongForADisplayVersionIsRefused() {
        String ref = "refs/tags/" + "x".repeat(101);

        refused(carol.push("main:" + ref).of(ref), "at most 100 characters");
    }

    @Test
    void aTagThatStandsWhereItIsPushedChangesNothing() {
        display(3, "v1");
        carol.git.run("tag", "-a", "-m", "x", "v1", "main");

        assertEquals("ok", carol.push("main:refs/tags/v1").of("refs/tags/v1"));
        assertEquals(1, noteCommits());
        assertEquals("ok", carol.push("v1:refs/tags/v1").of("refs/tags/v1"));

        assertEquals(1, noteCommits());
        assertEquals("tag", house.git(id).run("cat-file", "-t", "v1"));
    }

    @Test
    void aTagMovedInTheSameMillisecondIsStillTheNewest() {
        display(3, "v1");

        assertEquals("ok", carol.push("main~2:refs/tags/v1").of("refs/tags/v1"));
        display(2, "other");

        assertEquals(version(1).snapshot().commit().hex(), tag("v1"));
    }
}
