package dev.versicle.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** The rows from inside: JMH in JVMs of its own, each fork a run. */
final class Inside {
    private static final int THREADS = 16;
    private static final double MICROS_A_SECOND = 1e6;

    private final Pace pace;
    private final Scratch scratch;

    Inside(Pace pace, Scratch scratch) {
        this.pace = pace;
        this.scratch = scratch;
    }

    List<Row> rows() throws RunnerException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(run(1, CodecsBench.class.getName() + ".*"));
        rows.addAll(run(1, CellarBench.class.getName() + ".*"));
        rows.addAll(run(THREADS, CellarBench.class.getName() + ".cellarCheckpoint"));
        rows.sort((a, b) -> a.subject().compareTo(b.subject()));
        return rows;
    }

    private Collection<Row> run(int threads, String benchmarks) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmarks + "$")
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .threads(threads)
                .forks(pace.forks())
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(pace.warmUp().toMillis()))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(pace.run().toMillis()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + scratch.directory());
        return new Runner(options.build()).run().stream().map(Inside::row).toList();
    }

    private static Row row(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        int threads = result.getParams().getThreads();
        List<Run> forks = result.getBenchmarkResults().stream()
                .map(fork -> run(fork.getPrimaryResult().getStatistics(), threads))
                .toList();
        return new Row(Subject.ofMethod(benchmark.substring(benchmark.lastIndexOf('.') + 1)), threads, forks);
    }

    /** JMH sampled how long single operations took; each thread did the next one at once. */
    private static Run run(Statistics micros, int threads) {
        return new Run(
                threads * MICROS_A_SECOND / micros.getMean(), micros.getPercentile(50), micros.getPercentile(99));
    }
}
