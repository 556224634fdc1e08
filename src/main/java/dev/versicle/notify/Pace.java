package dev.versicle.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long subscribers are waited for.
 *
 * @param attempt how long one attempt may take, from the moment the address is known
 * @param first the longest pause after the first attempt; it doubles with each
 * @param most but is never longer than this
 * @param whole how long after its first attempt a delivery is still tried
 */
public record Pace(Duration attempt, Duration first, Duration most, Duration whole) {
    public static final Pace USUAL =
            new Pace(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(24));

    /** More would be longer than anything. */
    private static final int DOUBLINGS_MAX = 20;

    /**
     * A pause after so many failures: any between none and the longest, so that those who failed together do not come
     * back together.
     */
    Duration pause(int failures, RandomGenerator chance) {
        Duration longest = first.multipliedBy(1L << Math.clamp(failures - 1, 0, DOUBLINGS_MAX));
        Duration bound = longest.compareTo(most) < 0 ? longest : most;
        return Duration.ofMillis(chance.nextLong(bound.toMillis() + 1));
    }
}
