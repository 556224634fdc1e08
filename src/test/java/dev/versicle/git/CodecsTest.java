package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the vocabulary accepts comes back the same to the byte: through each codec, and through a repository. */
class CodecsTest {
    private static final Instant MOMENT = Instant.parse("2026-04-22T10:14:00.123Z");
    private static final int ROUNDS = 3_000;

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_422})
    void aCommitMessageSaysWhatWasWritten(long seed) {
        Wild wild = new Wild(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Metadata metadata = wild.metadata();
            VersionMessage message = new VersionMessage(
                    Optional.of(1 + wild.below(Draft.NUMBER_MAX)),
                    metadata,
                    metadata.displayVersion().map(text -> MOMENT),
                    wild.maybe("").map(ignored -> new SemVer(wild.below(9), wild.below(9), wild.below(9))),
                    new VersionMessage.Made(
                            List.of(Source.values()).get(wild.below(3)),
                            Optional.of("s" + wild.line(Caller.CHARACTERS_MAX - 1)),
                            wild.maybe("").map(ignored -> MOMENT)));
            assertEquals(message, CommitCodec.read(CommitCodec.write(message)), "seed " + seed + ", round " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20_260_422})
    void aNoteSaysWhatWasWritten(long seed) {
        Wild wild = new Wild(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Metadata wide = wild.metadata();
            Metadata metadata = new Metadata(Optional.empty(), wide.displayVersion(), wide.title(), wide.description());
            Note note = new Note(
                    metadata,
                    metadata.displayVersion().map(text -> MOMENT),
                    "s" + wild.line(Caller.CHARACTERS_MAX - 1),
                    MOMENT,
                    wild.below(2) == 0);
            assertEquals(note, NoteCodec.read(NoteCodec.write(note)), "seed " + seed + ", round " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20_260_422})
    void anythingThatWasPushedCanBeRead(long seed) {
        Wild wild = new Wild(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String text = wild.chaos();
            assertDoesNotThrow(() -> CommitCodec.read(text), "seed " + seed + ", round " + i);
            assertDoesNotThrow(() -> NoteCodec.read(text), "seed " + seed + ", round " + i);
        }
    }

    @Test
    void metadataComesBackThroughACommitAndANote() {
        long seed = 4;
        Wild wild = new Wild(seed);
        try (House house = new House(root)) {
            PromptId id = house.create("wild", "0");
            for (int i = 0; i < 60; i++) {
                Metadata saved = wild.metadata();
                Metadata edited = wild.metadata();
                VersionRef.Id version = VersionRef.Id.parse(house.save(
                                id,
                                new Draft(
                                        body("t" + i), new Draft.Slot.Next(), Optional.empty(), saved, Source.AI_APPLY))
                        .version()
                        .commit()
                        .hex());
                assertEquals(saved, fresh(house, id, version).metadata(), "seed " + seed + ", round " + i);

                house.prompts.edit(ALICE, id, version, toward(edited), Expected.NOTHING);

                Metadata expected =
                        new Metadata(saved.label(), edited.displayVersion(), edited.title(), edited.description());
                assertEquals(expected, fresh(house, id, version).metadata(), "seed " + seed + ", round " + i);
            }
            house.requireSound();
        }
    }

    /** A save does not read back what it wrote; it must know it as if it had. */
    @Test
    void whatASaveAnswersIsWhatAnotherReaderFinds() {
        long seed = 11;
        Wild wild = new Wild(seed);
        try (House house = new House(root)) {
            PromptId id = house.create("wild", "0");
            for (int i = 0; i < 60; i++) {
                house.tick(wild.below(3));
                Draft draft = new Draft(content(wild), slot(wild), Optional.empty(), wild.metadata(), Source.AI_APPLY);

                Version saved = house.save(id, draft).version();

                VersionRef.Id ref = VersionRef.Id.parse(saved.commit().hex());
                Version found = house.prompts.version(ALICE, id, ref);
                assertEquals(saved, found, "seed " + seed + ", round " + i);
                assertEquals(saved, fresh(house, id, ref), "seed " + seed + ", round " + i);
            }
        }
    }

    private static Draft.Content content(Wild wild) {
        String text = wild.block(2_000);
        if (wild.below(3) == 0) {
            ModelName model = new ModelName("provider", "model:" + wild.below(9));
            return new Draft.Content.Template(
                    new PromptText(text), new TreeSet<>(wild.below(2) == 0 ? Set.of() : Set.of(model)));
        }
        return wild.below(3) == 0
                ? new Draft.Content.Files(PromptFiles.of(Map.of(
                        wild.below(2) == 0 ? "prompt.md" : "one/only.txt",
                        new PromptFile(text.getBytes(StandardCharsets.UTF_8), false),
                        wild.below(2) == 0 ? "config.json" : "one/more.txt",
                        new PromptFile("{}".getBytes(StandardCharsets.UTF_8), false))))
                : body(text);
    }

    private static Draft.Slot slot(Wild wild) {
        int number = 1 + wild.below(9);
        return switch (wild.below(5)) {
            case 0 -> new Draft.Slot.Exactly(number);
            case 1 -> new Draft.Slot.InPlace(number);
            case 2 -> new Draft.Slot.LatestInPlace();
            default -> new Draft.Slot.Next();
        };
    }

    /** Read by another store, which has cached nothing. */
    private static Version fresh(House house, PromptId id, VersionRef ref) {
        GitPromptStore other = new GitPromptStore(house.repositories, house.catalog, 1 << 20, house.now::get);
        try (var repository = other.open(id)) {
            return repository.version(ref);
        }
    }

    private static MetadataEdit toward(Metadata wanted) {
        return new MetadataEdit(field(wanted.displayVersion()), field(wanted.title()), field(wanted.description()));
    }

    private static <T> Field<T> field(Optional<T> value) {
        return value.<Field<T>>map(Field.Set::new).orElseGet(Field.Clear::new);
    }

    @Test
    void whateverPeopleAreCalledTheirCommitsAreSound() {
        try (House house = new House(root)) {
            PromptId id = house.create("names", "0");
            List<String> names =
                    List.of("<>", "a <b@c> d", "<a@b>", ".", " x ", "\u00a0", "🎈", "x\u2028y", "'\"", ",;");
            for (String name : names) {
                Caller caller =
                        new Caller(name, Optional.of(name), Optional.of(name), Namespace.DEFAULT, Set.of(Role.ADMIN));
                Version version = house.prompts
                        .checkpoint(caller, id, Draft.checkpoint(body("by " + name)), Expected.NOTHING)
                        .version();
                assertEquals(
                        name,
                        fresh(house, id, VersionRef.Id.parse(version.commit().hex()))
                                .snapshot()
                                .origin()
                                .createdBy());
            }
            house.requireSound();
        }
    }

    @Test
    void settingsComeBackAndWhatThisServerDoesNotKnowStays() throws IOException {
        Wild wild = new Wild(5);
        for (int i = 0; i < 500; i++) {
            PromptSettings settings = new PromptSettings(
                    new PromptSettings.Identity(
                            Namespace.DEFAULT,
                            new PromptName("n" + wild.line(PromptName.CHARACTERS_MAX - 1)),
                            List.of("f" + wild.line(9), wild.line(20))),
                    wild.maybe(wild.block(PromptSettings.DESCRIPTION_CHARACTERS_MAX)),
                    new TreeSet<>(Set.of(new Tag("t" + wild.line(50), wild.line(50)), new Tag("t", "v"))),
                    new PromptSettings.Access(
                            wild.line(50),
                            Visibility.PUBLIC,
                            Map.of(wild.line(30), Right.PROMOTE, "bob", Right.READ),
                            new TreeSet<>(Set.of(new EnvironmentName("e" + wild.below(9))))),
                    new PromptSettings.Creation(wild.line(40), MOMENT));
            ObjectNode before = Json.object();
            before.putObject("later").put("z", 1).put("a", "\u2028\ud83c\udf88");
            byte[] file = SettingsCodec.write(settings, before);

            assertEquals(settings, SettingsCodec.read(file), "round " + i);
            byte[] again = SettingsCodec.write(SettingsCodec.read(file), SettingsCodec.raw(Optional.of(file)));
            assertEquals(Json.read(file), Json.read(again));
            assertTrue(Json.read(again).path("later").path("z").isInt());
        }
    }

    @Test
    void whateverIsSaidOfAMoveComesBackToTheByte() throws IOException {
        Wild wild = new Wild(6);
        for (int i = 0; i < 2_000; i++) {
            Environment.Target target = new Environment.Target(
                    1 + wild.below(Draft.NUMBER_MAX), new CommitId("%040x".formatted(wild.below(Integer.MAX_VALUE))));
            Environment.Moved moved = new Environment.Moved(
                    wild.line(Caller.CHARACTERS_MAX),
                    MOMENT.plusMillis(wild.below(Integer.MAX_VALUE)),
                    wild.maybe(wild.block(Environment.MESSAGE_CHARACTERS_MAX)));
            byte[] file = EnvironmentCodec.write(target, moved);

            assertEquals(new Pointer(target, moved, "f"), EnvironmentCodec.read(file, "f"), "round " + i);
            assertArrayEquals(file, Json.write(Json.read(file)));
            assertTrue(file.length <= EnvironmentRules.FILE_BYTES_MAX);
            Environment.Moved dropped = new Environment.Moved(moved.by(), moved.at(), Optional.empty());
            String message = EnvironmentCodec.dropped(new EnvironmentName("production"), target, dropped);
            assertEquals(Optional.of(dropped), EnvironmentCodec.readDropped(message), "round " + i);
        }
    }

    @Test
    void anEnvironmentsFileThatIsNotAsWeWriteItIsNotRead() {
        String good = "\"commit\": \"" + "a".repeat(40) + "\", \"moved_at\": \"2026-04-22T10:14:00.123Z\","
                + " \"moved_by\": \"x\", \"version\": 1";
        for (String bad : List.of(
                "",
                "[]",
                "{}",
                "{" + good.replace("a".repeat(40), "a") + "}",
                "{" + good.replace(".123Z", "Z") + "}",
                "{" + good.replace("\"version\": 1", "\"version\": 0") + "}",
                "{" + good.replace("\"version\": 1", "\"version\": 2147483647") + "}",
                "{" + good.replace("\"version\": 1", "\"version\": \"1\"") + "}",
                "{" + good.replace("moved_by", "by") + "}",
                "{" + good + ", \"message\": \"" + "m".repeat(1_001) + "\"}")) {
            byte[] bytes = bad.getBytes(StandardCharsets.UTF_8);
            assertThrows(IOException.class, () -> EnvironmentCodec.read(bytes, "f"), bad);
        }
        for (String path :
                List.of("production", "production.txt", "Production.json", "latest.json", ".json", "a/b.json")) {
            assertEquals(Optional.empty(), EnvironmentCodec.name(path), path);
        }
        assertEquals(Optional.empty(), EnvironmentCodec.readDropped("production dropped\n"));
    }

    @Test
    void headersAreThereOnlyWhereEveryLineHasAKnownKey() {
        Set<String> known = Set.of("A", "B");
        assertEquals(
                Optional.of(" x : y "), Headers.read("A:  x : y \nB: ", known).flatMap(h -> h.value("A")));
        assertEquals(Optional.of(""), Headers.read("A: 1\nB: ", known).flatMap(h -> h.value("B")));
        assertEquals(Optional.of("1"), Headers.read("A: 1\nA: 2", known).flatMap(h -> h.value("A")));
        for (String block : List.of("", "A: 1\n", "A: 1\nC: 2", "A:1", "a: 1", " A: 1", "A: 1\nplain")) {
            assertEquals(Optional.empty(), Headers.read(block, known), block);
        }
    }

    @Test
    void aPushedMessageIsReadAsGitShowsIt() {
        assertEquals(
                pushed("subject", "body\n\nmore"),
                CommitCodec.read("subject\n\nbody\n\nmore\n").metadata());
        assertEquals(
                pushed("two lines", "body"),
                CommitCodec.read("two\nlines\n\nbody\n").metadata());
        assertEquals(
                pushed("late", "body"), CommitCodec.read("\n \nlate\n\nbody\n").metadata());
        assertEquals(
                pushed("crlf", "body\r\nmore"),
                CommitCodec.read("crlf\r\n\r\nbody\r\nmore\r\n").metadata());
        assertEquals(
                pushed("x".repeat(200), ""), CommitCodec.read("x".repeat(5000)).metadata());
        assertEquals(Metadata.NONE, CommitCodec.read("").metadata());
        assertEquals(Metadata.NONE, CommitCodec.read("\n\n\n").metadata());
        assertEquals(pushed("Version: 4", ""), CommitCodec.read("Version: 4\n").metadata());
        assertEquals(
                pushed("Fix: a thing", "See: that"),
                CommitCodec.read("Fix: a thing\n\nSee: that\n").metadata());
        assertEquals(
                Optional.of(new DisplayVersion("v2")),
                CommitCodec.read("s\n\nDisplay-Version: v2\n").metadata().displayVersion());
        assertEquals(Optional.empty(), CommitCodec.read("s\n\nVersion: 0\n").number());
        assertEquals(
                Optional.empty(),
                CommitCodec.read("s\n\nVersion: 99999999999\n").number());
        assertEquals(Optional.of(7), CommitCodec.read("s\n\nVersion: 7\n").number());
    }

    private static Metadata pushed(String title, String description) {
        return new Metadata(Optional.empty(), Optional.empty(), Optional.of(title), Optional.of(description));
    }
}
