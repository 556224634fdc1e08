package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoriesTest {
    private static final String ONE = "0000000000000000000000aa";
    private static final String TWO = "00000000000000000000001b";
    private static final String REF = "refs/tags/t";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-04-22T10:14:00Z"));

    @TempDir
    private Path root;

    private DataDirectory data;
    private LocalRepositories repositories;

    @BeforeEach
    void open() {
        data = DataDirectory.open(root.resolve("data"));
        repositories = new LocalRepositories(data, 1, now::get);
    }

    @AfterEach
    void close() {
        repositories.close();
        data.close();
    }

    private Path place(String id) {
        return data.prompts().resolve(id.substring(22)).resolve(id + ".git");
    }

    private Repository opened(String id) throws IOException {
        return repositories.open(id).orElseThrow();
    }

    private static ObjectId blob(Repository git, String text) throws IOException {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            return id;
        }
    }

    private static List<String> below(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aNewRepositoryHasWhatGitAsksForAndNothingElse() throws IOException {
        repositories.create(ONE, git -> {});

        assertEquals(List.of("", "HEAD", "config", "objects", "refs"), below(place(ONE)));
        new Git(place(ONE)).requireSound();
    }

    @Test
    void aGeneratedRepositoryStandsOnItsShelfAndIsNoPrompts() throws IOException {
        String shelf = "0".repeat(38) + "ab";
        String id = shelf + "/" + "1".repeat(40);
        repositories.create(id, git -> {});
        repositories.create(shelf + "/" + "2".repeat(40), git -> {});
        repositories.create(ONE, git -> {});

        assertEquals(List.of(id, shelf + "/" + "2".repeat(40)), repositories.shelf(shelf));
        assertEquals(List.of(ONE), repositories.ids().toList());
        assertEquals(List.of(), repositories.shelf("f".repeat(40)));
        opened(id).close();
        assertTrue(Files.isDirectory(data.root().resolve("environments/ab/" + id + ".git")));
        assertEquals(List.of(""), below(data.staging()));
        for (String wrong : List.of("..", "a/b", "../" + shelf, id + "/x", shelf.toUpperCase(Locale.ROOT))) {
            assertThrows(IllegalArgumentException.class, () -> repositories.shelf(wrong));
            assertThrows(IllegalArgumentException.class, () -> repositories.open(wrong));
        }
    }

    @Test
    void whatCannotBeFilledIsNotThere() throws IOException {
        assertThrows(
                IOException.class,
                () -> repositories.create(ONE, git -> {
                    blob(git, "half");
                    throw new IOException("as the test wants it");
                }));
        assertThrows(
                IllegalStateException.class,
                () -> repositories.create(ONE, git -> {
                    throw new IllegalStateException("as the test wants it");
                }));

        assertTrue(repositories.open(ONE).isEmpty());
        assertEquals(List.of(""), below(data.staging()));
        assertEquals(List.of(), repositories.ids().toList());
        repositories.create(ONE, git -> blob(git, "whole"));
        assertEquals(List.of(ONE), repositories.ids().toList());
    }

    @Test
    void aRepositoryThatIsThereIsNotMadeAnew() throws IOException {
        repositories.create(ONE, git -> blob(git, "kept"));
        List<String> before = below(place(ONE));

        assertThrows(IOException.class, () -> repositories.create(ONE, git -> {}));

        assertEquals(before, below(place(ONE)));
    }

    @Test
    void idsAreSortedAndNothingElseIsTakenForOne() throws IOException {
        for (String id : List.of(ONE, TWO, "ffffffffffffffffffffffff", "000000000000000000000001")) {
            repositories.create(id, git -> {});
        }
        Files.createDirectories(data.prompts().resolve("aa/not-an-id.git"));
        Files.createDirectories(data.prompts().resolve("lost+found"));
        Files.writeString(data.prompts().resolve("aa/note.txt"), "x");

        assertEquals(
                List.of("000000000000000000000001", TWO, ONE, "ffffffffffffffffffffffff"),
                repositories.ids().toList());
    }

    @Test
    void aNameThatIsNoIdIsNoPlaceOnTheDisk() {
        for (String id :
                List.of("", "..", "../../etc", "0000000000000000000000AA", ONE + "0", "/" + ONE, "system.git")) {
            assertThrows(IllegalArgumentException.class, () -> repositories.open(id), id);
            assertThrows(IllegalArgumentException.class, () -> repositories.create(id, git -> {}), id);
            assertThrows(IllegalArgumentException.class, () -> repositories.trash(id), id);
        }
        assertFalse(Repositories.SYSTEM.isEmpty());
    }

    @Test
    void whatIsTrashedIsGoneAndCanBeBroughtBackUntilItIsPurged() throws IOException {
        repositories.create(ONE, git -> blob(git, "precious"));
        repositories.create(TWO, git -> {});

        assertTrue(repositories.trash(ONE).isPresent());
        assertTrue(repositories.trash(ONE).isEmpty());
        assertTrue(repositories.open(ONE).isEmpty());
        Files.writeString(data.trash().resolve("an operator's note"), "x");
        now.set(now.get().plus(Duration.ofDays(30)));
        assertTrue(repositories.trash(TWO).isPresent());

        assertEquals(Set.of(), repositories.purge(Duration.ofDays(30)));
        now.set(now.get().plusSeconds(1));
        assertEquals(Set.of(ONE), repositories.purge(Duration.ofDays(30)));
        assertEquals(
                List.of("", "an operator's note"),
                below(data.trash()).stream()
                        .filter(name -> !name.startsWith(TWO))
                        .toList());
    }

    @Test
    void whatIsTrashedComesBackAsItWas() throws IOException {
        repositories.create(ONE, git -> blob(git, "precious"));
        List<String> before = below(data.prompts());
        Instant at = repositories.trash(ONE).orElseThrow();
        assertFalse(repositories.untrash(TWO, at));
        assertFalse(repositories.untrash(ONE, at.plusSeconds(1)));
        assertTrue(repositories.untrash(ONE, at));
        assertFalse(repositories.untrash(ONE, at));
        assertEquals(before, below(data.prompts()));
        assertEquals(List.of(""), below(data.trash()));
    }

    @Test
    void whatIsTrashedStaysThereWhileItsIdIsInUse() throws IOException {
        repositories.create(ONE, git -> {});
        Instant at = repositories.trash(ONE).orElseThrow();
        repositories.create(ONE, git -> {});
        assertFalse(repositories.untrash(ONE, at));
        assertTrue(repositories.open(ONE).isPresent());
    }

    @Test
    void whatIsInUseStaysUsableWhenOthersTakeItsPlace() throws IOException {
        List<String> ids = List.of(ONE, TWO, "0000000000000000000000cc", "0000000000000000000000dd");
        for (String id : ids) {
            repositories.create(id, git -> {});
        }
        Repository inUse = opened(ONE);
        ObjectId object = blob(inUse, "before");
        for (int i = 0; i < 50; i++) {
            opened(ids.get(1 + i % 3)).close();
        }

        assertArrayEquals(
                "before".getBytes(StandardCharsets.UTF_8), inUse.open(object).getBytes());
        assertEquals(RefUpdate.Result.NEW, repositories.move(inUse, REF, ObjectId.zeroId(), blob(inUse, "t")));
        inUse.close();
        new Git(place(ONE)).requireSound();
    }

    @Test
    void manyThreadsShareWhatIsOpen() throws Exception {
        List<String> ids = List.of(ONE, TWO, "0000000000000000000000cc");
        for (String id : ids) {
            repositories.create(id, git -> blob(git, id));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int task = 0; task < 64; task++) {
                String id = ids.get(task % 3);
                futures.add(threads.submit(() -> {
                    int size = 0;
                    for (int i = 0; i < 30; i++) {
                        try (Repository git = opened(id);
                                ObjectInserter ids0 = git.newObjectInserter()) {
                            ObjectId blob = ids0.idFor(Constants.OBJ_BLOB, id.getBytes(StandardCharsets.UTF_8));
                            size += git.open(blob).getBytes().length;
                        }
                    }
                    return size;
                }));
            }
            for (Future<Integer> future : futures) {
                assertEquals(24 * 30, future.get());
            }
        }
    }

    @Test
    void aRefMovesOnlyFromWhereItWasSeen() throws IOException {
        repositories.create(ONE, git -> {});
        try (Repository git = opened(ONE)) {
            ObjectId a = blob(git, "a");
            ObjectId b = blob(git, "b");
            assertEquals(RefUpdate.Result.LOCK_FAILURE, repositories.move(git, REF, a, b));
            assertEquals(RefUpdate.Result.NEW, repositories.move(git, REF, ObjectId.zeroId(), a));
            assertEquals(RefUpdate.Result.LOCK_FAILURE, repositories.move(git, REF, ObjectId.zeroId(), b));
            assertEquals(RefUpdate.Result.LOCK_FAILURE, repositories.move(git, REF, b, ObjectId.zeroId()));
            assertEquals(RefUpdate.Result.LOCK_FAILURE, repositories.move(git, REF + "/x", ObjectId.zeroId(), b));
            assertEquals(RefUpdate.Result.FORCED, repositories.move(git, REF, a, b));
            Files.writeString(place(ONE).resolve(REF + ".lock"), "");
            assertEquals(RefUpdate.Result.LOCK_FAILURE, repositories.move(git, REF, b, a));
            repositories.recover(git);
            assertEquals(RefUpdate.Result.FORCED, repositories.move(git, REF, b, ObjectId.zeroId()));
            assertEquals("", new Git(place(ONE)).run("for-each-ref"));
            new Git(place(ONE)).requireSound();
        }
    }

    @Test
    void aPackedRefMovesAndGoesLikeALooseOne() throws IOException {
        repositories.create(ONE, git -> {});
        try (Repository git = opened(ONE)) {
            ObjectId a = blob(git, "a");
            ObjectId b = blob(git, "b");
            repositories.move(git, REF, ObjectId.zeroId(), a);
            repositories.move(git, "refs/tags/u", ObjectId.zeroId(), a);
            new Git(place(ONE)).run("pack-refs", "--all");
            assertEquals(RefUpdate.Result.FORCED, repositories.move(git, REF, a, b));
            assertEquals(RefUpdate.Result.FORCED, repositories.move(git, REF, b, ObjectId.zeroId()));
            assertEquals(a.name() + " blob\trefs/tags/u", new Git(place(ONE)).run("for-each-ref"));
        }
    }

    @Test
    void anObjectThatLiesInAPackIsThereForANewOneOfItsKind() throws IOException {
        repositories.create(ONE, git -> {});
        try (Repository git = opened(ONE)) {
            repositories.move(git, REF, ObjectId.zeroId(), blob(git, "packed"));
        }
        new Git(place(ONE)).run("repack", "-adq");
        try (Repository git = opened(ONE)) {
            ObjectId again = blob(git, "packed");
            assertArrayEquals(
                    "packed".getBytes(StandardCharsets.UTF_8), git.open(again).getBytes());
        }
        assertEquals(java.util.Optional.empty(), data.failure());
        assertEquals("0", new Git(place(ONE)).run("count-objects").substring(0, 1));
        new Git(place(ONE)).requireSound();
    }

    @Test
    void aRepositoryFromElsewhereIsAdoptedWholly() throws IOException {
        repositories.create(ONE, git -> repositories.move(git, REF, ObjectId.zeroId(), blob(git, "sample")));

        repositories.adopt(TWO, place(ONE));

        assertEquals(below(place(ONE)), below(place(TWO)));
        assertEquals(List.of(TWO, ONE), repositories.ids().toList());
        new Git(place(TWO)).requireSound();
        assertThrows(IOException.class, () -> repositories.adopt("0000000000000000000000cc", root.resolve("nowhere")));
        assertEquals(List.of(""), below(data.staging()));
    }
}
