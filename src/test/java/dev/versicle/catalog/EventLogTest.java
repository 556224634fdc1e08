package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.commit;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.killed;
import static dev.versicle.catalog.Samples.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.PromptIndex.EnvironmentMoves;
import dev.versicle.prompt.PromptIndex.RefValue;
import dev.versicle.prompt.PromptIndex.State;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index records of changes, how long it keeps that, and what of it a power cut leaves. */
class EventLogTest {
    private static final int ALL = 1_000_000;
    private static final EnvironmentMoves NO_ENVIRONMENTS = new EnvironmentMoves("", "", List.of(), Map.of());

    @TempDir
    private Path directory;

    private Path file;
    private SqliteCatalog catalog;
    private EventLog log;
    private final AtomicReference<Instant> now = new AtomicReference<>(MOMENT);

    @BeforeEach
    void open() {
        file = directory.resolve("catalog.db");
        catalog = SqliteCatalog.open(file, now::get);
        catalog.complete();
        log = catalog.events();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private static List<Event.Fact> facts(SqliteCatalog catalog, long after) {
        return catalog.events().after(after, ALL).stream().map(Event::fact).toList();
    }

    private static List<Long> numbers(SqliteCatalog catalog) {
        return catalog.events().after(0, ALL).stream().map(Event::number).toList();
    }

    /** Two events for each. */
    private void create(int from, int to) {
        for (int i = from; i <= to; i++) {
            catalog.record(id(i), change("prompt " + i));
        }
    }

    @Test
    void oldEventsAreDroppedInPartsAndTheNewOnesStay() {
        create(1, 2);
        now.set(MOMENT.plusSeconds(60));
        create(3, 3);

        assertTrue(log.drop(MOMENT.plusSeconds(1), 3));
        assertEquals(List.of(4L, 5L, 6L), numbers(catalog));
        assertEquals(3, log.dropped());
        assertTrue(log.drop(MOMENT.plusSeconds(1), 3));
        assertFalse(log.drop(MOMENT.plusSeconds(1), 3));
        assertEquals(List.of(5L, 6L), numbers(catalog));
        assertEquals(4, log.dropped());
    }

    @Test
    void nothingIsDroppedThatAFollowerHasNotPassed() {
        create(1, 2);
        log.reached("fast", 4);
        log.reached("slow", 0);
        assertFalse(log.drop(MOMENT.plusSeconds(1), ALL));

        log.reached("slow", 3);
        assertTrue(log.drop(MOMENT.plusSeconds(1), ALL));
        assertEquals(List.of(4L), numbers(catalog));
    }

    @Test
    void aFollowerNeverGoesBack() {
        log.reached("one", 5);
        log.reached("one", 0);

        assertEquals(Optional.of(5L), log.position("one"));
        assertEquals(Optional.empty(), log.position("other"));
    }

    @Test
    void numbersGoOnWhereAllEventsWereDropped() {
        create(1, 1);
        log.drop(MOMENT.plusSeconds(1), ALL);
        assertEquals(2, log.force());
        catalog.close();

        catalog = SqliteCatalog.open(file, now::get);
        log = catalog.events();
        assertEquals(2, log.force());
        create(2, 2);
        assertEquals(List.of(3L, 4L), numbers(catalog));
    }

    @Test
    void aFileHasOneEpochAndAnotherFileAnother() {
        String epoch = log.epoch();
        catalog.close();
        catalog = SqliteCatalog.open(file);
        assertEquals(epoch, catalog.events().epoch());

        try (SqliteCatalog other = SqliteCatalog.open(directory.resolve("other.db"))) {
            assertNotEquals(epoch, other.events().epoch());
        }
    }

    /** As a power cut leaves it: the log of writes ends where it was when all before was forced. */
    @Test
    void whatWasForcedIsThereWhenTheRestOfTheLogIsCutOff() throws IOException {
        create(1, 3);
        long told = log.force();
        long forced = Files.size(file.resolveSibling("catalog.db-wal"));
        create(4, 5);
        Path copy = killed(file);
        try (RandomAccessFile wal =
                new RandomAccessFile(directory.resolve("copy.db-wal").toFile(), "rw")) {
            assertTrue(wal.length() > forced);
            wal.setLength(forced);
        }

        try (SqliteCatalog found = SqliteCatalog.open(copy, now::get)) {
            assertEquals(6, told);
            assertEquals(State.UNCERTAIN, found.state());
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), numbers(found));
            assertEquals(3, found.count());
            found.record(id(4), change("prompt 4"));
            assertEquals(List.of(7L, 8L), numbers(found).subList(6, 8));
        }
    }

    @Test
    void aPromptReadIntoANewIndexIsNoEvent() {
        try (SqliteCatalog anew = SqliteCatalog.open(directory.resolve("anew.db"))) {
            anew.record(id(1), change("greeting", version(1, 11)));
            assertEquals(List.of(), facts(anew, 0));

            anew.record(id(1), change("greeting", version(2, 12)));
            assertEquals(List.of(new Event.VersionCreated(2, commit(12))), facts(anew, 0));
        }
    }

    @Test
    void whatAPromptCameWithIsAdoptedHoweverMuchItIs() {
        create(1, 1);
        Map<String, String> refs = new TreeMap<>();
        for (int i = 0; i < 2_500; i++) {
            refs.put("refs/tags/v" + i, commit(i).hex());
        }
        assertEquals(Optional.empty(), catalog.prompt(id(1)).orElseThrow().environments());

        catalog.adopt(id(1), refs, NO_ENVIRONMENTS);
        catalog.allRefs(id(1), refs);

        assertEquals(Optional.of(""), catalog.prompt(id(1)).orElseThrow().environments());
        assertEquals(2, log.after(0, ALL).size());
        refs.remove("refs/tags/v7");
        refs.put("refs/tags/v8", commit(9).hex());
        refs.put("refs/heads/side", commit(1).hex());
        catalog.allRefs(id(1), refs);
        assertEquals(
                List.of(
                        pushed("refs/tags/v7", Optional.of(7), Optional.empty()),
                        pushed("refs/heads/side", Optional.empty(), Optional.of(1)),
                        pushed("refs/tags/v8", Optional.of(8), Optional.of(9))),
                facts(catalog, 2));
    }

    private static Event.Pushed pushed(String ref, Optional<Integer> before, Optional<Integer> after) {
        return new Event.Pushed(
                ref,
                before.map(number -> commit(number).hex()),
                after.map(number -> commit(number).hex()));
    }

    @Test
    void aRefThatIsWhatWasToldOfItIsNoEvent() {
        create(1, 1);
        List<RefValue> there =
                List.of(new RefValue("refs/tags/a", Optional.of(commit(1).hex())));
        catalog.refs(id(1), there, Optional.of("ada"));
        catalog.refs(id(1), there, Optional.of("ada"));

        assertEquals(List.of(pushed("refs/tags/a", Optional.empty(), Optional.of(1))), facts(catalog, 2));
    }

    @Test
    void aPromptReadAnewTellsOfTheVersionsThatTheIndexDidNotHave() {
        catalog.record(id(1), change("greeting", version(1, 11), version(2, 12)));
        long before = log.force();

        catalog.restart(id(1));
        catalog.restart(id(1));
        assertEquals(Optional.empty(), catalog.latest(id(1)));
        assertEquals(0, catalog.prompt(id(1)).orElseThrow().counts().live());
        VersionEntry other = version(2, 22);
        catalog.record(id(1), change("greeting", version(1, 11), other));

        assertEquals(List.of(new Event.VersionCreated(2, commit(22))), facts(catalog, before));
        assertEquals(Optional.of(other), catalog.latest(id(1)));
        assertEquals(2, catalog.prompt(id(1)).orElseThrow().counts().live());
        assertEquals(Optional.empty(), catalog.byCommit(id(1), commit(12).hex()));
    }

    @Test
    void aPromptThatIsNotThereAnyMoreIsToldOfWithWhoCouldReadIt() {
        create(1, 1);

        catalog.vanished(id(1));
        catalog.vanished(id(1));

        assertEquals(List.of(new Event.Deleted(Set.of("ada"), false)), facts(catalog, 2));
    }
}
