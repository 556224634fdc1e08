package dev.versicle.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One writer per prompt: a lock by id, there as long as somebody holds or awaits it. Remembers too what needs no
 * mending before it is used: what is forgotten here is only mended again.
 */
final class WriteLocks {
    private static final long MENDED_MAX = 100_000;

    private final Cache<String, Boolean> mended =
            Caffeine.newBuilder().maximumSize(MENDED_MAX).build();

    private final LoadingCache<String, ReentrantLock> locks =
            Caffeine.newBuilder().weakValues().build(id -> new ReentrantLock());

    boolean isMended(String id) {
        return mended.getIfPresent(id) != null;
    }

    void mended(String id) {
        mended.put(id, true);
    }

    /** Something broke in the midst of a write, so that signs may be missing. */
    void broken(String id) {
        mended.invalidate(id);
    }

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
