package dev.versicle.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One writer per prompt: a lock by id, there as long as somebody holds or awaits it. Remembers too what needs no
 * mending before it is used: what is forgotten here is only mended again. Where something broke, that is remembered
 * until it is mended.
 */
final class WriteLocks {
    private static final long MENDED_MAX = 100_000;

    private final Cache<String, Boolean> mended =
            Caffeine.newBuilder().maximumSize(MENDED_MAX).build();

    /** No more than there are prompts, and as good as none. */
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    private final LoadingCache<String, ReentrantLock> locks =
            Caffeine.newBuilder().weakValues().build(id -> new ReentrantLock());

    boolean isMended(String id) {
        return mended.getIfPresent(id) != null;
    }

    void mended(String id) {
        broken.remove(id);
        mended.put(id, true);
    }

    /** Something broke in the midst of a write, so that signs may be missing, and the index may not know all refs. */
    void broken(String id) {
        broken.add(id);
        mended.invalidate(id);
    }

    boolean isBroken(String id) {
        return broken.contains(id);
    }

    /** The prompt is not there any more; one that comes back is a new one. */
    void gone(String id) {
        broken.remove(id);
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
