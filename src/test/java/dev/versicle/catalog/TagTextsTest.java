package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.commit;
import static dev.versicle.catalog.Samples.displayed;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.version;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.Released;
import dev.versicle.prompt.PromptIndex.Standing;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.SemVer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names a prompt's tags. */
class TagTextsTest {
    private final SqliteCatalog catalog;

    TagTextsTest(@TempDir Path directory) {
        catalog = SqliteCatalog.open(directory.resolve("catalog.db"));
        catalog.complete();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private List<String> texts(int limit) {
        return catalog.displayed(id(1), limit).stream()
                .map(DisplayVersion::text)
                .toList();
    }

    @Test
    void theReleasesWithTheHighestNumbersComeFirst() {
        catalog.record(id(1), change("any", version(1, 11), version(2, 12)));
        catalog.released(
                id(1),
                List.of(
                        new Released(SemVer.parse("1.9.0"), commit(11)),
                        new Released(SemVer.parse("1.10.0"), commit(12)),
                        new Released(SemVer.parse("0.99.99"), commit(12))));

        assertEquals(List.of(SemVer.parse("1.10.0"), SemVer.parse("1.9.0")), catalog.highest(id(1), 2));
    }

    @Test
    void aDisplayVersionIsThereOnceHoweverManyVersionsCarryIt() {
        catalog.record(
                id(1),
                change(
                        "any",
                        displayed(1, 11, "v1", MOMENT),
                        displayed(2, 12, "stable", MOMENT.plusSeconds(1)),
                        displayed(3, 13, "stable", MOMENT.plusSeconds(2)),
                        displayed(4, 14, "v2", MOMENT.plusSeconds(3))));

        assertEquals(List.of("v2", "stable", "v1"), texts(10));
        assertEquals(List.of("v2", "stable"), texts(2));
    }

    @Test
    void theTextsOfAForgottenPromptAreForgotten() {
        catalog.record(id(1), change("any", displayed(1, 11, "v1", MOMENT)));

        catalog.vanished(id(1));

        assertEquals(List.of(), texts(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterAnyEditsTheTextsAreThoseOfTheLiveVersions(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<Integer, VersionEntry> entries = new TreeMap<>();

        IntStream.range(0, 200).forEach(step -> {
            VersionEntry entry = anyOf(random);
            entries.values().stream()
                    .filter(other -> other.number() == entry.number())
                    .map(TagTextsTest::overwritten)
                    .toList()
                    .forEach(other -> entries.put(key(other), other));
            entries.put(key(entry), entry);
            catalog.record(id(1), change("any", entry));
        });

        assertEquals(expected(entries), texts(100), "seed " + seed);
    }

    private static int key(VersionEntry entry) {
        return entry.commit().hashCode();
    }

    private static VersionEntry anyOf(RandomGenerator random) {
        int number = random.nextInt(1, 6);
        Instant at = MOMENT.plusSeconds(random.nextInt(20));
        Optional<Displayed> displayed = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new Displayed(new DisplayVersion("text " + random.nextInt(4)), at));
        return new VersionEntry(
                number,
                commit(number * 10 + random.nextInt(2)),
                MOMENT,
                new Standing(true, true, random.nextInt(5) == 0),
                displayed);
    }

    private static VersionEntry overwritten(VersionEntry entry) {
        Standing standing =
                new Standing(entry.standing().main(), false, entry.standing().deleted());
        return new VersionEntry(entry.number(), entry.commit(), entry.moment(), standing, entry.displayed());
    }

    /** Each text where it was set last: of the same moment the highest number counts, as it does for the carrier. */
    private static List<String> expected(Map<Integer, VersionEntry> entries) {
        record Place(Instant at, int number) {}
        Map<String, Place> places = new TreeMap<>();
        entries.values().stream()
                .filter(PromptIndex.VersionEntry::live)
                .filter(entry -> entry.displayed().isPresent())
                .forEach(entry -> places.merge(
                        entry.displayed().get().text().text(),
                        new Place(entry.displayed().get().at(), entry.number()),
                        (one, other) -> later(one.at(), one.number(), other.at(), other.number()) ? one : other));
        return places.entrySet().stream()
                .sorted((one, other) -> later(
                                one.getValue().at(), one.getValue().number(),
                                other.getValue().at(), other.getValue().number())
                        ? -1
                        : 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean later(Instant at, int number, Instant otherAt, int otherNumber) {
        return at.isAfter(otherAt) || (at.equals(otherAt) && number > otherNumber);
    }
}
