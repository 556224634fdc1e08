package dev.versicle.bench;

import org.HdrHistogram.Histogram;

/** What one run of a row came to, over all its clients. */
record Run(double perSecond, double p50Micros, double p99Micros) {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_SECOND = 1e9;

    /** Reads a run that took {@code lengthNanos} from the nanoseconds that each operation took. */
    static Run of(Histogram nanos, long lengthNanos) {
        return new Run(
                nanos.getTotalCount() * NANOS_A_SECOND / lengthNanos,
                nanos.getValueAtPercentile(50) / NANOS_A_MICRO,
                nanos.getValueAtPercentile(99) / NANOS_A_MICRO);
    }
}
