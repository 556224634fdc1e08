package dev.versicle.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Which subscribers are to be looked after, and when. */
final class Agenda {
    /** The clock may be put forward, and nobody wakes whoever waits then. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    private record Look(Instant at, String webhook) {}

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Look> looks = new HashMap<>();
    private final TreeSet<Look> inOrder =
            new TreeSet<>(Comparator.comparing(Look::at).thenComparing(Look::webhook));

    Agenda(InstantSource clock) {
        this.clock = clock;
    }

    void now(String webhook) {
        at(webhook, clock.instant());
    }

    /** Has somebody look then, unless somebody is to look before. */
    void at(String webhook, Instant moment) {
        lock.lock();
        try {
            Look wanted = new Look(moment, webhook);
            Look planned = looks.getOrDefault(webhook, wanted);
            if (!planned.at().isBefore(moment)) {
                inOrder.remove(planned);
                inOrder.add(wanted);
                looks.put(webhook, wanted);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has whoever waits look at the clock again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody is to be looked after, and gives who. */
    String next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inOrder.isEmpty() || inOrder.first().at().isAfter(clock.instant())) {
                changed.await(patience().toMillis() + 1, TimeUnit.MILLISECONDS);
            }
            String webhook = inOrder.removeFirst().webhook();
            looks.remove(webhook);
            return webhook;
        } finally {
            lock.unlock();
        }
    }

    private Duration patience() {
        if (inOrder.isEmpty()) {
            return WAIT_MAX;
        }
        Duration left = Duration.between(clock.instant(), inOrder.first().at());
        return left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX;
    }
}
