package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WriteProbeTest {
    private static final Duration TICK = Duration.ofMillis(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-04-22T10:14:00Z"));
    private final AtomicReference<Optional<IOException>> failure = new AtomicReference<>(Optional.empty());
    private final AtomicInteger attempts = new AtomicInteger();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final WriteProbe probe = new WriteProbe(this::write, now::get, waiting::add);

    private void write() throws IOException {
        attempts.incrementAndGet();
        if (failure.get().isPresent()) {
            throw failure.get().get();
        }
    }

    private boolean verdict() {
        CompletableFuture<Boolean> asked = probe.writable();
        waiting.forEach(Runnable::run);
        waiting.clear();
        return asked.join();
    }

    @Test
    void aVerdictLastsForItsTimeAndNoLonger() {
        assertTrue(verdict());
        failure.set(Optional.of(new IOException("full")));
        now.updateAndGet(before -> before.plus(WriteProbe.VERDICT_LASTS).minus(TICK));
        assertTrue(verdict());
        assertEquals(1, attempts.get());

        now.updateAndGet(before -> before.plus(TICK));
        assertFalse(verdict());
        failure.set(Optional.empty());
        now.updateAndGet(before -> before.plus(WriteProbe.VERDICT_LASTS));
        assertTrue(verdict());
        assertEquals(3, attempts.get());
    }

    @Test
    void aClockThatIsSetBackKeepsNoVerdict() {
        verdict();
        now.updateAndGet(before -> before.minus(TICK));
        verdict();

        assertEquals(2, attempts.get());
    }

    @Test
    void whoeverAsksDuringAnAttemptAwaitsItsVerdict() {
        failure.set(Optional.of(new IOException("full")));
        CompletableFuture<Boolean> first = probe.writable();
        CompletableFuture<Boolean> second = probe.writable();
        assertFalse(first.isDone());
        assertEquals(0, attempts.get());

        waiting.removeFirst().run();

        assertTrue(waiting.isEmpty());
        assertFalse(first.join());
        assertFalse(second.join());
        assertEquals(1, attempts.get());
    }

    @Test
    void whoeverGoesAwayTakesTheVerdictFromNobody() {
        CompletableFuture<Boolean> first = probe.writable();
        CompletableFuture<Boolean> second = probe.writable();
        assertTrue(first.cancel(true));

        waiting.removeFirst().run();

        assertTrue(second.join());
        assertTrue(verdict());
    }
}
