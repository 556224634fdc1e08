package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index can be deleted at any time: what the repositories say makes the same one again. */
class IndexRebuiltTest {
    private static final Page.Window ALL = new Page.Window(1, 100);
    private static final Page.Part PART = new Page.Part(0, 100);

    @TempDir
    private Path root;

    private House reopened(House house) {
        Instant now = house.now.get();
        house.close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(house.root.resolve("catalog.db" + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new House(house.root, now);
    }

    private static List<String> look(House house) {
        List<String> lines = new ArrayList<>(Look.at(house));
        // Two changes within one second have no order afterwards.
        List<Prompt> prompts = house.prompts.list(ALICE, ALL).items().stream()
                .sorted(Comparator.comparing(Prompt::id))
                .toList();
        for (Prompt prompt : prompts) {
            lines.add(prompt.id() + " changed at " + prompt.updatedAt());
            house.prompts
                    .versions(ALICE, prompt.id(), ALL)
                    .items()
                    .forEach(version -> lines.add(version.number() + " has the releases "
                            + house.catalog.releases(prompt.id(), version.commit())));
            lines.add("releases " + house.catalog.releases(prompt.id(), PART));
        }
        for (String word : List.of("text", "text 1", "5", "first")) {
            Search search = new Search(word, Optional.empty(), Optional.empty());
            lines.add(word + " is found in "
                    + new TreeSet<>(house.catalog.search(ALICE, search, PART).items()));
        }
        lines.add("trash " + house.catalog.trashed(ALICE, PART));
        return lines;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyHistoryIsIndexedAnewAsItWas(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        House house = new House(root);
        try {
            List<PromptId> ids = List.of(house.create("first", "0"), house.create("second", "0"));
            for (int i = 0; i < 40; i++) {
                step(house, ids.get(random.nextInt(2)), random);
                house.tick(random.nextInt(3));
            }
            List<String> before = look(house);
            house = reopened(house);
            assertEquals(String.join("\n", before), String.join("\n", look(house)), "seed " + seed);
            house.requireSound();
        } finally {
            house.close();
        }
    }

    private static void step(House house, PromptId id, RandomGenerator random) {
        try {
            change(house, id, random);
        } catch (PromptException e) {
            assertTrue(List.of("VersionNotFound", "ReleaseExists", "Pinned")
                    .contains(e.problem().getClass().getSimpleName()));
        }
    }

    private static void change(House house, PromptId id, RandomGenerator random) {
        String text = "text " + random.nextInt(6);
        VersionRef some = new VersionRef.Numbered(1 + random.nextInt(9));
        switch (random.nextInt(8)) {
            case 0 -> house.save(id, draft(text, new Draft.Slot.Next(), metadata(random)));
            case 1 -> house.save(id, draft(text, new Draft.Slot.Exactly(1 + random.nextInt(12)), metadata(random)));
            case 2 -> house.save(id, draft(text, new Draft.Slot.InPlace(1 + random.nextInt(6)), metadata(random)));
            case 3 ->
                house.prompts.edit(
                        ALICE,
                        id,
                        some,
                        new MetadataEdit(
                                random.nextBoolean() ? new Field.Clear<>() : new Field.Set<>(display(random)),
                                new Field.Keep<>(),
                                new Field.Set<>("d" + random.nextInt(9))),
                        Expected.NOTHING);
            case 4 ->
                house.prompts.update(
                        ALICE,
                        id,
                        new PromptEdit(Optional.empty(), new Field.Keep<>(), Optional.of(new PromptText(text))));
            case 5 ->
                house.save(
                        id,
                        new Draft(
                                House.body(text + random.nextInt(99)),
                                new Draft.Slot.Next(),
                                Optional.of(new SemVer(random.nextInt(3), 0, random.nextInt(5))),
                                metadata(random),
                                Source.MANUAL_SAVE));
            case 6 -> deleteLatest(house, id);
            default -> house.save(id, text + " " + random.nextInt(1_000));
        }
    }

    private static void deleteLatest(House house, PromptId id) {
        Prompt.Counts counts = house.prompts.prompt(ALICE, id).counts();
        if (counts.live() > 1) {
            house.prompts.deleteVersion(ALICE, id, counts.latest());
        }
    }

    private static DisplayVersion display(RandomGenerator random) {
        return new DisplayVersion("v" + random.nextInt(4));
    }

    private static Metadata metadata(RandomGenerator random) {
        return new Metadata(
                Optional.of("label " + random.nextInt(9)),
                random.nextBoolean() ? Optional.of(display(random)) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void listsComeBackInTheOrderOfTheLastChanges() {
        House house = new House(root);
        try {
            List<PromptId> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ids.add(house.create("prompt " + i, "0"));
                house.tick(5);
            }
            for (int i : List.of(3, 1, 4)) {
                house.save(ids.get(i), "1");
                house.tick(5);
            }
            List<PromptId> before = listed(house);
            house = reopened(house);
            assertEquals(before, listed(house));
            assertEquals(ids.get(4), before.getFirst());
            house.requireSound();
        } finally {
            house.close();
        }
    }

    private static List<PromptId> listed(House house) {
        return house.prompts.list(ALICE, ALL).items().stream().map(Prompt::id).toList();
    }

    @Test
    void ofTwoPromptsWithOneNameTheOlderKeepsIt() {
        House house = new House(root);
        try {
            PromptId older = house.create("same", "older");
            house.prompts.update(ALICE, older, renamed("elsewhere"));
            house.tick(5);
            PromptId newer = house.create("same", "newer");
            // An operator who brings an old state of the settings back.
            house.git(older).run("update-ref", "refs/meta/prompt", "refs/meta/prompt~1");

            house = reopened(house);

            assertEquals(
                    "same", house.prompts.prompt(ALICE, older).settings().name().text());
            assertEquals(
                    "same~" + newer,
                    house.prompts.prompt(ALICE, newer).settings().name().text());
            assertTrue(house.git(newer)
                    .run("show", "refs/meta/prompt:prompt.json")
                    .contains("\"name\": \"same~" + newer + "\""));
            List<String> once = look(house);
            house = reopened(house);
            assertEquals(once, look(house));
            house.requireSound();
        } finally {
            house.close();
        }
    }

    private static PromptEdit renamed(String name) {
        return new PromptEdit(Optional.of(new PromptName(name)), new Field.Keep<>(), Optional.empty());
    }

    @Test
    void anEditThatCameAnotherWayIsSeenByReadersAtOnce() {
        try (House house = new House(root)) {
            PromptId id = house.create("read", "one");
            VersionRef byId = VersionRef.Id.parse(house.prompts
                    .version(ALICE, id, new VersionRef.Latest())
                    .commit()
                    .shortId());
            assertEquals(Metadata.NONE, house.prompts.version(ALICE, id, byId).metadata());

            house.git(id)
                    .run(
                            "-c",
                            "user.name=D",
                            "-c",
                            "user.email=d@x",
                            "notes",
                            "add",
                            "-m",
                            "Title: another way",
                            "main");

            assertEquals(
                    Optional.of("another way"),
                    house.prompts.version(ALICE, id, byId).metadata().title());
            house.requireSound();
        }
    }

    @Test
    void aVersionThatWasReadIsNotReadFromTheDiskAgain() throws IOException {
        try (House house = new House(root)) {
            PromptId id = house.create("read", "one");
            house.save(id, draft("two", new Draft.Slot.Next(), metadata(RandomGenerator.getDefault())));
            VersionRef.Id byId = VersionRef.Id.parse(house.git(id).run("rev-parse", "main"));
            VersionRef.Id shorter = VersionRef.Id.parse(byId.hex().substring(0, 24));
            MetadataEdit edit = new MetadataEdit(new Field.Keep<>(), new Field.Set<>("title"), new Field.Keep<>());
            house.prompts.edit(ALICE, id, byId, edit, Expected.NOTHING);
            var first = house.prompts.version(ALICE, id, byId);

            Path objects = house.repository(id).resolve("objects");
            Files.move(objects, house.root.resolve("away"));
            assertEquals(first, house.prompts.version(ALICE, id, byId));
            assertEquals(first, house.prompts.version(ALICE, id, shorter));
            assertEquals(first, house.prompts.version(ALICE, id, new VersionRef.Numbered(2)));
            assertEquals("two", house.prompts.prompt(ALICE, id).text());
            Files.move(house.root.resolve("away"), objects);
            house.requireSound();
        }
    }
}
