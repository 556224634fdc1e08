package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.NamedDraft;
import dev.versicle.prompt.NamedVersion;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.TagEdit;
import dev.versicle.prompt.VersionRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts by name: slots that are overwritten, models, tags, deletion. Real git judges what was written. */
class NamedPromptsTest {
    private static final PromptName NAME = new PromptName("population/prompt");

    @TempDir
    private Path root;

    private House house;

    @BeforeEach
    void open() {
        house = new House(root);
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private static Draft draft(Draft.Slot slot, String text, String... models) {
        return new Draft(
                new Draft.Content.Template(
                        new PromptText(text),
                        Stream.of(models).map(ModelName::parse).collect(Collectors.toCollection(TreeSet::new))),
                slot,
                Optional.empty(),
                new Metadata(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("about " + text)),
                Source.CHECKPOINT);
    }

    private void save(Draft.Slot slot, String text, String... models) {
        house.tick(1);
        house.named.save(ALICE, new NamedDraft(NAME, draft(slot, text, models)));
    }

    private static Draft.Slot exactly(int number) {
        return new Draft.Slot.Exactly(number);
    }

    private NamedVersion version(int number) {
        return house.named.version(ALICE, NAME, new VersionRef.Numbered(number));
    }

    private NamedVersion latest() {
        return house.named.version(ALICE, NAME, new VersionRef.Latest());
    }

    private List<Integer> numbers() {
        return house.named.versions(ALICE, NAME).stream()
                .map(named -> named.version().number())
                .toList();
    }

    private PromptId id() {
        return house.catalog.find(ALICE.namespace(), NAME).orElseThrow();
    }

    private static Problem problem(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    @Test
    void overwritingSlotsKeepsEveryTextThatEverWas() {
        for (int i = 1; i <= 10; i++) {
            save(exactly(1), "one, for the " + i + "th time");
        }
        save(exactly(5), "five");
        save(exactly(3), "three");

        assertEquals(List.of(5, 3, 1), numbers());
        assertEquals("five", latest().version().text());
        assertEquals("three", version(3).version().text());
        assertEquals(
                "about three", version(3).version().metadata().description().orElseThrow());
        String history = house.git(id()).run("log", "--all", "-p", "--format=");
        for (int i = 1; i <= 10; i++) {
            assertTrue(history.contains("+one, for the " + i + "th time"), history);
        }
        assertTrue(history.contains("three") && history.contains("five"), history);
    }

    @Test
    void theFirstVersionOfANewPromptHasTheNumberThatWasAskedFor() {
        save(exactly(7), "seven");
        save(new Draft.Slot.Next(), "eight");

        assertEquals(List.of(8, 7), numbers());
    }

    @Test
    void aSlotThatIsUpdatedInPlaceKeepsWhoMadeItAndWhen() {
        save(new Draft.Slot.LatestInPlace(), "one");
        save(new Draft.Slot.Next(), "two");
        NamedVersion before = latest();

        save(new Draft.Slot.LatestInPlace(), "two, better");
        save(new Draft.Slot.InPlace(1), "one, better");

        NamedVersion after = latest();
        assertEquals(List.of(2, 1), numbers());
        assertEquals("two, better", after.version().text());
        assertEquals("one, better", version(1).version().text());
        assertEquals(
                before.version().snapshot().origin().createdAt(),
                after.version().snapshot().origin().createdAt());
        assertEquals(
                before.version().edition().updatedAt().plusSeconds(1),
                after.version().edition().updatedAt());
        assertEquals("alice", after.version().snapshot().origin().createdBy());
    }

    @Test
    void modelsAreInTheTreeBesideWhateverElseItHolds() {
        save(new Draft.Slot.Next(), "one", "openai:b", "openai:a", "openai:b");
        assertEquals(
                "{\n  \"models\": [\n    \"openai:a\",\n    \"openai:b\"\n  ]\n}",
                house.git(id()).run("show", "main:config.json"));

        house.save(
                id(),
                new Draft(
                        new Draft.Content.Files(PromptFiles.of(Map.of(
                                "only.txt", file("the only one"), "config.json", file("{\"temperature\": 0.5}")))),
                        new Draft.Slot.Next(),
                        Optional.empty(),
                        Metadata.NONE,
                        Source.CHECKPOINT));
        save(new Draft.Slot.Next(), "three", "openai:c");

        assertEquals(
                List.of(new ModelName("openai", "c")),
                latest().version().snapshot().body().models());
        assertEquals("three", latest().version().text());
        assertTrue(house.git(id()).run("show", "main:config.json").contains("\"temperature\": 0.5"));
        assertEquals(
                List.of("config.json", "only.txt", "prompt.md"),
                house.git(id()).lines("ls-tree", "--name-only", "main"));
        save(new Draft.Slot.Next(), "four");
        assertEquals(List.of(), latest().version().snapshot().body().models());
    }

    private static PromptFile file(String text) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void anOnlyFileStaysTheBodyUntilModelsComeBesideIt() {
        house.named.save(ALICE, new NamedDraft(NAME, only("notes.txt")));

        save(new Draft.Slot.Next(), "two");
        assertEquals(List.of("notes.txt"), house.git(id()).lines("ls-tree", "--name-only", "main"));

        save(new Draft.Slot.Next(), "three", "openai:a");
        assertEquals(List.of("config.json", "prompt.md"), house.git(id()).lines("ls-tree", "--name-only", "main"));
        assertEquals("three", latest().version().text());
    }

    @Test
    void aConfigThatIsTheBodyGivesWayToModels() {
        house.named.save(ALICE, new NamedDraft(NAME, only("config.json")));

        save(new Draft.Slot.Next(), "two");
        assertEquals("two", latest().version().text());
        save(new Draft.Slot.Next(), "three", "openai:a");

        assertEquals("three", latest().version().text());
        assertEquals(
                List.of(new ModelName("openai", "a")),
                latest().version().snapshot().body().models());
    }

    private static Draft only(String path) {
        return new Draft(
                new Draft.Content.Files(PromptFiles.of(Map.of(path, file("one")))),
                new Draft.Slot.Next(),
                Optional.empty(),
                Metadata.NONE,
                Source.CHECKPOINT);
    }

    @Test
    void modelsAreCheckedBeforeAnythingIsWritten() {
        assertEquals(
                new Problem.UnknownModel(new ModelName("nobody", "m")),
                problem(() -> save(new Draft.Slot.Next(), "one", "nobody:m")));
        assertEquals(
                new Problem.ModelDenied(new ModelName("openai", "m")),
                problem(() ->
                        house.named.save(BOB, new NamedDraft(NAME, draft(new Draft.Slot.Next(), "one", "openai:m")))));
        assertEquals(0, house.prompts.count());
    }

    @Test
    void manyAtOnceAreAllCheckedBeforeTheFirstIsWritten() {
        save(new Draft.Slot.Next(), "mine");
        Draft draft = draft(new Draft.Slot.Next(), "another's");
        List<NamedDraft> wanted = List.of(new NamedDraft(new PromptName("new"), draft), new NamedDraft(NAME, draft));

        assertEquals(new Problem.DeniedByName(List.of(NAME)), problem(() -> house.named.saveAll(BOB, wanted)));
        assertEquals(1, house.prompts.count());

        house.named.saveAll(ALICE, wanted);
        assertEquals("another's", latest().version().text());
        assertEquals(2, house.named.latest(ALICE).size());
        assertEquals(List.of(), house.named.latest(BOB));
    }

    @Test
    void tooManyTagsForOnePromptStopManyBeforeTheFirstIsWritten() {
        save(new Draft.Slot.Next(), "mine");
        List<Tag> some = IntStream.range(0, PromptSettings.TAGS_MAX)
                .mapToObj(i -> new Tag("t" + i, ""))
                .toList();
        house.named.tag(ALICE, NAME, TagEdit.add(some));
        Draft draft = draft(new Draft.Slot.Next(), "another's");
        List<Tag> one = List.of(new Tag("one", "more"));

        assertEquals(
                new Problem.Invalid("tags", "must be at most " + PromptSettings.TAGS_MAX),
                problem(() -> house.named.saveAll(
                        ALICE,
                        List.of(new NamedDraft(new PromptName("new"), draft, one), new NamedDraft(NAME, draft, one)))));
        assertEquals("mine", latest().version().text());
        assertEquals(1, house.prompts.count());

        house.named.saveAll(ALICE, List.of(new NamedDraft(new PromptName("new"), draft, one)));
        assertEquals(
                one,
                List.copyOf(house.named.settings(ALICE, new PromptName("new")).tags()));
    }

    @Test
    void aDeletedVersionIsFoundNoMoreAndItsNumberNotGivenAgain() {
        save(new Draft.Slot.Next(), "one");
        save(new Draft.Slot.Next(), "two");

        house.named.deleteVersion(ALICE, NAME, 2);

        assertEquals(List.of(1), numbers());
        assertEquals("one", latest().version().text());
        assertEquals(new Problem.VersionNotFound(id(), "2"), problem(() -> version(2)));
        assertEquals(new Problem.VersionNotFound(id(), "2"), problem(() -> house.named.deleteVersion(ALICE, NAME, 2)));
        assertEquals(new Problem.VersionNotFound(id(), "9"), problem(() -> house.named.deleteVersion(ALICE, NAME, 9)));
        save(new Draft.Slot.Next(), "two");
        assertEquals(List.of(3, 1), numbers());
        assertTrue(house.git(id()).run("log", "--notes", "main").contains("Deleted: true"));
    }

    @Test
    void withItsLastVersionAPromptGoesToTheTrashAsItWas() {
        save(new Draft.Slot.Next(), "one");
        save(new Draft.Slot.Next(), "two");
        PromptId id = id();

        house.named.deleteVersion(ALICE, NAME, 1);
        house.named.deleteVersion(ALICE, NAME, 2);

        assertEquals(new Problem.PromptNotFound(NAME.text()), problem(this::latest));
        assertEquals(Optional.empty(), house.catalog.prompt(id));
        save(new Draft.Slot.Next(), "anew");
        assertEquals(List.of(1), numbers());
    }

    @Test
    void aVersionThatAReleasePointsToIsNotDeleted() {
        save(new Draft.Slot.Next(), "one");
        save(new Draft.Slot.Next(), "two");
        Draft release = new Draft(
                new Draft.Content.Current(),
                new Draft.Slot.Next(),
                Optional.of(SemVer.parse("1.0.0")),
                Metadata.NONE,
                Source.CHECKPOINT);
        house.save(id(), release);

        assertEquals(new Problem.Pinned(2, "release 1.0.0"), problem(() -> house.named.deleteVersion(ALICE, NAME, 2)));
        house.named.deleteVersion(ALICE, NAME, 1);
        assertEquals(new Problem.Pinned(2, "release 1.0.0"), problem(() -> house.named.deleteVersion(ALICE, NAME, 2)));
        assertEquals(List.of(2), numbers());
    }

    @Test
    void tagsAreThePromptsAndStayWhenVersionsCome() {
        save(new Draft.Slot.Next(), "one");
        Tag red = new Tag("colour", "red");
        Tag blue = new Tag("colour", "blue");

        house.named.tag(ALICE, NAME, TagEdit.add(List.of(red, blue, red)));
        save(new Draft.Slot.Next(), "two");
        house.named.tag(ALICE, NAME, TagEdit.remove(List.of(red, new Tag("no", "such"))));

        assertEquals(List.of(blue), List.copyOf(latest().prompt().tags()));
        assertEquals(
                new Problem.Denied(id(), dev.versicle.prompt.Right.UPDATE),
                problem(() -> house.named.tag(BOB, NAME, TagEdit.add(List.of(red)))));
    }
}
