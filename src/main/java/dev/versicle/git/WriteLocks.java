package dev.versicle.git;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One writer per prompt: a lock by id, there as long as somebody holds or awaits it. */
final class WriteLocks {
    private final LoadingCache<String, ReentrantLock> locks =
            Caffeine.newBuilder().weakValues().build(id -> new ReentrantLock());

    <R> R locked(String id, Supplier<R> work) {
        ReentrantLock lock = locks.get(id);
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
