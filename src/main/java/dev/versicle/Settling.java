package dev.versicle;

import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Progress;
import dev.versicle.prompt.PromptIndex.State;
import dev.versicle.prompt.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the index agree with the prompts after a start that found it otherwise, while the server already answers. */
final class Settling implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    /** How often the log says how far it has come. */
    private static final Duration REPORTS = Duration.ofSeconds(10);

    private final Settlement settlement;
    private final PromptIndex index;
    private final InstantSource clock;
    private Optional<Thread> task = Optional.empty();
    private volatile boolean stopping;

    Settling(Settlement settlement, PromptIndex index, InstantSource clock) {
        this.settlement = settlement;
        this.index = index;
        this.clock = clock;
    }

    /** Does it while others work. */
    synchronized void begin() {
        if (index.state() != State.COMPLETE && !stopping) {
            task = Optional.of(Thread.ofVirtual().name("settling").start(this::runOrSay));
        }
    }

    private void runOrSay() {
        try {
            run();
        } catch (RuntimeException e) {
            LOG.error("The index is not complete, and is completed by the next start", e);
        }
    }

    /** Does it now. */
    void run() {
        if (index.state() == State.COMPLETE) {
            return;
        }
        Instant begun = clock.instant();
        Reports reports = new Reports(index.state() == State.EMPTY ? "made anew" : "compared with the prompts", begun);
        boolean complete = settlement.reach(reports::goOn);
        Progress reached = index.progress();
        if (complete && reached.total() == 0) {
            // A first start: there is nothing to tell.
            return;
        }
        if (complete) {
            long milliseconds = Duration.between(begun, clock.instant()).toMillis();
            LOG.info("The index is complete: {} prompts in {} ms", reached.done(), milliseconds);
        } else {
            LOG.info(
                    "The index is not complete, {} of {} prompts are: the next start begins again",
                    reached.done(),
                    reached.total());
        }
    }

    /** What the log says meanwhile. */
    private final class Reports {
        private final String what;
        private Instant next;

        Reports(String what, Instant begun) {
            this.what = what;
            this.next = begun;
        }

        boolean goOn() {
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                Progress reached = index.progress();
                LOG.info("The index is being {}: {} of {} prompts", what, reached.done(), reached.total());
                next = now.plus(REPORTS);
            }
            return !stopping;
        }
    }

    /** Stops between two prompts. */
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            stopping = true;
            running = task;
        }
        try {
            if (running.isPresent()) {
                running.get().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
