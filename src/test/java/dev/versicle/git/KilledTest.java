package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a kill between any two steps of a write leaves behind is the state before or after it, and a retry ends it. */
@BesideOthers
@ResourceLock(Operations.PREPARED)
class KilledTest {
    private static final VersionRef ONE = new VersionRef.Numbered(1);

    @TempDir
    private static Path prepared;

    @TempDir
    private static Path clone;

    private static PromptId id = new PromptId("0".repeat(24));
    private static List<String> before = List.of();

    @TempDir
    private Path root;

    @BeforeAll
    static void prepareOnce() {
        id = Operations.prepare(prepared.resolve("data"), clone.resolve("carol"));
        try (House house = new House(prepared.resolve("data"), Operations.LATER)) {
            before = Look.at(house);
        }
    }

    private Path copied(String name) {
        Path copy = root.resolve(name);
        Look.copy(prepared.resolve("data"), copy);
        return copy;
    }

    private List<String> lookAfter(String name, Operations.Act act) {
        try (House house = new House(copied(name), Operations.LATER)) {
            act.on(house, id);
            return Look.at(house);
        }
    }

    /** The data directory as it was at each step of an operation. */
    private Map<Path, String> shots(Operations.Operation operation) {
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
        try (House house = new House(film, Operations.LATER, new Watched(camera))) {
            operation.act().on(house, id);
        }
        return shots;
    }

    @ParameterizedTest
    @MethodSource("dev.versicle.git.Operations#all")
    void aKillAtAnyStepLeavesTheStateBeforeOrAfterAndARetryFinishesIt(Operations.Operation operation)
            throws IOException {
        List<String> after = lookAfter("after", operation.act());
        Set<List<String>> legal = new LinkedHashSet<>(List.of(before, after));
        for (int i = 0; i < operation.between().size(); i++) {
            legal.add(lookAfter("between-" + i, operation.between().get(i)));
        }

        Map<Path, String> shots = shots(operation);

        assertTrue(shots.size() >= 1, shots::toString);
        for (Map.Entry<Path, String> shot : shots.entrySet()) {
            try (House house = new House(shot.getKey(), Operations.LATER)) {
                List<String> found = Look.at(house);
                assertTrue(legal.contains(found), () -> shot.getValue() + ": " + difference(found, before, after));
                Operations.retry(operation.act(), house, id);
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

    private static void rebuilt(Path place, List<String> after) throws IOException {
        deleteIndex(place);
        try (House house = new House(place, Operations.LATER)) {
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
    static Stream<Operations.Operation> mendedOperations() {
        return Operations.all().filter(operation -> !operation.name().equals("a deletion"));
    }

    @ParameterizedTest
    @MethodSource("mendedOperations")
    void aStepThatFailsInARunningServerIsMendedBeforeTheNextAnswer(Operations.Operation operation) {
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
            try (House house = new House(copied("failing-" + steps), Operations.LATER, new Watched(saboteur))) {
                failing(operation, house);
                countdown.set(0);
                List<String> found = Look.at(house);
                assertTrue(legal.contains(found), () -> at + ": " + difference(found, before, after));
                Operations.retry(operation.act(), house, id);
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

    private static void failing(Operations.Operation operation, House house) {
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
        try (House house = new House(film, Operations.START, new Watched(camera))) {
            house.create("fresh", "first");
        }

        assertTrue(shots.size() > 6, shots::toString);
        for (Map.Entry<Path, String> shot : shots.entrySet()) {
            try (House house = new House(shot.getKey(), Operations.LATER)) {
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

        try (House house = new House(place, Operations.LATER)) {
            assertEquals(before, Look.at(house));
            Operations.saveInto(2, "due", Operations.displayed("2.0.0/alpha")).on(house, id);
            Operations.edit(1, new Field.Clear<>(), new Field.Keep<>()).on(house, id);
            assertEquals(5, house.save(id, "five").version().number());
            assertEquals(List.of(), leftovers.stream().filter(Files::exists).toList());
            house.requireSound();
        }
    }
}
