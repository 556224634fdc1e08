package dev.versicle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the disk can be written, by writing to it; one attempt at a time, and none while the last verdict is
 * fresh, since everybody may ask. Logs when the verdict changes.
 */
final class WriteProbe {
    static final Duration VERDICT_LASTS = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(WriteProbe.class);

    @FunctionalInterface
    interface Attempt {
        void write() throws IOException;
    }

    /** What an attempt ended with. */
    private record Verdict(boolean writable, Instant at) {}

    private final Attempt attempt;
    private final InstantSource clock;
    private final Executor blocking;
    private Optional<CompletableFuture<Verdict>> latest = Optional.empty();

    WriteProbe(Attempt attempt, InstantSource clock, Executor blocking) {
        this.attempt = attempt;
        this.clock = clock;
        this.blocking = blocking;
    }

    /** The verdict; an attempt, where one is due, is made by {@code blocking} and awaited by nobody's thread. */
    synchronized CompletableFuture<Boolean> writable() {
        CompletableFuture<Verdict> asked = latest.filter(this::counts).orElseGet(() -> {
            boolean before = latest.map(last -> last.join().writable()).orElse(true);
            return CompletableFuture.supplyAsync(() -> attempted(before), blocking);
        });
        latest = Optional.of(asked);
        return asked.thenApply(Verdict::writable);
    }

    private boolean counts(CompletableFuture<Verdict> asked) {
        if (!asked.isDone()) {
            return true;
        }
        Duration age = Duration.between(asked.join().at(), clock.instant());
        return !age.isNegative() && age.compareTo(VERDICT_LASTS) < 0;
    }

    private Verdict attempted(boolean before) {
        boolean writable = false;
        try {
            attempt.write();
            writable = true;
            if (!before) {
                LOG.info("The disk can be written again");
            }
        } catch (IOException e) {
            if (before) {
                LOG.error("The disk cannot be written", e);
            }
        }
        return new Verdict(writable, clock.instant());
    }
}
