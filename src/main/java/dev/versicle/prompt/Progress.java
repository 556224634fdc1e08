package dev.versicle.prompt;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A number that only grows, and those who wait for it to. */
public final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long number;

    public Progress(long beginning) {
        this.number = beginning;
    }

    public long number() {
        lock.lock();
        try {
            return number;
        } finally {
            lock.unlock();
        }
    }

    /** Changes nothing where it is higher already. */
    public void reach(long wanted) {
        lock.lock();
        try {
            number = Math.max(number, wanted);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is as high as that; false where that takes longer than {@code patience}. */
    public boolean await(long wanted, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (number < wanted && left > 0) {
                left = more.awaitNanos(left);
            }
            return number >= wanted;
        } finally {
            lock.unlock();
        }
    }
}
