package dev.versicle;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many at once: every member does the work on a virtual thread of its own, and all set out together. */
public final class Crowd {
    /** What a member does; its number counts from 0. */
    @FunctionalInterface
    public interface Work<T> {
        T of(int member) throws Exception;
    }

    private Crowd() {}

    /** What each member came to, in the order of the members; throws what the first one threw. */
    public static <T> List<T> of(int members, Work<T> work) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results = IntStream.range(0, members)
                    .mapToObj(member -> threads.submit((Callable<T>) () -> {
                        start.await();
                        return work.of(member);
                    }))
                    .toList();
            start.countDown();
            return results.stream().map(Crowd::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
