package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Standing;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was the newest, and what a number stood for, at any moment of any history. */
class MomentsTest {
    private static final PromptId PROMPT = Samples.id(1);
    private static final int COMMITS = 40;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyMomentAnswersLikeAPlainModel(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<VersionEntry> written = new ArrayList<>();
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            int highest = 1;
            int seconds = 0;
            for (int i = 0; i < COMMITS; i++) {
                seconds += random.nextInt(3);
                boolean main = random.nextInt(4) > 0;
                highest += main ? random.nextInt(3) : 0;
                int number = main ? highest : random.nextInt(1, highest + 1);
                VersionEntry entry = new VersionEntry(
                        number,
                        Samples.commit(i),
                        Samples.MOMENT.plusSeconds(seconds),
                        new Standing(main, true, random.nextInt(5) == 0),
                        Optional.empty());
                record(catalog, entry);
                written.add(entry);
            }
            for (int second = -1; second <= seconds + 1; second++) {
                for (int number = 1; number <= highest + 2; number++) {
                    compare(catalog, written, Samples.MOMENT.plusSeconds(second), number, "seed " + seed);
                }
            }
        }
    }

    private static void record(SqliteCatalog catalog, VersionEntry entry) {
        catalog.record(
                PROMPT, new PromptIndex.Change(Samples.named("any"), Samples.TIPS, entry.moment(), List.of(entry)));
    }

    private static void compare(
            SqliteCatalog catalog, List<VersionEntry> written, Instant at, int number, String where) {
        String when = where + ", " + number + " at " + at;
        Stream<VersionEntry> below = written.stream()
                .filter(entry -> entry.standing().main() && entry.number() < number)
                .filter(entry -> !entry.moment().isAfter(at));
        assertEquals(
                below.reduce((older, newer) -> newer).map(VersionEntry::commit),
                catalog.newestAt(PROMPT, at, number).map(VersionEntry::commit),
                when);
        Stream<VersionEntry> same = written.stream()
                .filter(entry -> entry.number() == number && !entry.moment().isAfter(at));
        assertEquals(
                same.reduce((older, newer) -> newer).map(VersionEntry::commit),
                catalog.numberAt(PROMPT, number, at).map(VersionEntry::commit),
                when);
    }

    @Test
    void momentsFarAwayAreBeforeAndAfterEverything() {
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            catalog.record(PROMPT, Samples.change("any", Samples.version(1, 11)));

            assertEquals(Optional.empty(), catalog.newestAt(PROMPT, Instant.MIN, 9));
            assertEquals(Optional.of(Samples.version(1, 11)), catalog.newestAt(PROMPT, Instant.MAX, 9));
            assertEquals(Optional.of(Samples.version(1, 11)), catalog.numberAt(PROMPT, 1, Instant.MAX));
            assertEquals(Optional.empty(), catalog.newestAt(PROMPT, Instant.MAX, 1));
        }
    }

    @Test
    void theVersionsBelowANumberComeHighestFirst() {
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            catalog.record(
                    PROMPT,
                    Samples.change(
                            "any",
                            Samples.version(1, 11),
                            Samples.version(2, 12),
                            Samples.deleted(3, 13),
                            Samples.version(4, 14),
                            Samples.version(9, 19)));

            assertEquals(List.of(Samples.version(4, 14), Samples.version(2, 12)), catalog.liveBelow(PROMPT, 9, 2));
            assertEquals(List.of(Samples.version(1, 11)), catalog.liveBelow(PROMPT, 2, 5));
            assertEquals(List.of(), catalog.liveBelow(PROMPT, 1, 5));
        }
    }
}
