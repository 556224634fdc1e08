package dev.versicle.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The upper ends of a histogram's buckets: 1 ms to 10 s, in steps of about two and a half. */
final class Buckets {
    private static final long[] MICROSECONDS = {
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000
    };

    private Buckets() {}

    static Duration[] ends() {
        return LongStream.of(MICROSECONDS)
                .mapToObj(microseconds -> Duration.ofNanos(microseconds * 1_000))
                .toArray(Duration[]::new);
    }
}
