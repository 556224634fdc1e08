package dev.versicle;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test puts forward, for a server that sets {@code test.clock}. */
@Factory
@Requires(property = ClockForTests.SETTING)
public final class ClockForTests {
    static final String SETTING = "test.clock";

    /** The real time, and by how much it is put forward. */
    public static final class Clock implements InstantSource {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }

        /** Puts the clock forward. */
        public void pass(Duration time) {
            ahead.accumulateAndGet(time, Duration::plus);
        }
    }

    @Singleton
    @Primary
    @Replaces(value = InstantSource.class, factory = Wiring.class)
    Clock clock() {
        return new Clock();
    }
}
