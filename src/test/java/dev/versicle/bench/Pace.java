package dev.versicle.bench;

import java.time.Duration;

/**
 * How long everything is done.
 *
 * @param warmUp before the runs of a row, and before the measurement of a fork
 * @param run one run of a row, or one fork's measurement
 * @param forks how many JVMs measure each row from inside
 * @param growthRun one run of a row about growth, of which there are twice as many
 * @param few the small number of versions or prompts
 * @param many the big one
 */
record Pace(Duration warmUp, Duration run, int forks, Duration growthRun, int few, int many) {
    /** How often each row is measured. */
    static final int RUNS = 3;

    static final Pace FULL =
            new Pace(Duration.ofMillis(1500), Duration.ofMillis(2500), 3, Duration.ofSeconds(1), 100, 10_000);

    /** Tries everything out; its figures are worth nothing. */
    static final Pace QUICK =
            new Pace(Duration.ofMillis(200), Duration.ofMillis(300), 1, Duration.ofMillis(100), 20, 60);
}
