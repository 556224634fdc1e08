package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a kill between any two steps of a write leaves behind is the state before or after it, and a retry ends it. */
class KilledTest {
    private static final Instant START = Instant.parse("2026-04-22T10:14:00.123Z");
    private static final Instant LATER = START.plusSeconds(600);
    private static final VersionRef ONE = new VersionRef.Numbered(1);

    @TempDir
    private static Path prepared;

    @TempDir
    private static Path clone;

    private static Optional<Pusher> carol = Optional.empty();
    private static PromptId id = new PromptId("0".repeat(24));
    private static List<String> before = List.of();

    @TempDir
    private Path root;

    @BeforeAll
    static void prepareOnce() {
        id = prepare(prepared.resolve("data"));
        try (House house = new House(prepared.resolve("data"), LATER)) {
            before = Look.at(house);
            carol = Optional.of(Pusher.clone(house, id, clone.resolve("carol")));
            carol.get().commitAt(LATER, "five", "five\n\nDisplay-Version: d");
            carol.get().commitAt(LATER, "six", "six");
            carol.get().git.run("tag", "six", "main");
        }
    }

    interface Act {
        void on(House house, PromptId id);
    }

    /** A write, and the writes whose state a kill in its midst may leave. */
    record Operation(String name, Act act, List<Act> between) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Operation operation(String name, Act act, Act... between) {
        return new Operation(name, act, List.of(between));
    }

    private static Metadata displayed(String text) {
        return new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(text)), Optional.empty(), Optional.empty());
    }

    private static Metadata labelled(String label) {
        return new Metadata(Optional.of(label), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Draft released(String text, String release, Metadata metadata) {
        return new Draft(
                body(text), new Draft.Slot.Next(), Optional.of(SemVer.parse(release)), metadata, Source.MANUAL_SAVE);
    }

    private static Act save(Draft draft) {
        return (house, id) -> house.save(id, draft);
    }

    private static Act saveInto(int slot, String text, Metadata metadata) {
        return save(draft(text, new Draft.Slot.Exactly(slot), metadata));
    }

    private static Act edit(int number, Field<DisplayVersion> display, Field<String> description) {
        MetadataEdit edit = new MetadataEdit(display, new Field.Keep<>(), description);
        return (house, id) -> house.prompts.edit(ALICE, id, new VersionRef.Numbered(number), edit, Expected.NOTHING);
    }

    /** What a retry finds done may be refused; what it left undone it does. */
    private static Act push(String... refspecs) {
        return (house, id) -> carol.orElseThrow().to(house).push(refspecs);
    }

    private static Act update(Optional<String> name, Optional<String> text) {
        PromptEdit edit = new PromptEdit(name.map(PromptName::new), new Field.Keep<>(), text.map(PromptText::new));
        return (house, id) -> house.prompts.update(ALICE, id, edit);
    }

    /** Moves it from wherever it is seen to be. */
    private static Act promote(String environment, int number) {
        return (house, id) -> {
            EnvironmentDesk desk = new EnvironmentDesk(house.prompts);
            EnvironmentName name = new EnvironmentName(environment);
            List<Expected.Stamp> seen = desk.environments(ALICE, id).stream()
                    .filter(found -> found.name().equals(name))
                    .map(found -> new Expected.Stamp(found.target().commit().hex(), Optional.empty()))
                    .toList();
            VersionRef to = new VersionRef.Numbered(number);
            desk.move(ALICE, id, name, new EnvironmentDesk.Wish(to, Optional.of("why")), new Expected(seen));
        };
    }

    private static Act dropEnvironment(String name) {
        return (house, id) ->
                new EnvironmentDesk(house.prompts).drop(ALICE, id, new EnvironmentName(name), Expected.NOTHING);
    }

    private static Act restore(int number) {
        return (house, id) -> house.prompts.restore(ALICE, id, new VersionRef.Numbered(number));
    }

    private static Act merge(String branch) {
        Merge merge = Merge.of(new BranchName(branch), Optional.empty());
        return (house, id) -> new BranchDesk(house.prompts).merge(ALICE, id, merge, Expected.NOTHING);
    }

    private static void branch(House house, PromptId id, String branch, int from) {
        String fork = house.prompts
                .version(ALICE, id, new VersionRef.Numbered(from))
                .commit()
                .hex();
        PromptFiles files = Forked.files(Map.of("prompt.md", from == 3 ? "three" : "four", branch, "new\n"));
        new Forked(house, id).push(branch, files, branch, fork);
    }

    /**
     * On versions 1 "one" (displayed a), 2 "two" (a, then b by an edit), 3 "three" (c), 4 "four", a draft, and branches
     * "aside" and "ahead" of 3 and 4; production is 3.
     */
    static Stream<Operation> operations() {
        Field<DisplayVersion> b = new Field.Set<>(new DisplayVersion("b"));
        Field<DisplayVersion> c = new Field.Set<>(new DisplayVersion("c"));
        Draft seal = Draft.checkpoint(new Draft.Content.Current());
        return Stream.of(
                operation("a save", save(Draft.checkpoint(body("five")))),
                operation("a release that takes a display version over", save(released("v", "1.0.0", displayed("b")))),
                operation("a release in a display tag's way", save(released("v", "2.0.0", displayed("2.0.0/beta")))),
                operation("a release on an unchanged tree", save(released("four", "1.0.0", Metadata.NONE))),
                operation("an overwritten slot", saveInto(1, "uno", displayed("c"))),
                operation("a slot overwritten again", saveInto(2, "due", Metadata.NONE)),
                operation("the latest slot, overwritten", saveInto(4, "quattro", displayed("a"))),
                operation("a slot saved with new metadata alone", saveInto(3, "three", displayed("b"))),
                operation("a gap", saveInto(9, "nine", displayed("a"))),
                operation("a first edit of a display version", edit(3, b, new Field.Set<>("Why\n\nnot"))),
                operation("a second edit", edit(2, c, new Field.Keep<>())),
                operation("a display version cleared", edit(3, new Field.Clear<>(), new Field.Keep<>())),
                operation("a draft", update(Optional.empty(), Optional.of("a newer draft"))),
                operation("a rename", update(Optional.of("new name"), Optional.empty())),
                operation(
                        "a rename with a draft",
                        update(Optional.of("new name"), Optional.of("a newer draft")),
                        update(Optional.of("new name"), Optional.empty())),
                operation(
                        "a restore over a draft",
                        restore(1),
                        update(Optional.empty(), Optional.of("one")),
                        (house, id) -> {
                            update(Optional.empty(), Optional.of("one")).on(house, id);
                            saveInto(5, "one", labelled("Restored from version 1"))
                                    .on(house, id);
                        }),
                operation("a restore of the latest", restore(4)),
                operation("a merge", merge("aside")),
                operation("a fast-forward", merge("ahead")),
                operation("a sealed draft", save(seal), save(Draft.checkpoint(body("the draft")))),
                operation("an environment made", promote("staging", 3)),
                operation("an environment moved", promote("production", 4)),
                operation("an environment dropped", dropEnvironment("production")),
                operation("a push of two versions", push("six:refs/heads/main")),
                operation(
                        "a push of versions, a release and a display version",
                        push("six:refs/heads/main", "six:refs/tags/3.0.0", "six:refs/tags/c"),
                        push("six:refs/heads/main"),
                        push("six:refs/heads/main", "six:refs/tags/3.0.0")),
                operation("a pushed draft", push("main~2:refs/heads/draft")),
                operation("a pushed tag that moves", push("main~5:refs/tags/c")),
                operation("a pushed tag that goes", push(":refs/tags/b")),
                operation("a pushed branch", push("six:refs/heads/side")),
                operation("a deletion", (house, id) -> house.prompts.delete(ALICE, id)));
    }

    private static PromptId prepare(Path place) {
        try (House house = new House(place, START)) {
            PromptId id = house.create("old name", "zero");
            saveInto(1, "one", displayed("a")).on(house, id);
            house.tick(1);
            house.save(id, draft("two before", new Draft.Slot.Next(), displayed("a")));
            house.tick(1);
            house.save(id, draft("three", new Draft.Slot.Next(), displayed("c")));
            saveInto(2, "two", displayed("a")).on(house, id);
            house.tick(1);
            edit(2, new Field.Set<>(new DisplayVersion("b")), new Field.Set<>("edited"))
                    .on(house, id);
            house.save(id, draft("four", new Draft.Slot.Next(), displayed("2.0.0/alpha")));
            update(Optional.empty(), Optional.of("the draft")).on(house, id);
            promote("production", 3).on(house, id);
            branch(house, id, "aside", 3);
            branch(house, id, "ahead", 4);
            return id;
        }
    }

    private Path copied(String name) {
        Path copy = root.resolve(name);
        Look.copy(prepared.resolve("data"), copy);
        return copy;
    }

    private List<String> lookAfter(String name, Act act) {
        try (House house = new House(copied(name), LATER)) {
            act.on(house, id);
            return Look.at(house);
        }
    }

    /** The data directory as it was at each step of an operation. */
    private Map<Path, String> shots(Operation operation) {
        Map<Path, String> shots = new TreeMap<>();
        Path film = copied("film");
        AtomicInteger count = new AtomicInteger(100);
        Watched.Watcher camera = step -> {
            // What lies on the disk before a step is what lay there after the one before it, and a few objects.
            if (step.startsWith("after")) {
                Path shot = root.resolve("shot-" + count.incrementAndGet());
                Look.copy(film, shot);
                shots.put(shot, step);
            }
        };
        try (House house = new House(film, LATER, new Watched(camera))) {
            operation.act().on(house, id);
        }
        return shots;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aKillAtAnyStepLeavesTheStateBeforeOrAfterAndARetryFinishesIt(Operation operation) throws IOException {
        List<String> after = lookAfter("after", operation.act());
        Set<List<String>> legal = new LinkedHashSet<>(List.of(before, after));
        for (int i = 0; i < operation.between().size(); i++) {
            legal.add(lookAfter("between-" + i, operation.between().get(i)));
        }

        Map<Path, String> shots = shots(operation);

        assertTrue(shots.size() >= 1, shots::toString);
        for (Map.Entry<Path, String> shot : shots.entrySet()) {
            try (House house = new House(shot.getKey(), LATER)) {
                List<String> found = Look.at(house);
                assertTrue(legal.contains(found), () -> shot.getValue() + ": " + difference(found, before, after));
                retry(operation, house);
                assertEquals(after, Look.at(house), shot.getValue());
                soundIfThere(house);
            }
        }
        rebuilt(shots.keySet().stream().reduce((one, other) -> other).orElseThrow(), after);
    }

    private static void soundIfThere(House house) {
        if (Files.exists(house.repository(id))) {
            house.git(id).requireSound();
        }
    }

    /** What was done already may be refused. */
    private static void retry(Operation operation, House house) {
        try {
            operation.act().on(house, id);
        } catch (PromptException e) {
            assertTrue(Set.of("ReleaseExists", "PromptNotFound", "EnvironmentNotFound")
                    .contains(e.problem().getClass().getSimpleName()));
        }
    }

    private static void rebuilt(Path place, List<String> after) throws IOException {
        deleteIndex(place);
        try (House house = new House(place, LATER)) {
            List<String> found = Look.at(house);
            assertEquals(after, found, () -> "with a new index: " + difference(found, after, after));
        }
    }

    private static void deleteIndex(Path place) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(place.resolve("catalog.db" + suffix));
        }
    }

    private static String difference(List<String> found, List<String> before, List<String> after) {
        List<String> odd = new ArrayList<>(found);
        odd.removeIf(line -> before.contains(line) && after.contains(line));
        List<String> missing = new ArrayList<>(before);
        missing.removeIf(line -> found.contains(line) || !after.contains(line));
        return "found\n " + String.join("\n ", odd) + "\nmissing\n " + String.join("\n ", missing) + "\nbefore\n "
                + before.stream().filter(line -> !after.contains(line)).collect(Collectors.joining("\n "))
                + "\nafter\n "
                + after.stream().filter(line -> !before.contains(line)).collect(Collectors.joining("\n "));
    }

    /** A deletion is left out: it ends in the index alone, which the next start reads anew. */
    static Stream<Operation> mendedOperations() {
        return operations().filter(operation -> !operation.name().equals("a deletion"));
    }

    @ParameterizedTest
    @MethodSource("mendedOperations")
    void aStepThatFailsInARunningServerIsMendedBeforeTheNextAnswer(Operation operation) {
        List<String> after = lookAfter("after", operation.act());
        Set<List<String>> legal = new LinkedHashSet<>(List.of(before, after));
        for (int i = 0; i < operation.between().size(); i++) {
            legal.add(lookAfter("between-" + i, operation.between().get(i)));
        }

        int steps = 0;
        for (boolean failed = true; failed; steps++) {
            AtomicInteger countdown = new AtomicInteger(steps + 1);
            AtomicReference<String> at = new AtomicReference<>("");
            Watched.Watcher saboteur = step -> {
                if (step.startsWith("after") && countdown.decrementAndGet() == 0) {
                    at.set(step);
                    throw new UncheckedIOException(new IOException("as the test wants it, " + step));
                }
            };
            try (House house = new House(copied("failing-" + steps), LATER, new Watched(saboteur))) {
                failing(operation, house);
                countdown.set(0);
                List<String> found = Look.at(house);
                assertTrue(legal.contains(found), () -> at + ": " + difference(found, before, after));
                retry(operation, house);
                assertEquals(after, Look.at(house), at.get());
                failed = !at.get().isEmpty() || unsound(house);
            }
        }
        assertTrue(steps > 1);
    }

    /** At the end of each test: what all the failures together left in the repository is sound. */
    private static boolean unsound(House house) {
        house.git(id).requireSound();
        return false;
    }

    private static void failing(Operation operation, House house) {
        try {
            operation.act().on(house, id);
        } catch (UncheckedIOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("as the test wants it"));
        }
    }

    @Test
    void aCreationKilledAtAnyStepIsThereWhollyOrNotAtAll() {
        Map<Path, String> shots = new TreeMap<>();
        Path film = root.resolve("film");
        Watched.Watcher camera = step -> {
            Path shot = root.resolve("shot-" + (shots.size() + 100));
            Look.copy(film, shot);
            shots.put(shot, step);
        };
        try (House house = new House(film, START, new Watched(camera))) {
            house.create("fresh", "first");
        }

        assertTrue(shots.size() > 6, shots::toString);
        for (Map.Entry<Path, String> shot : shots.entrySet()) {
            try (House house = new House(shot.getKey(), LATER)) {
                assertTrue(
                        Set.of("[]", "[fresh: first, 1]").contains(overview(house)),
                        () -> shot.getValue() + " " + overview(house));
                createUnlessThere(house);
                assertEquals("[fresh: first, 1]", overview(house), shot.getValue());
                assertEquals(List.of(), names(house.root.resolve("new")));
                house.requireSound();
            }
        }
    }

    private static void createUnlessThere(House house) {
        if (overview(house).equals("[]")) {
            house.create("fresh", "first");
        }
    }

    private static String overview(House house) {
        return house.prompts.list(ALICE, new Page.Window(1, 100)).items().stream()
                .map(prompt -> prompt.settings().name() + ": " + prompt.text() + ", "
                        + house.prompts.version(ALICE, prompt.id(), ONE).number())
                .toList()
                .toString();
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatAKilledProcessLeftInTheWayIsRemoved() throws IOException {
        Path place = copied("data");
        Path repository =
                place.resolve("prompts").resolve(id.hex().substring(22)).resolve(id.hex() + ".git");
        List<Path> leftovers = List.of(
                repository.resolve("refs/heads/main.lock"),
                repository.resolve("refs/heads/draft.lock"),
                repository.resolve("refs/tags/2.0.0/alpha.lock"),
                repository.resolve("refs/notes/commits.lock"),
                repository.resolve("refs/versions/2.lock"),
                repository.resolve("packed-refs.lock"),
                repository.resolve("HEAD.lock"),
                repository.resolve("config.lock"),
                repository.resolve("objects/noz12345.tmp"),
                place.resolve("new/" + id + ".git/HEAD"));
        Files.createDirectories(place.resolve("new/" + id + ".git"));
        for (Path leftover : leftovers) {
            Files.writeString(leftover, "half");
        }

        try (House house = new House(place, LATER)) {
            assertEquals(before, Look.at(house));
            saveInto(2, "due", displayed("2.0.0/alpha")).on(house, id);
            edit(1, new Field.Clear<>(), new Field.Keep<>()).on(house, id);
            assertEquals(5, house.save(id, "five").version().number());
            assertEquals(List.of(), leftovers.stream().filter(Files::exists).toList());
            house.requireSound();
        }
    }
}
