package dev.versicle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The closed loop. */
class LoadTest {
    private static final Load.Length FIVE = new Load.Length(Duration.ofMinutes(1), 5);

    @Test
    void everyClientDoesItsDeedAsOftenAsItMay() throws ExecutionException, InterruptedException {
        AtomicInteger done = new AtomicInteger();

        Run run = Load.run(Collections.nCopies(3, done::incrementAndGet), FIVE);

        assertEquals(15, done.get());
        assertTrue(run.perSecond() > 0);
    }

    @Test
    void aRowIsWarmedUpAndRunThreeTimes() throws ExecutionException, InterruptedException {
        AtomicInteger done = new AtomicInteger();

        Row row = Load.measure(Subject.LIST, Pace.QUICK, Collections.nCopies(2, done::incrementAndGet));

        assertEquals(Pace.RUNS, row.runs().size());
        assertEquals(2, row.clients());
        assertTrue(done.get() >= 2 * (1 + Pace.RUNS));
    }

    @Test
    void aDeedThatFailsFailsTheRun() {
        Load.Deed wrong = () -> {
            throw new IllegalStateException("500 instead of 200");
        };

        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> Load.run(Collections.nCopies(2, wrong), FIVE));

        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }
}
