package dev.versicle.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** A closed loop: every client does its deed, and does it again as soon as it is done. */
final class Load {
    /** An operation that takes longer is counted as this long. */
    private static final long OPERATION_NANOS_MAX = Duration.ofMinutes(1).toNanos();

    private static final int DIGITS = 3;

    /** What a client does once; it throws where the answer is not what it must be. */
    @FunctionalInterface
    interface Deed {
        void once() throws Exception;
    }

    /**
     * When a run ends: at the first of the two.
     *
     * @param operations how many each client does at most
     */
    record Length(Duration time, long operations) {
        static Length of(Duration time) {
            return new Length(time, Long.MAX_VALUE);
        }
    }

    private Load() {}

    /** Warms up, then measures {@link Pace#RUNS} times; each deed is one client. */
    static Row measure(Subject subject, Pace pace, List<? extends Deed> clients)
            throws ExecutionException, InterruptedException {
        run(clients, Length.of(pace.warmUp()));
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < Pace.RUNS; i++) {
            runs.add(run(clients, Length.of(pace.run())));
        }
        return new Row(subject, clients.size(), runs);
    }

    /** One run; the first deed that fails fails it. */
    static Run run(List<? extends Deed> clients, Length length) throws ExecutionException, InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<Histogram>> loops = clients.stream()
                    .map(deed -> threads.submit(() -> {
                        start.await();
                        return loop(deed, length);
                    }))
                    .toList();
            long begin = System.nanoTime();
            start.countDown();
            Histogram all = new Histogram(OPERATION_NANOS_MAX, DIGITS);
            for (Future<Histogram> loop : loops) {
                all.add(loop.get());
            }
            return Run.of(all, System.nanoTime() - begin);
        }
    }

    private static Histogram loop(Deed deed, Length length) throws Exception {
        Histogram nanos = new Histogram(OPERATION_NANOS_MAX, DIGITS);
        long begin = System.nanoTime();
        long before = begin;
        while (before - begin < length.time().toNanos() && nanos.getTotalCount() < length.operations()) {
            deed.once();
            long after = System.nanoTime();
            nanos.recordValue(Math.min(after - before, OPERATION_NANOS_MAX));
            before = after;
        }
        return nanos;
    }
}
