package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Progress;
import dev.versicle.prompt.PromptIndex.State;
import dev.versicle.prompt.PromptIndex.Trashed;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a start reads prompts into the index, they are read and written; between any two of them, here. */
class SettlingTest {
    private static final int PROMPTS = 6;
    private static final Page.Window ALL = new Page.Window(1, 100);
    private static final Page.Part PART = new Page.Part(0, 100);

    @TempDir
    private Path root;

    private final List<PromptId> ids = new ArrayList<>();

    /** Does something before the prompt of a number is compared. */
    private static final class At implements BooleanSupplier {
        private final Map<Integer, Runnable> acts = new TreeMap<>();
        private int asked;

        At before(int number, Runnable act) {
            acts.put(number, act);
            return this;
        }

        @Override
        public boolean getAsBoolean() {
            Optional.ofNullable(acts.remove(asked++)).ifPresent(Runnable::run);
            return true;
        }
    }

    private Instant filled() {
        try (House house = new House(root)) {
            for (int i = 0; i < PROMPTS; i++) {
                ids.add(house.create("prompt " + i, "text " + i));
                house.tick(5);
            }
            return house.now.get();
        }
    }

    private House unsettled(Instant now) {
        return new House(root, now, new House.Between() {
            @Override
            public boolean settles() {
                return false;
            }
        });
    }

    /** With an index that knows nothing. */
    private House rebuilding() {
        Instant now = filled();
        delete("catalog.db");
        return unsettled(now);
    }

    /** With the index as a killed server left it. */
    private House comparing() throws IOException {
        filled();
        Path copy = root.resolveSibling(root.getFileName() + "-copy");
        Instant now;
        try (House house = new House(root, Instant.parse("2026-04-22T11:00:00Z"))) {
            now = house.now.get();
            Files.createDirectory(copy);
            for (String suffix : List.of("", "-wal")) {
                Files.copy(root.resolve("catalog.db" + suffix), copy.resolve("catalog.db" + suffix));
            }
        }
        for (String suffix : List.of("", "-wal")) {
            Files.move(
                    copy.resolve("catalog.db" + suffix),
                    root.resolve("catalog.db" + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(copy);
        return unsettled(now);
    }

    private void delete(String file) {
        try {
            Files.delete(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<PromptId> listed(House house) {
        return house.prompts.list(ALICE, ALL).items().stream().map(Prompt::id).collect(Collectors.toSet());
    }

    private static void assertStarting(Runnable call) {
        PromptException refused = assertThrows(PromptException.class, call::run);
        assertEquals(new Problem.Starting(), refused.problem());
    }

    private static PromptEdit renamed(String name) {
        return new PromptEdit(Optional.of(new PromptName(name)), new Field.Keep<>(), Optional.empty());
    }

    @Test
    void promptsAreServedByIdWhileNamesAreNotYetKnown() {
        try (House house = rebuilding()) {
            PromptId last = ids.getLast();
            assertEquals(Set.of(), listed(house));
            At at = new At().before(2, () -> {
                assertEquals(new Progress(State.EMPTY, 2, PROMPTS), house.catalog.progress());
                assertEquals("text 5", house.prompts.prompt(ALICE, last).text());
                house.save(last, "saved meanwhile");
                assertEquals(Set.of(ids.get(0), ids.get(1), last), listed(house));
                assertStarting(() -> house.create("new", "x"));
                assertStarting(() -> house.prompts.update(ALICE, last, renamed("new")));
                assertStarting(() -> house.named.version(ALICE, new PromptName("prompt 0"), new VersionRef.Latest()));
            });

            assertTrue(house.settlement.reach(at));

            assertEquals(new Progress(State.COMPLETE, PROMPTS, PROMPTS), house.catalog.progress());
            assertEquals(Set.copyOf(ids), listed(house));
            assertEquals("saved meanwhile", house.prompts.prompt(ALICE, last).text());
            assertEquals(2, house.prompts.prompt(ALICE, last).counts().live());
            assertEquals(
                    "text 0",
                    house.named
                            .version(ALICE, new PromptName("prompt 0"), new VersionRef.Latest())
                            .version()
                            .text());
            house.requireSound();
        }
    }

    @Test
    void whatIsDeletedMeanwhileDoesNotComeBack() {
        try (House house = rebuilding()) {
            At at = new At()
                    .before(1, () -> house.prompts.delete(ALICE, ids.get(0)))
                    .before(2, () -> house.prompts.delete(ALICE, ids.get(4)));

            house.settlement.reach(at);

            assertEquals(Set.of(ids.get(1), ids.get(2), ids.get(3), ids.get(5)), listed(house));
            assertEquals(4, house.catalog.count());
            assertEquals(
                    Set.of(ids.get(0), ids.get(4)),
                    house.catalog.trashed(ALICE, PART).items().stream()
                            .map(Trashed::id)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void whileTheIndexIsComparedNamesAreServedAndNewPromptsStay() throws IOException {
        try (House house = comparing()) {
            assertEquals(State.UNCERTAIN, house.catalog.state());
            List<PromptId> made = new ArrayList<>();
            At at = new At()
                    .before(0, () -> made.add(house.create("at first", "x")))
                    .before(3, () -> {
                        made.add(house.create("new", "x"));
                        house.prompts.update(ALICE, ids.get(5), renamed("renamed"));
                        house.prompts.delete(ALICE, made.getFirst());
                    });

            house.settlement.reach(at);

            assertEquals(PROMPTS + 1, house.catalog.count());
            assertEquals(Optional.of(made.get(1)), house.catalog.find(ALICE.namespace(), new PromptName("new")));
            assertEquals(Optional.of(ids.get(5)), house.catalog.former(ALICE.namespace(), new PromptName("prompt 5")));
            assertFalse(listed(house).contains(made.getFirst()));
        }
    }

    @Test
    void aSettlingThatIsStoppedIsBegunAgainByTheNextStart() {
        Instant now;
        try (House house = rebuilding()) {
            assertFalse(house.settlement.reach(() -> house.catalog.progress().done() < 2));
            assertEquals(new Progress(State.EMPTY, 2, PROMPTS), house.catalog.progress());
            now = house.now.get();
        }
        try (House house = new House(root, now)) {
            assertEquals(State.COMPLETE, house.catalog.state());
            assertEquals(Set.copyOf(ids), listed(house));
        }
    }

    @Test
    void theTrashIsReadAgainWithTheIndex() throws IOException {
        Instant now = filled();
        List<Trashed> before;
        try (House house = new House(root, now)) {
            house.prompts.delete(ALICE, ids.get(2));
            house.tick(60);
            house.prompts.delete(ALICE, ids.get(1));
            now = house.now.get();
            before = List.of(trashed(house, 1, now), trashed(house, 2, now.minusSeconds(60)));
        }
        Files.createDirectory(root.resolve("trash").resolve("f".repeat(24) + "-1.git"));
        delete("catalog.db");

        try (House house = new House(root, now)) {
            assertEquals(new Page<>(before, 2), house.catalog.trashed(ALICE, PART));
            assertEquals(new Page<>(List.of(), 0), house.catalog.trashed(BOB, PART));
            assertEquals(PROMPTS - 2, house.catalog.count());
        }
    }

    private Trashed trashed(House house, int number, Instant at) {
        assertFalse(house.repositories.has(ids.get(number).hex()));
        return new Trashed(ids.get(number), ALICE.namespace(), new PromptName("prompt " + number), ALICE.subject(), at);
    }

    @Test
    void aReleaseThatTheIndexLacksIsReadFromItsTag() {
        filled();
        PromptId id = ids.getFirst();
        House house = new House(root);
        house.git(id).run("-c", "user.name=D", "-c", "user.email=d@x", "tag", "-a", "-m", "x", "1.2.3", "main");
        house.git(id).run("tag", "2.0.0", "main");
        house.git(id).run("tag", "99999999999.0.0", "main");
        house.close();
        try (House again = new House(root)) {
            var latest = again.prompts.version(ALICE, id, new VersionRef.Latest());

            assertEquals(
                    List.of(new SemVer(1, 2, 3), new SemVer(2, 0, 0)), again.catalog.releases(id, latest.commit()));
            PromptException pinned =
                    assertThrows(PromptException.class, () -> again.prompts.deleteVersion(ALICE, id, 1));
            assertEquals(new Problem.Pinned(1, "release 1.2.3"), pinned.problem());
        }
    }

    @Test
    void theLatestTextIsFoundThroughSavesOverwritesAndDeletions() {
        try (House house = new House(root)) {
            PromptId id = house.create("any", "alpha");
            house.save(id, "bravo");
            house.save(id, House.draft("charlie", new Draft.Slot.Exactly(1), Metadata.NONE));
            assertFound(house, "bravo", "alpha", "charlie");
            house.save(id, House.draft("delta", new Draft.Slot.InPlace(2), Metadata.NONE));
            assertFound(house, "delta", "bravo", "charlie");
            house.prompts.deleteVersion(ALICE, id, 2);
            assertFound(house, "charlie", "delta", "alpha");
            house.prompts.restore(ALICE, id, new VersionRef.Numbered(1));
            house.save(id, "echo");
            assertFound(house, "echo", "charlie", "delta");
        }
    }

    private static void assertFound(House house, String is, String... was) {
        assertEquals(1, found(house, is), is);
        for (String before : was) {
            assertEquals(0, found(house, before), before);
        }
    }

    private static long found(House house, String word) {
        return house.catalog
                .search(ALICE, new Search(word, Optional.empty(), Optional.empty()), PART)
                .total();
    }
}
