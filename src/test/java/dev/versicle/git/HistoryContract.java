package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Blame;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Diff.Line;
import dev.versicle.prompt.Diff.Word;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be read of a prompt's past, whatever it lies on: moments, lists, comparisons, who brought a line. */
abstract class HistoryContract {
    private static final VersionRef LATEST = new VersionRef.Latest();

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

    private static VersionRef number(int number) {
        return new VersionRef.Numbered(number);
    }

    private static Metadata titled(String title) {
        return new Metadata(Optional.empty(), Optional.empty(), Optional.of(title), Optional.empty());
    }

    private static PromptFile file(String text) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private void entitle(PromptId id, int number, String title) {
        MetadataEdit edit = new MetadataEdit(new Field.Keep<>(), new Field.Set<>(title), new Field.Keep<>());
        house.prompts.edit(ALICE, id, number(number), edit, Expected.NOTHING);
    }

    private void saveFiles(PromptId id, Map<String, PromptFile> files) {
        house.save(id, Draft.checkpoint(new Draft.Content.Files(PromptFiles.of(files))));
    }

    private Problem problem(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    private Version at(PromptId id, VersionRef ref, Instant at) {
        return house.prompts.version(ALICE, id, ref, at);
    }

    @Test
    void theLatestOfAMomentIsTheOneThatWasSavedLastBeforeIt() {
        Instant start = house.now.get();
        PromptId id = house.create("greeting", "one");
        house.tick(60);
        house.save(id, "two");

        assertEquals("one", at(id, LATEST, start.plusSeconds(59)).text());
        assertEquals("two", at(id, LATEST, start.plusSeconds(60)).text());
        assertEquals(
                "two",
                at(id, new VersionRef.Written("latest"), start.plusSeconds(600)).text());
        assertFalse(at(id, LATEST, start.plusSeconds(60)).matchesCurrent());
        assertEquals("two", at(id, LATEST, Instant.MAX).text());
        assertInstanceOf(Problem.VersionNotFound.class, problem(() -> at(id, LATEST, start.minusSeconds(1))));
        assertInstanceOf(Problem.VersionNotFound.class, problem(() -> at(id, LATEST, Instant.MIN)));
    }

    @Test
    void aVersionCountsFromItsSecondOnAndAnEditFromItsMillisecond() {
        Instant start = house.now.get();
        PromptId id = house.create("greeting", "one");
        house.now.set(start.plusMillis(500));
        entitle(id, 1, "later");

        assertEquals(
                Optional.empty(),
                at(id, LATEST, start.minusMillis(123)).metadata().title());
        assertEquals(
                Optional.empty(),
                at(id, LATEST, start.plusMillis(499)).metadata().title());
        assertEquals(
                Optional.of("later"),
                at(id, LATEST, start.plusMillis(500)).metadata().title());
        assertEquals(
                start.plusMillis(500), at(id, LATEST, house.now.get()).edition().updatedAt());
    }

    @Test
    void aNumberStandsForWhatItStoodForThen() {
        Instant start = house.now.get();
        PromptId id = house.create("greeting", "one");
        house.save(id, "two");
        house.tick(60);
        house.save(id, draft("eins", new Draft.Slot.Exactly(1), Metadata.NONE));

        assertEquals("one", at(id, number(1), start.plusSeconds(59)).text());
        assertEquals("eins", at(id, number(1), start.plusSeconds(60)).text());
        assertEquals(
                "eins",
                at(id, new VersionRef.Written("1"), start.plusSeconds(60)).text());
        assertEquals("two", at(id, LATEST, start.plusSeconds(60)).text());
    }

    @Test
    void aDeletedVersionIsFoundWhereItWasThereStill() {
        Instant start = house.now.get();
        PromptId id = house.create("greeting", "one");
        house.save(id, "two");
        house.tick(60);
        house.prompts.deleteVersion(ALICE, id, 2);

        assertEquals("two", at(id, LATEST, start.plusSeconds(59)).text());
        assertEquals("two", at(id, number(2), start.plusSeconds(59)).text());
        assertEquals("one", at(id, LATEST, start.plusSeconds(60)).text());
        assertInstanceOf(Problem.VersionNotFound.class, problem(() -> at(id, number(2), start.plusSeconds(60))));
    }

    @Test
    void aNumberThatMainNeverHadIsTheLatestWhereTheHigherOnesAreGone() {
        PromptId id = house.create("greeting", "one");
        house.save(id, draft("five", new Draft.Slot.Exactly(5), Metadata.NONE));
        house.save(id, draft("three", new Draft.Slot.Exactly(3), Metadata.NONE));
        house.tick(60);
        house.prompts.deleteVersion(ALICE, id, 5);

        assertEquals("three", at(id, LATEST, house.now.get()).text());
        assertEquals("five", at(id, LATEST, house.now.get().minusSeconds(1)).text());
    }

    @Test
    void onlyTheLatestAndANumberHadAMeaningAtAMoment() {
        PromptId id = house.create("greeting", "one");
        Instant now = house.now.get();

        for (VersionRef ref : List.of(
                new VersionRef.Written("1.0.0"),
                new VersionRef.Release(new SemVer(1, 0, 0)),
                new VersionRef.Id("a".repeat(24)))) {
            assertInstanceOf(Problem.Invalid.class, problem(() -> at(id, ref, now)));
        }
    }

    @Test
    void theLogGivesLiveVersionsNewestFirst() {
        PromptId id = house.create("greeting", "1");
        IntStream.rangeClosed(2, 9).forEach(number -> house.save(id, Integer.toString(number)));
        house.prompts.deleteVersion(ALICE, id, 5);

        assertEquals(List.of(9, 8, 7), numbers(id, Integer.MAX_VALUE, 3));
        assertEquals(List.of(6, 4, 3), numbers(id, 7, 3));
        assertEquals(List.of(2, 1), numbers(id, 3, 100));
        assertEquals(List.of(), numbers(id, 1, 100));
        assertInstanceOf(Problem.Invalid.class, problem(() -> numbers(id, 7, 0)));
        assertInstanceOf(Problem.Invalid.class, problem(() -> numbers(id, 7, 101)));
    }

    private List<Integer> numbers(PromptId id, int below, int limit) {
        return house.prompts.log(ALICE, id, below, limit).stream()
                .map(Version::number)
                .toList();
    }

    @Test
    void aDifferenceIsToldLineByLineAndWordByWord() {
        PromptId id = house.create("greeting", "Say hello to ${name}.\nBe brief.\n");
        house.save(id, "Say goodbye to {{friend}}.\nBe brief.\n");

        Diff diff = house.prompts.diff(ALICE, id, number(1), LATEST);

        Diff.FileDiff file = diff.files().getFirst();
        assertEquals(List.of(1, 2), List.of(diff.from().number(), diff.to().number()));
        assertEquals("prompt.md", file.path());
        assertEquals(Diff.Change.MODIFIED, file.change());
        assertEquals(new Diff.Names(sorted("friend"), sorted("name")), diff.variables());
        Line removed = new Line(
                Line.Kind.REMOVED,
                "Say hello to ${name}.",
                true,
                List.of(
                        new Word(Word.Kind.SAME, "Say "),
                        new Word(Word.Kind.REMOVED, "hello"),
                        new Word(Word.Kind.SAME, " to "),
                        new Word(Word.Kind.REMOVED, "$"),
                        new Word(Word.Kind.SAME, "{"),
                        new Word(Word.Kind.REMOVED, "name"),
                        new Word(Word.Kind.SAME, "}.")));
        assertEquals(removed, file.hunks().getFirst().lines().getFirst());
        assertEquals(
                List.of(Line.Kind.REMOVED, Line.Kind.ADDED, Line.Kind.CONTEXT),
                file.hunks().getFirst().lines().stream().map(Line::kind).toList());
    }

    private static SortedSet<String> sorted(String... names) {
        return new TreeSet<>(List.of(names));
    }

    @Test
    void everyFileThatDiffersIsTold() {
        PromptId id = house.create("greeting", "one\n");
        PromptFile binary = new PromptFile(new byte[] {1, 0, 2}, false);
        saveFiles(id, Map.of("prompt.md", file("a\n"), "old.txt", file("x\n"), "b", binary, "run", file("r")));
        PromptFile latin = new PromptFile("caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), false);
        PromptFile executable = new PromptFile("r".getBytes(StandardCharsets.UTF_8), true);
        saveFiles(id, Map.of("prompt.md", file("a\n"), "new.txt", file(""), "b", latin, "run", executable));

        List<Diff.FileDiff> files =
                house.prompts.diff(ALICE, id, number(2), number(3)).files();

        assertEquals(
                List.of(
                        "b MODIFIED true 0",
                        "new.txt ADDED false 0",
                        "old.txt REMOVED false 1",
                        "run MODIFIED false 0"),
                files.stream()
                        .map(file -> file.path() + " " + file.change() + " " + file.binary() + " "
                                + file.hunks().size())
                        .toList());
        assertEquals(Optional.of("100755"), files.getLast().to().map(Diff.Side::mode));
    }

    @Test
    void equalVersionsDifferInNothing() {
        PromptId id = house.create("greeting", "Hello ${name}\n");

        Diff diff = house.prompts.diff(ALICE, id, LATEST, number(1));

        assertEquals(List.of(), diff.files());
        assertEquals(new Diff.Names(sorted(), sorted()), diff.variables());
    }

    @Test
    void aDifferenceTooLargeToShowIsRefused() {
        PromptId id = house.create("greeting", "one");
        saveFiles(id, Map.of("prompt.md", file("one"), "a", file("a\n".repeat(Diff.LINES_MAX))));
        saveFiles(id, Map.of("prompt.md", file("one"), "b", file("\n")));
        saveFiles(id, Map.of("prompt.md", file("one"), "c", large('c'), "d", large('d')));
        saveFiles(id, Map.of("prompt.md", file("one"), "d", file("x")));

        assertEquals(
                1, house.prompts.diff(ALICE, id, number(1), number(2)).files().size());
        assertInstanceOf(Problem.Invalid.class, problem(() -> house.prompts.diff(ALICE, id, number(2), number(3))));
        assertInstanceOf(Problem.TooLarge.class, problem(() -> house.prompts.diff(ALICE, id, number(4), number(5))));
    }

    private static PromptFile large(char filling) {
        byte[] bytes = new byte[PromptFile.BYTES_MAX];
        Arrays.fill(bytes, (byte) filling);
        return new PromptFile(bytes, false);
    }

    @Test
    void eachLineNamesTheVersionThatBroughtIt() {
        PromptId id = house.create("greeting", "one\ntwo\nthree");
        house.save(id, draft("zero\none\ntwo\nthree", new Draft.Slot.Next(), titled("before edit")));
        entitle(id, 2, "after edit");
        house.save(id, "zero\none\nTWO\nthree");

        Blame blame = house.prompts.blame(ALICE, id, LATEST);

        assertEquals(List.of("1 zero 2", "2 one 1", "3 TWO 3", "4 three 1"), told(blame));
        assertEquals(
                Optional.of("after edit"), blame.lines().getFirst().origin().title());
        assertEquals("alice", blame.lines().getFirst().origin().createdBy());
        assertEquals(3, blame.version().number());
        assertEquals(
                List.of("1 zero 2", "2 one 1", "3 two 1", "4 three 1"),
                told(house.prompts.blame(ALICE, id, number(2))));
    }

    private static List<String> told(Blame blame) {
        return blame.lines().stream()
                .map(line ->
                        line.number() + " " + line.text() + " " + line.origin().number() + (line.orOlder() ? "?" : ""))
                .toList();
    }

    @Test
    void aBodyThatMovedKeepsWhoBroughtItsLines() {
        PromptId id = house.create("greeting", "one\ntwo\n");
        saveFiles(id, Map.of("prompt.txt", file("one\ntwo\nthree\n"), "README", file("one\n")));
        saveFiles(id, Map.of("top/prompt.md", file("two\nthree\n"), "top/other", file("x")));

        assertEquals(List.of("1 two 1", "2 three 2"), told(house.prompts.blame(ALICE, id, LATEST)));
    }

    @Test
    void aSlotThatWasOverwrittenGoesBackToWhatItHeld() {
        PromptId id = house.create("greeting", "one\ntwo\n");
        house.save(id, "other\n");
        house.save(id, draft("one\nzwei\n", new Draft.Slot.Exactly(1), Metadata.NONE));
        VersionRef first = new VersionRef.Id(house.git(id).run("rev-parse", "main~1"));

        Blame blame = house.prompts.blame(ALICE, id, number(1));

        assertEquals(List.of("1 one 1", "2 zwei 1"), told(blame));
        assertEquals(
                house.prompts.version(ALICE, id, first).commit(),
                blame.lines().getFirst().origin().commit());
        assertEquals(blame.version().commit(), blame.lines().getLast().origin().commit());
    }

    @Test
    void anEmptyBodyHasNoLines() {
        PromptId id = house.create("greeting", "");

        assertEquals(List.of(), house.prompts.blame(ALICE, id, LATEST).lines());
    }

    @Test
    void aTextIsRenderedWithItsValues() {
        PromptId id = house.create("greeting", "${greeting}, {{ name }}!");

        assertEquals(
                "Hello, Zoë!",
                house.prompts.render(ALICE, id, LATEST, Map.of("greeting", "Hello", "name", "Zoë", "more", "")));
        assertEquals(
                new Problem.MissingVariables(sorted("greeting", "name")),
                problem(() -> house.prompts.render(ALICE, id, LATEST, Map.of())));
    }

    @Test
    void thePastIsReadOnlyByWhoMayReadThePresent() {
        PromptId id = house.create("greeting", "one");
        Set<Runnable> readings = Set.of(
                () -> house.prompts.version(BOB, id, LATEST, house.now.get()),
                () -> house.prompts.log(BOB, id, 9, 9),
                () -> house.prompts.diff(BOB, id, LATEST, LATEST),
                () -> house.prompts.blame(BOB, id, LATEST),
                () -> house.prompts.render(BOB, id, LATEST, Map.of()));

        readings.forEach(reading -> assertInstanceOf(Problem.Denied.class, problem(reading)));
    }
}
