package dev.versicle.notify;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The attempts that are being made, each on a thread of its own. */
final class UnderWay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<String, Map<UUID, Thread>> attempts = new HashMap<>();

    /** Those to one subscriber. */
    Set<UUID> to(String webhook) {
        lock.lock();
        try {
            return Set.copyOf(attempts.getOrDefault(webhook, Map.of()).keySet());
        } finally {
            lock.unlock();
        }
    }

    void start(String webhook, UUID delivery, Runnable attempt) {
        lock.lock();
        try {
            Thread thread = Thread.ofVirtual().name("delivery").unstarted(attempt);
            attempts.computeIfAbsent(webhook, id -> new HashMap<>()).put(delivery, thread);
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    void end(String webhook, UUID delivery) {
        lock.lock();
        try {
            Map<UUID, Thread> left = attempts.getOrDefault(webhook, new HashMap<>());
            left.remove(delivery);
            if (left.isEmpty()) {
                attempts.remove(webhook);
            }
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are none; false where that takes longer than {@code patience}. */
    boolean awaitNone(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!attempts.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
            return attempts.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Breaks all of them off, and waits for their ends. */
    void breakOff(Duration patience) throws InterruptedException {
        for (Thread thread : threads()) {
            thread.interrupt();
        }
        for (Thread thread : threads()) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(patience.toNanos()));
        }
    }

    private List<Thread> threads() {
        lock.lock();
        try {
            return attempts.values().stream()
                    .flatMap(all -> all.values().stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
