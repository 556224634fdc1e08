package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.ADMIN;
import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.name;
import static dev.versicle.catalog.Samples.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConcurrencyTest {
    private static final int THREADS = 32;
    private static final int CHANGES = 1_000;

    private final Path file;

    ConcurrencyTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    @Test
    void oneOfManyThatClaimANameAtOnceGetsIt() throws Exception {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.complete();
            CountDownLatch start = new CountDownLatch(THREADS);
            List<Boolean> won = together(THREADS, i -> {
                start.countDown();
                start.await();
                return claims(catalog, id(i));
            });

            assertEquals(1, won.stream().filter(each -> each).count());
            catalog.claim(TEAM, name("greeting"), id(won.indexOf(true)));
        }
    }

    @Test
    void readersSeeWholeChangesWhileAWriterRecords() throws Exception {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            List<Integer> seen = together(THREADS + 1, i -> i == 0 ? records(catalog) : follows(catalog));

            assertEquals(List.of(CHANGES), seen.stream().distinct().toList());
        }
    }

    @Test
    void versionsRecordedAtOnceAreAllCounted() throws Exception {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            List<Integer> numbers = together(THREADS, i -> {
                catalog.record(id(1), change("greeting", version(i + 1, i)));
                return i + 1;
            });

            assertEquals(
                    new Prompt.Counts(numbers.size(), numbers.size()),
                    catalog.prompt(id(1)).orElseThrow().counts());
        }
    }

    @Test
    void aReaderDoesNotWaitForAnOpenChange() throws SQLException {
        Sessions sessions = new Sessions(made(), file);
        List<Long> seen = new ArrayList<>();

        sessions.write(writer -> {
            writer.run(Query.CLAIM, "team", "greeting", id(1).hex(), 1L);
            seen.add(holders(sessions));
        });
        seen.add(holders(sessions));
        sessions.close(writer -> {});

        assertEquals(List.of(0L, 1L), seen);
    }

    @Test
    void aForceDoesNotWaitForAnOpenChange() throws SQLException {
        Sessions sessions = new Sessions(made(), file);
        CompletableFuture<Boolean> forced = new CompletableFuture<>();

        sessions.write(writer -> {
            writer.run(Query.CLAIM, "team", "greeting", id(1).hex(), 1L);
            Thread.ofPlatform().start(() -> {
                sessions.force();
                forced.complete(true);
            });
            assertTrue(forced.orTimeout(1, TimeUnit.MINUTES).join());
        });

        sessions.close(writer -> {});
    }

    private static long holders(Sessions sessions) {
        return sessions.read(reader -> reader.list(Query.HOLDER, row -> row.getString(1), "team", "greeting").stream()
                .count());
    }

    private Session made() throws SQLException {
        SqliteCatalog.open(file).close();
        return Session.writing(file);
    }

    private static boolean claims(SqliteCatalog catalog, PromptId id) {
        try {
            catalog.claim(TEAM, name("greeting"), id);
            return true;
        } catch (PromptException e) {
            return false;
        }
    }

    private static int records(SqliteCatalog catalog) {
        for (int i = 0; i < CHANGES; i++) {
            catalog.record(id(i), change("prompt " + i, version(1, i)));
        }
        return CHANGES;
    }

    /** Reads until everything is there; each page must be that of one state. */
    private static int follows(SqliteCatalog catalog) {
        long total = 0;
        while (total < CHANGES) {
            Page<PromptId> page = catalog.readable(ADMIN, new Page.Window(1, 1));
            List<PromptId> newest = page.total() == 0 ? List.of() : List.of(id((int) page.total() - 1));
            assertEquals(newest, page.items());
            total = page.total();
        }
        return (int) total;
    }

    private interface Part<T> {
        T act(int number) throws Exception;
    }

    private static <T> List<T> together(int threads, Part<T> part) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                parts.add(() -> part.act(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(parts)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
