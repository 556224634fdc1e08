package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store of prompts promises, whatever it lies on; real git judges what was written. */
abstract class PromptStoreContract {
    private House house;

    abstract House open();

    @BeforeEach
    void openTheHouse() {
        house = open();
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private static Metadata labelled(String label) {
        return new Metadata(Optional.of(label), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Metadata displayed(String text) {
        return new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(text)), Optional.empty(), Optional.empty());
    }

    private static MetadataEdit display(Field<DisplayVersion> field) {
        return new MetadataEdit(field, new Field.Keep<>(), new Field.Keep<>());
    }

    private Version version(PromptId id, int number) {
        return house.prompts.version(ALICE, id, new VersionRef.Numbered(number));
    }

    private Problem problem(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    private List<Integer> numbers(PromptId id) {
        return house.prompts.versions(ALICE, id, new Page.Window(1, 100)).items().stream()
                .map(Version::number)
                .toList();
    }

    @Test
    void aNewPromptHasItsTextAsVersionOne() {
        PromptId id = house.create("greeting", "Hello\n");

        Prompt prompt = house.prompts.prompt(ALICE, id);

        assertEquals("Hello\n", prompt.text());
        assertEquals(new Prompt.Counts(1, 1), prompt.counts());
        assertEquals("Hello\n", new String(house.git(id).bytes("show", "main:prompt.md"), StandardCharsets.UTF_8));
        assertEquals("refs/heads/main", house.git(id).run("symbolic-ref", "HEAD"));
    }

    @Test
    void savingTheSameTextTwiceMakesOneCommit() {
        PromptId id = house.create("greeting", "one");

        CheckpointResult first = house.save(id, "two");
        String objects = house.git(id).run("count-objects");
        CheckpointResult second = house.save(id, "two");

        assertInstanceOf(CheckpointResult.Saved.class, first);
        assertInstanceOf(CheckpointResult.Unchanged.class, second);
        assertEquals(first.version().commit(), second.version().commit());
        assertEquals(objects, house.git(id).run("count-objects"));
        assertEquals("2", house.git(id).run("rev-list", "--count", "main"));
    }

    @Test
    void goingBackToAnOlderTextMakesANewVersion() {
        PromptId id = house.create("greeting", "one");
        house.save(id, "two");

        CheckpointResult result = house.save(id, "one");

        assertEquals(3, result.version().number());
        assertEquals(List.of(3, 2, 1), numbers(id));
    }

    @Test
    void theCommitReadsWellToAPerson() {
        PromptId id = house.create("greeting", "one");
        Metadata metadata = new Metadata(
                Optional.of("Friendlier tone"),
                Optional.of(new DisplayVersion("v1.3")),
                Optional.of("Tone update"),
                Optional.of("Softened the opening line."));

        house.save(
                id,
                new Draft(
                        body("two"),
                        new Draft.Slot.Next(),
                        Optional.of(new SemVer(1, 3, 0)),
                        metadata,
                        Source.MANUAL_SAVE));

        assertEquals("""
                Tone update

                Softened the opening line.

                Version: 2
                Label: Friendlier tone
                Title: Tone update
                Display-Version: v1.3
                Display-Version-At: 2026-04-22T10:14:00.123Z
                Release: 1.3.0
                Source: manual_save
                Created-By: alice
                """, house.git(id).run("log", "-1", "--format=%B", "main"));
        assertEquals(
                "Alice Adams <alice@example.org> 2026-04-22T10:14:00+00:00",
                house.git(id).run("log", "-1", "--format=%an <%ae> %cI", "main"));
        assertEquals("tag", house.git(id).run("cat-file", "-t", "1.3.0"));
        assertEquals(house.git(id).run("rev-parse", "main"), house.git(id).run("rev-parse", "1.3.0^{commit}"));
        assertEquals(house.git(id).run("rev-parse", "main"), house.git(id).run("rev-parse", "refs/tags/v1.3"));
    }

    @Test
    void anEditIsANoteThatGitLogShows() {
        PromptId id = house.create("greeting", "one");
        house.tick(60);

        Version edited = house.prompts.edit(
                ALICE,
                id,
                new VersionRef.Numbered(1),
                new MetadataEdit(
                        new Field.Set<>(new DisplayVersion("v1")),
                        new Field.Set<>("First"),
                        new Field.Set<>("Why\n\nnot")),
                Expected.NOTHING);

        assertEquals(Optional.of("First"), edited.metadata().title());
        assertEquals(house.now.get(), edited.edition().updatedAt());
        String log = house.git(id).run("log", "--notes", "--format=%N", "main");
        assertTrue(
                log.startsWith("Display-Version: v1\nDisplay-Version-At: 2026-04-22T10:15:00.123Z\nTitle: First\n"),
                log);
        assertTrue(log.contains("Updated-By: alice\nUpdated-At: 2026-04-22T10:15:00.123Z\n\nWhy\n\nnot"), log);
        assertEquals("1", house.git(id).run("rev-list", "--count", "main"));
        assertEquals(edited, version(id, 1));
    }

    @Test
    void clearingAFieldLeavesTheOthersAndAnEditOfNothingIsNotWritten() {
        PromptId id = house.create("greeting", "one");
        VersionRef first = new VersionRef.Numbered(1);
        MetadataEdit both = new MetadataEdit(new Field.Keep<>(), new Field.Set<>("T"), new Field.Set<>("D"));
        MetadataEdit clear = new MetadataEdit(new Field.Keep<>(), new Field.Clear<>(), new Field.Keep<>());
        house.prompts.edit(ALICE, id, first, both, Expected.NOTHING);

        Version cleared = house.prompts.edit(ALICE, id, first, clear, Expected.NOTHING);
        Version again = house.prompts.edit(ALICE, id, first, clear, Expected.NOTHING);

        assertEquals(Optional.empty(), cleared.metadata().title());
        assertEquals(Optional.of("D"), cleared.metadata().description());
        assertEquals(cleared.stamp(), again.stamp());
        assertEquals("2", house.git(id).run("rev-list", "--count", "refs/notes/commits"));
    }

    @Test
    void aDisplayTagStandsAtTheVersionThatGotItLast() {
        PromptId id = house.create("greeting", "one");
        house.save(id, draft("two", new Draft.Slot.Next(), displayed("v1")));
        String two = house.git(id).run("rev-parse", "main");
        house.tick(1);
        house.save(id, draft("three", new Draft.Slot.Next(), displayed("v1")));
        String three = house.git(id).run("rev-parse", "main");
        String atThree = house.git(id).run("rev-parse", "refs/tags/v1");

        house.tick(1);
        house.prompts.edit(
                ALICE,
                id,
                new VersionRef.Numbered(2),
                display(new Field.Set<>(new DisplayVersion("v1"))),
                Expected.NOTHING);
        String atTwo = house.git(id).run("rev-parse", "refs/tags/v1");
        house.prompts.edit(ALICE, id, new VersionRef.Numbered(2), display(new Field.Clear<>()), Expected.NOTHING);
        String backAtThree = house.git(id).run("rev-parse", "refs/tags/v1");
        house.prompts.edit(ALICE, id, new VersionRef.Numbered(3), display(new Field.Clear<>()), Expected.NOTHING);

        assertEquals(three, atThree);
        assertEquals(two, atTwo);
        assertEquals(three, backAtThree);
        assertEquals("", house.git(id).run("tag"));
    }

    @Test
    void aDisplayVersionThatCannotBeATagIsKeptWithoutOne() {
        PromptId id = house.create("greeting", "0");
        List<String> texts = List.of("a b", "1.0.0", "x..y", "~", "-", "ends.lock", "🎈".repeat(90), "a//b", "@{");
        for (String text : texts) {
            house.save(id, draft("text of " + text, new Draft.Slot.Next(), displayed(text)));
        }

        for (String text : texts) {
            Version found = house.prompts.version(ALICE, id, new VersionRef.Display(new DisplayVersion(text)));
            assertEquals("text of " + text, found.text());
        }
        assertEquals("-", house.git(id).run("tag"));
    }

    @Test
    void displayVersionsInDirectoryConflictBothStandInTheMetadata() {
        PromptId id = house.create("greeting", "0");
        house.save(id, draft("one", new Draft.Slot.Next(), displayed("a")));
        house.save(id, draft("two", new Draft.Slot.Next(), displayed("a/b")));

        Version two = house.prompts.version(ALICE, id, new VersionRef.Display(new DisplayVersion("a/b")));

        assertEquals("two", two.text());
        assertEquals("a", house.git(id).run("tag"));
    }

    @Test
    void aReleaseOnAnUnchangedTreeMakesATagAndNoCommit() {
        PromptId id = house.create("greeting", "one");
        Draft release = new Draft(
                body("one"), new Draft.Slot.Next(), Optional.of(new SemVer(1, 0, 0)), Metadata.NONE, Source.CHECKPOINT);

        CheckpointResult result = house.save(id, release);
        Problem again = problem(() -> house.save(id, release));
        Problem otherText = problem(() -> house.save(
                id,
                new Draft(body("two"), new Draft.Slot.Next(), release.release(), Metadata.NONE, Source.CHECKPOINT)));

        assertInstanceOf(CheckpointResult.Unchanged.class, result);
        assertEquals(new Problem.ReleaseExists(new SemVer(1, 0, 0)), again);
        assertEquals(again, otherText);
        assertEquals("1", house.git(id).run("rev-list", "--count", "main"));
        assertEquals(
                "one",
                house.prompts
                        .version(ALICE, id, new VersionRef.Release(new SemVer(1, 0, 0)))
                        .text());
    }

    @Test
    void aReleaseRemovesADisplayTagInItsWay() {
        PromptId id = house.create("greeting", "one");
        house.save(id, draft("two", new Draft.Slot.Next(), displayed("2.0.0/beta")));
        assertEquals("2.0.0/beta", house.git(id).run("tag"));

        house.save(
                id,
                new Draft(
                        body("three"),
                        new Draft.Slot.Next(),
                        Optional.of(new SemVer(2, 0, 0)),
                        Metadata.NONE,
                        Source.CHECKPOINT));

        assertEquals("2.0.0", house.git(id).run("tag"));
        assertEquals(
                Optional.of(new DisplayVersion("2.0.0/beta")),
                version(id, 2).metadata().displayVersion());
    }

    @Test
    void overwritingASlotKeepsEveryTextThatEverWas() {
        PromptId id = house.create("greeting", "one");
        for (int i = 0; i < 10; i++) {
            house.save(id, draft("one, take " + i, new Draft.Slot.Exactly(1), Metadata.NONE));
        }
        house.save(id, draft("five", new Draft.Slot.Exactly(5), Metadata.NONE));
        house.save(id, draft("three", new Draft.Slot.Exactly(3), Metadata.NONE));
        house.save(id, draft("one, last", new Draft.Slot.Exactly(1), labelled("L")));

        assertEquals(List.of(5, 3, 1), numbers(id));
        assertEquals("one, last", version(id, 1).text());
        assertEquals(6, house.save(id, "six").version().number());
        String all = house.git(id).lines("log", "--all", "--format=%H", "--", "prompt.md").stream()
                .map(commit -> house.git(id).run("show", commit + ":prompt.md"))
                .reduce("|", (a, b) -> a + b + "|");
        assertTrue(all.contains("|one, take 0") && all.contains("|one, take 9") && all.contains("|one|"), all);
        assertEquals(
                house.git(id).run("rev-parse", "main~1"),
                version(id, 5).commit().hex());
    }

    @Test
    void aSlotGrowsFromItsOwnLastCommitOrFromMainBelowIt() {
        PromptId id = house.create("greeting", "one");
        house.save(id, draft("nine", new Draft.Slot.Exactly(9), Metadata.NONE));

        house.save(id, draft("four", new Draft.Slot.Exactly(4), Metadata.NONE));
        house.save(id, draft("six", new Draft.Slot.Exactly(6), Metadata.NONE));
        house.save(id, draft("four again", new Draft.Slot.Exactly(4), Metadata.NONE));

        String one = house.git(id).run("rev-parse", "main~1");
        assertEquals(one, house.git(id).run("rev-parse", "refs/versions/4~2"));
        assertEquals(one, house.git(id).run("rev-parse", "refs/versions/6~1"));
        assertEquals(List.of(9, 6, 4, 1), numbers(id));
    }

    @Test
    void anOverwrittenVersionAnswersByItsIdAndIsInNoList() {
        PromptId id = house.create("greeting", "old");
        Version old = version(id, 1);
        house.save(id, "two");

        house.save(id, draft("new", new Draft.Slot.Exactly(1), Metadata.NONE));

        VersionRef byId = VersionRef.Id.parse(old.commit().shortId());
        assertEquals("old", house.prompts.version(ALICE, id, byId).text());
        assertEquals(1, house.prompts.version(ALICE, id, byId).number());
        assertEquals("new", version(id, 1).text());
        assertEquals(List.of(2, 1), numbers(id));
        assertInstanceOf(
                Problem.VersionNotFound.class,
                problem(() -> house.prompts.edit(ALICE, id, byId, display(new Field.Clear<>()), Expected.NOTHING)));
    }

    @Test
    void anEqualTreeInASlotMakesNoCommitButItsMetadataIsNew() {
        PromptId id = house.create("greeting", "one");
        house.save(id, "two");
        Metadata described =
                new Metadata(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("better words"));

        CheckpointResult result = house.save(id, draft("one", new Draft.Slot.Exactly(1), described));

        assertInstanceOf(CheckpointResult.Unchanged.class, result);
        assertEquals(Optional.of("better words"), version(id, 1).metadata().description());
        assertFalse(house.git(id).run("for-each-ref").contains("refs/versions/"));
    }

    @Test
    void anInPlaceSaveKeepsWhoMadeTheSlotAndWhen() {
        PromptId id = house.create("greeting", "one");
        Version before = version(id, 1);
        house.save(id, "two");
        house.tick(3600);

        house.prompts.checkpoint(
                new dev.versicle.prompt.Caller(
                        "root",
                        Optional.empty(),
                        Optional.empty(),
                        ALICE.namespace(),
                        java.util.Set.of(dev.versicle.prompt.Role.ADMIN)),
                id,
                draft("uno", new Draft.Slot.InPlace(1), Metadata.NONE),
                Expected.NOTHING);

        assertEquals("uno", version(id, 1).text());
        Snapshot.Origin made = before.snapshot().origin();
        assertEquals(
                new Snapshot.Origin(
                        made.source(),
                        made.createdBy(),
                        made.createdAt(),
                        new Snapshot.Saved("root", made.createdAt().plusSeconds(3600))),
                version(id, 1).snapshot().origin());
        assertEquals("root", house.git(id).run("log", "-1", "--format=%an", "refs/versions/1"));
    }

    @Test
    void aTextSaveKeepsTheRestOfThePackage() {
        PromptId id = house.create("package", "old body");
        PromptFiles files = PromptFiles.of(Map.of(
                "prompt.md", new PromptFile("body".getBytes(StandardCharsets.UTF_8), false),
                "examples/one.txt", new PromptFile("e1".getBytes(StandardCharsets.UTF_8), false),
                "run.sh", new PromptFile("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), true)));
        house.save(id, Draft.checkpoint(new Draft.Content.Files(files)));

        house.save(id, "new body");

        assertEquals(
                List.of("100644 examples/one.txt", "100644 prompt.md", "100755 run.sh"),
                house.git(id).lines("ls-tree", "-r", "--format=%(objectmode) %(path)", "main"));
        assertEquals("new body", house.git(id).run("show", "main:prompt.md"));
    }

    @Test
    void theBodyIsFoundWhereThePackageHasIt() {
        PromptId id = house.create("package", "first");
        assertEquals("t", textOf(id, Map.of("prompt.txt", "t", "other.md", "o")));
        assertEquals("only", textOf(id, Map.of("readme.md", "only", "docs/a.md", "a")));
        assertEquals("deep", textOf(id, Map.of("top/inner/prompt.md", "deep", "top/inner/x", "x")));
        assertEquals("", textOf(id, Map.of("a.md", "a", "b.md", "b")));
        assertEquals("", textOf(id, Map.of("a/x.md", "a", "b/x.md", "b")));
    }

    private String textOf(PromptId id, Map<String, String> files) {
        Map<String, PromptFile> contents = new java.util.HashMap<>();
        files.forEach((path, text) -> contents.put(path, new PromptFile(text.getBytes(StandardCharsets.UTF_8), false)));
        return house.save(id, Draft.checkpoint(new Draft.Content.Files(PromptFiles.of(contents))))
                .version()
                .text();
    }

    @Test
    void aPathThatGitMustNotHoldIsRefusedAndNothingWritten() {
        PromptId id = house.create("package", "first");
        String objects = house.git(id).run("count-objects");
        for (String path :
                List.of(".git/config", ".GIT/x", "git~1/x", ".g\u200cit/x", "a/.git", "aux", "c:d", "trail. /x")) {
            PromptFiles files = PromptFiles.of(Map.of(path, new PromptFile(new byte[] {65}, false)));
            assertInstanceOf(
                    Problem.Invalid.class,
                    problem(() -> house.save(id, Draft.checkpoint(new Draft.Content.Files(files)))),
                    path);
        }
        assertEquals(objects, house.git(id).run("count-objects"));
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        PromptId id = house.create("package", "first");
        PromptFiles files = PromptFiles.of(Map.of("prompt.md", new PromptFile(new byte[] {(byte) 0xff}, false)));

        Problem refused = problem(() -> house.save(id, Draft.checkpoint(new Draft.Content.Files(files))));

        assertEquals(new Problem.Invalid("prompt.md", "must be UTF-8, for it is the prompt's body"), refused);
    }

    @Test
    void aDraftIsTheCurrentBodyUntilItIsSealed() {
        PromptId id = house.create("greeting", "one");
        house.prompts.update(
                ALICE, id, new PromptEdit(Optional.empty(), new Field.Keep<>(), Optional.of(new PromptText("draft"))));
        assertEquals("draft", house.prompts.prompt(ALICE, id).text());
        assertEquals(List.of(1), numbers(id));
        assertFalse(version(id, 1).matchesCurrent());

        house.save(id, "an override leaves the draft alone");
        assertEquals("draft", house.prompts.prompt(ALICE, id).text());

        CheckpointResult sealed = house.save(id, Draft.checkpoint(new Draft.Content.Current()));
        assertEquals("draft", sealed.version().text());
        assertTrue(sealed.version().matchesCurrent());
        assertFalse(house.git(id).run("for-each-ref").contains("heads/draft"));
        assertInstanceOf(
                CheckpointResult.Unchanged.class, house.save(id, Draft.checkpoint(new Draft.Content.Current())));
        assertEquals(List.of(3, 2, 1), numbers(id));
    }

    @Test
    void restoringMakesANewVersionAndTheCurrentBody() {
        PromptId id = house.create("greeting", "one");
        house.save(id, "two");
        house.prompts.update(
                ALICE, id, new PromptEdit(Optional.empty(), new Field.Keep<>(), Optional.of(new PromptText("draft"))));

        CheckpointResult restored = house.prompts.restore(ALICE, id, new VersionRef.Numbered(1));
        CheckpointResult again = house.prompts.restore(ALICE, id, new VersionRef.Numbered(1));

        assertEquals(3, restored.version().number());
        assertEquals("one", house.prompts.prompt(ALICE, id).text());
        assertInstanceOf(CheckpointResult.Unchanged.class, again);
        assertEquals("Restored from version 1", house.git(id).run("log", "-1", "--format=%s", "main"));
    }

    @Test
    void aCommitOfAnotherKindIsNoVersion() {
        PromptId id = house.create("greeting", "one");
        house.prompts.update(
                ALICE,
                id,
                new PromptEdit(Optional.empty(), new Field.Set<>("d"), Optional.of(new PromptText("draft"))));
        house.prompts.edit(
                ALICE,
                id,
                new VersionRef.Numbered(1),
                display(new Field.Set<>(new DisplayVersion("v1"))),
                Expected.NOTHING);

        for (String ref : List.of(
                "refs/heads/draft", "refs/notes/commits", "refs/meta/prompt", "main:prompt.md", "main^{tree}")) {
            String hex = house.git(id).run("rev-parse", ref);
            assertInstanceOf(
                    Problem.VersionNotFound.class,
                    problem(() -> house.prompts.version(ALICE, id, VersionRef.Id.parse(hex))),
                    ref);
        }
    }

    @Test
    void ifMatchHoldsForTheLatestAndRefusesAnOlderOne() {
        PromptId id = house.create("greeting", "one");
        Version first = version(id, 1);
        Expected seen = new Expected(List.of(new Expected.Stamp(first.commit().shortId(), Optional.empty())));
        house.prompts.checkpoint(ALICE, id, Draft.checkpoint(body("two")), seen);

        Problem stale = problem(() -> house.prompts.checkpoint(ALICE, id, Draft.checkpoint(body("three")), seen));

        assertEquals(new Problem.Stale(Optional.of(version(id, 2).commit())), stale);
        assertEquals(List.of(2, 1), numbers(id));
    }

    @Test
    void aRenamedPromptGivesItsOldNameBack() {
        PromptId id = house.create("old name", "one");
        PromptId other = house.create("other", "x");
        house.prompts.update(
                ALICE,
                id,
                new PromptEdit(Optional.of(new PromptName("new name")), new Field.Keep<>(), Optional.empty()));

        assertInstanceOf(Problem.NameTaken.class, problem(() -> house.create("new name", "y")));
        assertInstanceOf(
                Problem.NameTaken.class,
                problem(() -> house.prompts.update(
                        ALICE,
                        other,
                        new PromptEdit(
                                Optional.of(new PromptName("new name")), new Field.Keep<>(), Optional.empty()))));
        house.create("old name", "z");
        assertTrue(house.git(id).run("show", "refs/meta/prompt:prompt.json").contains("\"name\": \"new name\""));
        assertEquals(
                "other", house.prompts.prompt(ALICE, other).settings().name().text());
    }

    @Test
    void aDeletedPromptIsGoneAndItsNameFree() {
        PromptId id = house.create("greeting", "one");

        house.prompts.delete(ALICE, id);

        assertEquals(new Problem.PromptNotFound(id.hex()), problem(() -> house.prompts.prompt(ALICE, id)));
        assertEquals(0, house.prompts.list(ALICE, new Page.Window(1, 20)).total());
        house.create("greeting", "again");
    }

    @Test
    void somebodyElsesPromptIsDenied() {
        PromptId id = house.create("greeting", "one");

        assertInstanceOf(Problem.Denied.class, problem(() -> house.prompts.prompt(House.BOB, id)));
        assertEquals(0, house.prompts.list(House.BOB, new Page.Window(1, 20)).total());
    }
}
