package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.TrashDesk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a kill comes, over all of time the same is told as without one: each once, and in the same order. */
@BesideOthers
@ResourceLock(Operations.PREPARED)
class KilledEventsTest {
    private static final List<String> INDEX = List.of("catalog.db", "catalog.db-wal", "catalog.db-shm");

    @TempDir
    private static Path prepared;

    private static PromptId id = new PromptId("0".repeat(24));

    /** A bundle of the prompt, with all that it has. */
    private static byte[] bundle = {};

    @TempDir
    private Path root;

    /** What lies in {@code data} was all told, as a killed server leaves it; in {@code trash} the prompt is deleted. */
    @BeforeAll
    static void prepareOnce() throws IOException {
        id = Operations.prepare(prepared.resolve("first"), prepared.resolve("carol"));
        killed(prepared.resolve("first"), prepared.resolve("second"), house -> {});
        killed(prepared.resolve("second"), prepared.resolve("data"), house -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            transfers(house).write(ALICE, id, out);
            bundle = out.toByteArray();
        });
        killed(prepared.resolve("data"), prepared.resolve("trash"), house -> house.prompts.delete(ALICE, id));
        Files.createDirectory(prepared.resolve("empty"));
    }

    /** Leaves in {@code to} what a server would that began with {@code from} and was killed after this. */
    private static void killed(Path from, Path to, Consumer<House> work) {
        Path lived = to.resolveSibling(to.getFileName() + "-lived");
        Look.copy(from, lived);
        try (House house = new House(lived, Operations.LATER)) {
            work.accept(house);
            Look.copy(lived, to);
        }
    }

    private static Transfers transfers(House house) {
        return new Transfers(house.store, house.catalog, house.system, house.now::get);
    }

    /** An operation, and what it begins with. */
    record Deed(String name, String from, Operations.Act act) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Deed> deeds() {
        return Stream.concat(
                Operations.all().map(operation -> new Deed(operation.name(), "data", operation.act())), arrivals());
    }

    private static Stream<Deed> arrivals() {
        Draft first = new Draft(
                body("first"),
                new Draft.Slot.Next(),
                Optional.of(SemVer.parse("1.0.0")),
                Operations.displayed("beta"),
                Source.MANUAL_SAVE);
        return Stream.of(
                new Deed("a creation", "empty", (house, ignored) -> house.create("fresh", "first")),
                new Deed(
                        "a creation beside others",
                        "data",
                        (house, ignored) -> house.prompts.create(
                                ALICE,
                                new NewPrompt(
                                        new PromptName("fresh"),
                                        Optional.empty(),
                                        Optional.of(new PromptText("first"))))),
                new Deed("a creation with tags", "data", (house, ignored) -> released(house, first)),
                new Deed(
                        "a way back from the trash",
                        "trash",
                        (house, deleted) ->
                                new TrashDesk(house.prompts, house.store, house.catalog).restore(ALICE, deleted)),
                new Deed(
                        "an import",
                        "empty",
                        (house, brought) -> transfers(house).read(ALICE, brought, Bundled.content(bundle))));
    }

    private static void released(House house, Draft first) {
        PromptId fresh = new PromptId("ab".repeat(12));
        if (house.catalog.prompt(fresh).isEmpty()) {
            house.store.create(
                    fresh,
                    house.prompts.settings(ALICE, id).renamed(new PromptName("with tags")),
                    Optional.of(first),
                    ALICE);
        }
    }

    private Path copied(Deed deed, String name) {
        Path copy = root.resolve(name);
        Look.copy(prepared.resolve(deed.from()), copy);
        return copy;
    }

    /** What events tell, but who did it, which a kill may leave unknown, and when. */
    private static List<String> told(House house, long after) {
        return Told.all(house).stream()
                .filter(event -> event.number() > after)
                .map(event -> event.prompt().name() + " " + event.fact())
                .toList();
    }

    private static long begun(Path place) {
        Path file = place.resolve("catalog.db");
        if (!Files.exists(file)) {
            return 0;
        }
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            return catalog.events().after(0, 1_000_000).stream()
                    .mapToLong(Event::number)
                    .max()
                    .orElse(0);
        }
    }

    /** The data directory as it was after each step. */
    private Map<Path, String> shots(Deed deed) {
        Map<Path, String> shots = new TreeMap<>();
        Path film = copied(deed, "film");
        AtomicInteger count = new AtomicInteger(100);
        boolean[] rolling = {false};
        Watched.Watcher camera = step -> {
            if (rolling[0] && step.startsWith("after")) {
                Path shot = root.resolve("shot-" + count.incrementAndGet());
                Look.copy(film, shot);
                shots.put(shot, step);
            }
        };
        try (House house = new House(film, Operations.LATER, new Watched(camera))) {
            rolling[0] = true;
            deed.act().on(house, id);
        }
        return shots;
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void aKillAtAnyStepTellsTheSameInTheSameOrder(Deed deed) {
        long before = begun(copied(deed, "begun"));
        Path whole = copied(deed, "whole");
        List<String> expected;
        try (House house = new House(whole, Operations.LATER)) {
            deed.act().on(house, id);
            expected = told(house, before);
        }

        for (Map.Entry<Path, String> shot : shots(deed).entrySet()) {
            try (House house = new House(shot.getKey(), Operations.LATER)) {
                List<String> found = told(house, before);
                assertEquals(expected.subList(0, Math.min(found.size(), expected.size())), found, shot.getValue());
                finish(deed, house, found.size() < expected.size());
                assertEquals(expected, told(house, before), shot.getValue());
            }
        }
    }

    private static void finish(Deed deed, House house, boolean isHalf) {
        if (isHalf) {
            Operations.retry(deed.act(), house, id);
        }
    }

    /** A power cut may take back what the index learned since it was forced: all of the operation, here. */
    @ParameterizedTest
    @MethodSource("deeds")
    void anIndexThatLostTheOperationTellsTheSame(Deed deed) throws IOException {
        long before = begun(copied(deed, "begun"));
        Path place = copied(deed, "data");
        List<String> expected;
        try (House house = new House(place, Operations.LATER)) {
            deed.act().on(house, id);
            expected = told(house, before);
        }
        Path wasThere = wasThere(deed);
        for (String file : INDEX) {
            Files.deleteIfExists(place.resolve(file));
            if (Files.exists(wasThere.resolve(file))) {
                Files.copy(wasThere.resolve(file), place.resolve(file));
            }
        }

        try (House house = new House(place, Operations.LATER)) {
            assertEquals(
                    known(deed, expected), told(house, before).stream().sorted().toList());
        }
    }

    /** The index as it was before; where there was none, a whole one of nothing. */
    private Path wasThere(Deed deed) {
        Path from = prepared.resolve(deed.from());
        if (Files.exists(from.resolve("catalog.db"))) {
            return from;
        }
        killed(from, root.resolve("nothing"), house -> {});
        return root.resolve("nothing");
    }

    /**
     * What came with a prompt that the index does not know is not told one by one: its tags are not, here. Nor is what
     * was edited of a version that it does not know either.
     */
    private static List<String> known(Deed deed, List<String> expected) {
        boolean arrives = arrivals().anyMatch(arrival -> arrival.name().equals(deed.name()));
        return expected.stream()
                .filter(line -> !(arrives && line.contains("refs/tags/")))
                .filter(line -> !(line.contains("MetadataChanged") && expected.contains(creation(line))))
                .sorted()
                .toList();
    }

    private static String creation(String metadata) {
        return metadata.replace("MetadataChanged", "VersionCreated").replace(", deleted=false", "");
    }

    /** A creation is left out: it needs all names, which an index that is being read anew does not know. */
    @ParameterizedTest
    @MethodSource("dev.versicle.git.Operations#all")
    void anIndexMadeAnewTellsNothingOfWhatWasThere(Operations.Operation operation) throws IOException {
        Path place = copied(new Deed("", "data", operation.act()), "data");
        try (House house = new House(place, Operations.LATER)) {
            operation.act().on(house, id);
        }
        for (String file : INDEX) {
            Files.deleteIfExists(place.resolve(file));
        }

        try (House house = new House(place, Operations.LATER)) {
            assertEquals(List.of(), told(house, 0));
        }
    }

    /** An import is left out: one that fails is taken away again, which is told, too. */
    static Stream<Deed> lastingDeeds() {
        return deeds().filter(deed -> !deed.name().equals("an import"));
    }

    @ParameterizedTest
    @MethodSource("lastingDeeds")
    void aStepThatFailsInARunningServerTellsTheSameBeforeTheNextAnswer(Deed deed) {
        long before = begun(copied(deed, "begun"));
        List<String> expected;
        try (House house = new House(copied(deed, "whole"), Operations.LATER)) {
            deed.act().on(house, id);
            expected = told(house, before);
        }

        boolean failed = true;
        for (int step = 1; failed; step++) {
            AtomicInteger countdown = new AtomicInteger(0);
            Watched.Watcher saboteur = at -> {
                // A claim that is made and fails nonetheless keeps its name until the next start.
                if (at.startsWith("after") && !at.equals("after claim") && countdown.decrementAndGet() == 0) {
                    throw new UncheckedIOException(new IOException("as the test wants it, " + at));
                }
            };
            try (House house = new House(copied(deed, "failing-" + step), Operations.LATER, new Watched(saboteur))) {
                countdown.set(step);
                failed = fails(deed, house);
                countdown.set(0);
                house.store.ids().forEach(prompt -> house.store.open(prompt).close());
                vanished(house);
                List<String> found = told(house, before);
                assertEquals(expected.subList(0, Math.min(found.size(), expected.size())), found);
                finish(deed, house, found.size() < expected.size());
                assertEquals(expected, told(house, before));
            }
        }
        assertTrue(expected.isEmpty() || !failed);
    }

    private static boolean fails(Deed deed, House house) {
        try {
            deed.act().on(house, id);
            return false;
        } catch (UncheckedIOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("as the test wants it"));
            return true;
        }
    }

    /** What the next start would do, for a deletion that failed behind its commit point. */
    private static void vanished(House house) {
        List<PromptId> there = house.store.ids().toList();
        PromptIndex index = house.catalog;
        index.known().stream().filter(known -> !there.contains(known)).forEach(house.store::index);
    }
}
