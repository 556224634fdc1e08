package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many at once: nothing is lost, nothing doubled, and readers wait for nobody. */
@BesideOthers
class CrowdTest {
    private static final int THREADS = 16;
    private static final int SAVES = 100;

    @TempDir
    private Path root;

    /** Lets the tasks begin together, and returns what they came to. */
    private static <R> List<R> together(List<Callable<R>> tasks) throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            start.countDown();
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static String outcome(Callable<CheckpointResult> save) throws Exception {
        try {
            return save.call().getClass().getSimpleName();
        } catch (PromptException e) {
            return e.problem().getClass().getSimpleName();
        }
    }

    private void saveEverywhere(House house, List<PromptId> ids) throws Exception {
        Map<PromptId, Map<Integer, String>> saved = new ConcurrentHashMap<>();
        ids.forEach(id -> saved.put(id, new ConcurrentHashMap<>()));
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Callable<Integer>> writers = IntStream.range(0, THREADS)
                .<Callable<Integer>>mapToObj(writer -> () -> {
                    for (int i = 0; i < SAVES; i++) {
                        PromptId id = ids.get((writer + i) % ids.size());
                        String text = writer + " says " + i;
                        Version version = house.save(id, text).version();
                        @Nullable String before = written(saved, id).put(version.number(), text);
                        if (before != null || !version.text().equals(text)) {
                            wrong.add(version.number() + " is '" + version.text() + "', was " + before);
                        }
                    }
                    return writer;
                })
                .toList();

        together(writers);

        assertEquals(List.of(), List.copyOf(wrong));
        for (PromptId id : ids) {
            Map<Integer, String> texts = written(saved, id);
            int n = texts.size();
            assertEquals(IntStream.rangeClosed(2, n + 1).boxed().collect(Collectors.toSet()), texts.keySet());
            texts.forEach((number, text) -> assertEquals(text, textOf(house, id, number)));
            assertEquals(Integer.toString(n + 1), house.git(id).run("rev-list", "--count", "--first-parent", "main"));
        }
        assertEquals(
                THREADS * SAVES, saved.values().stream().mapToInt(Map::size).sum());
    }

    private static Map<Integer, String> written(Map<PromptId, Map<Integer, String>> saved, PromptId id) {
        return Objects.requireNonNull(saved.get(id), "every prompt has an entry");
    }

    private static String textOf(House house, PromptId id, int number) {
        return house.prompts.version(ALICE, id, new VersionRef.Numbered(number)).text();
    }

    @Test
    void everyOfManyWritersOfOnePromptGetsANumberOfItsOwn() throws Exception {
        try (House house = new House(root)) {
            PromptId id = house.create("crowded", "0");
            saveEverywhere(house, List.of(id));
            house.requireSound();
        }
    }

    @Test
    void manyWritersOfManyPromptsDoNotMixThemUp() throws Exception {
        try (House house = new House(root)) {
            List<PromptId> ids = IntStream.range(0, 50)
                    .mapToObj(i -> house.create("prompt " + i, "0"))
                    .toList();
            saveEverywhere(house, ids);
            house.git(ids.get(17)).requireSound();
            house.git(ids.get(49)).requireSound();
        }
    }

    @Test
    void oneOfManyGetsTheRelease() throws Exception {
        try (House house = new House(root)) {
            PromptId id = house.create("released", "0");
            List<Callable<String>> tasks = IntStream.range(0, 32)
                    .<Callable<String>>mapToObj(i -> () -> outcome(() -> house.save(
                            id,
                            new Draft(
                                    body("text " + i),
                                    new Draft.Slot.Next(),
                                    Optional.of(new SemVer(1, 0, 0)),
                                    Metadata.NONE,
                                    Source.CHECKPOINT))))
                    .toList();

            Map<String, Long> outcomes = counted(together(tasks));

            assertEquals(Map.of("Saved", 1L, "ReleaseExists", 31L), outcomes);
            assertEquals(house.git(id).run("rev-parse", "main"), house.git(id).run("rev-parse", "1.0.0^{commit}"));
            house.requireSound();
        }
    }

    @Test
    void oneOfManyWithTheSameIfMatchIsSaved() throws Exception {
        try (House house = new House(root)) {
            PromptId id = house.create("matched", "0");
            String commit = house.git(id).run("rev-parse", "main");
            Expected seen = new Expected(List.of(new Expected.Stamp(commit, Optional.empty())));
            List<Callable<String>> tasks = IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(i -> () -> outcome(
                            () -> house.prompts.checkpoint(ALICE, id, Draft.checkpoint(body("text " + i)), seen)))
                    .toList();

            Map<String, Long> outcomes = counted(together(tasks));

            assertEquals(Map.of("Saved", 1L, "Stale", 19L), outcomes);
            assertEquals("2", house.git(id).run("rev-list", "--count", "main"));
            house.requireSound();
        }
    }

    private static Map<String, Long> counted(List<String> outcomes) {
        return outcomes.stream().collect(Collectors.groupingBy(text -> text, Collectors.counting()));
    }

    @Test
    void aMixOfEverythingLeavesWhatTheAnswersSaid() throws Exception {
        long seed = 12;
        try (House house = new House(root)) {
            PromptId id = house.create("mixed", "0");
            ConcurrentLinkedQueue<Version> answers = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<String> torn = new ConcurrentLinkedQueue<>();
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int writer = 0; writer < THREADS; writer++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed + writer);
                tasks.add(() -> {
                    for (int i = 0; i < 30; i++) {
                        act(house, id, random).ifPresent(answers::add);
                    }
                    return 0;
                });
            }
            for (int reader = 0; reader < 2; reader++) {
                tasks.add(() -> {
                    for (int i = 0; i < 60; i++) {
                        readAll(house, id, torn);
                    }
                    return 0;
                });
            }
            together(tasks);

            assertEquals(List.of(), List.copyOf(torn), "seed " + seed);
            Map<CommitId, String> saved = new HashMap<>();
            for (Version answer : answers) {
                VersionRef byId = VersionRef.Id.parse(answer.commit().hex());
                assertEquals(
                        answer.snapshot(),
                        house.prompts.version(ALICE, id, byId).snapshot());
                saved.put(answer.commit(), answer.text());
            }
            saved.forEach((commit, text) -> assertEquals(text, house.git(id).run("show", commit + ":prompt.md")));
            int latest = house.prompts.prompt(ALICE, id).counts().latest();
            assertEquals(latest, house.prompts.prompt(ALICE, id).counts().live());
            assertTrue(latest > 5);
            List<String> before = Look.at(house, id);
            assertEquals(before, rebuilt(house, id));
            house.requireSound();
        }
    }

    /** As a second index says that has read the repository anew. */
    private List<String> rebuilt(House house, PromptId id) {
        Path copy = root.resolveSibling(root.getFileName() + "-copy");
        Look.copy(house.root, copy);
        copy.resolve("catalog.db").toFile().delete();
        copy.resolve("catalog.db-wal").toFile().delete();
        copy.resolve("catalog.db-shm").toFile().delete();
        try (House other = new House(copy, house.now.get())) {
            return Look.at(other, id);
        }
    }

    private static void readAll(House house, PromptId id, ConcurrentLinkedQueue<String> torn) {
        try {
            List<Version> versions =
                    house.prompts.versions(ALICE, id, new Page.Window(1, 10)).items();
            versions.forEach(version -> house.prompts.version(
                    ALICE, id, VersionRef.Id.parse(version.commit().shortId())));
            house.prompts.prompt(ALICE, id);
            Version latest = house.prompts.version(ALICE, id, new VersionRef.Latest());
            if (latest.text().isEmpty() || versions.isEmpty()) {
                torn.add("nothing read");
            }
        } catch (RuntimeException e) {
            torn.add(e.toString());
        }
    }

    private static Optional<Version> act(House house, PromptId id, RandomGenerator random) {
        String text = "text " + random.nextInt(40);
        VersionRef latest = new VersionRef.Latest();
        Field<DisplayVersion> display = new Field.Set<>(new DisplayVersion("v" + random.nextInt(3)));
        return switch (random.nextInt(6)) {
            case 0 -> {
                MetadataEdit edit = new MetadataEdit(display, new Field.Keep<>(), new Field.Keep<>());
                yield Optional.of(house.prompts.edit(ALICE, id, latest, edit, Expected.NOTHING));
            }
            case 1 -> {
                house.prompts.update(
                        ALICE,
                        id,
                        new PromptEdit(Optional.empty(), new Field.Keep<>(), Optional.of(new PromptText(text))));
                yield Optional.empty();
            }
            case 2 ->
                Optional.of(house.prompts
                        .restore(ALICE, id, new VersionRef.Numbered(1))
                        .version());
            case 3 ->
                Optional.of(house.save(id, draft(text, new Draft.Slot.Exactly(1), Metadata.NONE))
                        .version());
            case 4 ->
                Optional.of(house.save(id, Draft.checkpoint(new Draft.Content.Current()))
                        .version());
            default -> Optional.of(house.save(id, text).version());
        };
    }

    @Test
    void readersDoNotWaitForAWriterThatHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean armed = new AtomicBoolean();
        Watched.Watcher brake = step -> {
            if (armed.get() && step.equals("before move " + RefNames.MAIN)) {
                hanging.countDown();
                await(goOn);
            }
        };
        try (House house = new House(root, Instant.parse("2026-04-22T10:14:00.123Z"), new Watched(brake))) {
            PromptId id = house.create("read", "one");
            Version one = house.prompts.version(ALICE, id, new VersionRef.Latest());
            armed.set(true);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<CheckpointResult> writer = threads.submit(() -> house.save(id, "two"));
                hanging.await();

                assertEquals(one, house.prompts.version(ALICE, id, new VersionRef.Latest()));
                assertEquals(
                        one,
                        house.prompts.version(
                                ALICE, id, VersionRef.Id.parse(one.commit().hex())));
                assertEquals(
                        1,
                        house.prompts.versions(ALICE, id, new Page.Window(1, 9)).total());
                assertEquals("one", house.prompts.prompt(ALICE, id).text());
                assertEquals(1, house.prompts.list(ALICE, new Page.Window(1, 9)).total());
                goOn.countDown();
                assertEquals(2, writer.get().version().number());
            } finally {
                goOn.countDown();
            }
            house.requireSound();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverReadsAPromptThatIsBeingDeletedFindsItOrDoesNot() throws Exception {
        try (House house = new House(root)) {
            for (int round = 0; round < 8; round++) {
                PromptId id = house.create("doomed", "0");
                IntStream.range(1, 4).forEach(i -> house.save(id, "text " + i));
                List<Callable<String>> tasks = new ArrayList<>();
                for (int reader = 0; reader < 6; reader++) {
                    int number = 1 + reader % 4;
                    tasks.add(() -> read(() -> textOf(house, id, number)));
                    tasks.add(() -> read(() -> house.prompts.prompt(ALICE, id).text()));
                    tasks.add(() -> read(() -> house.save(id, "late").version().text()));
                }
                tasks.add(() -> {
                    house.prompts.delete(ALICE, id);
                    return "PromptNotFound";
                });

                assertEquals(
                        List.of(),
                        together(tasks).stream()
                                .filter(found -> !found.matches("PromptNotFound|VersionNotFound|0|text [123]|late"))
                                .toList());
                assertEquals(0, house.prompts.count());
            }
        }
    }

    private static String read(Callable<String> reading) throws Exception {
        try {
            return reading.call();
        } catch (PromptException e) {
            return e.problem().getClass().getSimpleName();
        } catch (RuntimeException e) {
            java.io.StringWriter text = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(text));
            return text.toString();
        }
    }
}
