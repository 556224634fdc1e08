package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.Standing;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After any sequence of saves, overwrites, edits and deletions the catalog answers like a plain map of versions. */
class VersionsTest {
    private static final int PROMPTS = 2;
    private static final int CHANGES = 60;
    private static final int NUMBERS = 8;
    private static final int COMMITS = 30;
    private static final List<DisplayVersion> TEXTS = List.of(new DisplayVersion("v1"), new DisplayVersion("v2"));
    private static final Comparator<VersionEntry> BY_NUMBER = Comparator.comparingInt(VersionEntry::number);

    /** The versions of one prompt, the plain way. */
    private static final class Model {
        private final Map<CommitId, VersionEntry> versions = new LinkedHashMap<>();

        void put(VersionEntry entry) {
            if (entry.standing().current()) {
                versions.replaceAll((commit, other) -> other.number() == entry.number() ? overwritten(other) : other);
            }
            versions.put(entry.commit(), entry);
        }

        private static VersionEntry overwritten(VersionEntry other) {
            return new VersionEntry(
                    other.number(),
                    other.commit(),
                    other.moment(),
                    new Standing(
                            other.standing().main(), false, other.standing().deleted()),
                    other.displayed());
        }

        Stream<VersionEntry> where(Predicate<VersionEntry> condition) {
            return versions.values().stream().filter(condition);
        }

        Prompt.Counts counts() {
            int latest = where(VersionEntry::live)
                    .mapToInt(VersionEntry::number)
                    .max()
                    .orElse(0);
            return new Prompt.Counts(latest, (int) where(VersionEntry::live).count());
        }

        Optional<VersionEntry> carrier(DisplayVersion text) {
            return where(VersionEntry::live)
                    .filter(entry -> entry.displayed().map(Displayed::text).equals(Optional.of(text)))
                    .max(Comparator.comparing((VersionEntry entry) ->
                                    entry.displayed().orElseThrow().at())
                            .thenComparing(BY_NUMBER));
        }
    }

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyAnswerIsThatOfThePlainModel(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Model> models = Stream.generate(Model::new).limit(PROMPTS).toList();
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            for (int i = 0; i < CHANGES; i++) {
                int prompt = random.nextInt(PROMPTS);
                change(catalog, Samples.id(prompt), models.get(prompt), random);
                compare(catalog, Samples.id(prompt), models.get(prompt), "seed " + seed + ", change " + i);
            }
        }
    }

    private static void change(SqliteCatalog catalog, PromptId id, Model model, RandomGenerator random) {
        List<VersionEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            entries.add(entry(random));
        }
        entries.forEach(model::put);
        catalog.record(id, new PromptIndex.Change(Samples.named("named " + id), Samples.TIPS, Samples.MOMENT, entries));
    }

    private static VersionEntry entry(RandomGenerator random) {
        Optional<Displayed> displayed = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Displayed(
                        TEXTS.get(random.nextInt(TEXTS.size())), Samples.MOMENT.plusMillis(random.nextInt(3))));
        return new VersionEntry(
                random.nextInt(1, NUMBERS + 1),
                Samples.commit(random.nextInt(COMMITS)),
                Samples.MOMENT.plusMillis(random.nextInt(1000)),
                new Standing(random.nextBoolean(), random.nextInt(6) > 0, random.nextInt(5) == 0),
                displayed);
    }

    private static VersionEntry higherOrNewer(VersionEntry older, VersionEntry newer) {
        return newer.number() >= older.number() ? newer : older;
    }

    private static void compare(SqliteCatalog catalog, PromptId id, Model model, String when) {
        assertEquals(model.counts(), catalog.prompt(id).orElseThrow().counts(), when);
        assertEquals(model.where(VersionEntry::live).max(BY_NUMBER), catalog.latest(id), when);
        for (int i = 0; i <= NUMBERS + 1; i++) {
            int number = i;
            Stream<VersionEntry> exact = model.where(entry -> entry.standing().current() && entry.number() == number);
            assertEquals(exact.findFirst(), catalog.byNumber(id, number), when);
            Stream<VersionEntry> below = model.where(entry -> entry.standing().main() && entry.number() <= number);
            assertEquals(below.reduce(VersionsTest::higherOrNewer), catalog.floor(id, number), when);
        }
        for (DisplayVersion text : TEXTS) {
            assertEquals(model.carrier(text), catalog.carrier(id, text), when);
        }
        for (int i = 0; i < COMMITS; i++) {
            CommitId commit = Samples.commit(i);
            Optional<VersionEntry> expected = Optional.ofNullable(model.versions.get(commit));
            assertEquals(expected, catalog.byCommit(id, commit.hex().substring(0, 24 + i % 17)), when);
        }
        comparePages(catalog, id, model, when);
    }

    private static void comparePages(SqliteCatalog catalog, PromptId id, Model model, String when) {
        List<VersionEntry> live =
                model.where(VersionEntry::live).sorted(BY_NUMBER.reversed()).toList();
        for (int page = 1; page <= 4; page++) {
            Page.Window window = new Page.Window(page, 3);
            List<VersionEntry> expected =
                    live.stream().skip(window.offset()).limit(window.limit()).toList();
            assertEquals(expected, catalog.live(id, window), when);
        }
    }
}
