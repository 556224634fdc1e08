package dev.versicle.http.git;

import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.WireCut;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body that may be so large and may take so long: after that each read throws {@link WireCut}, one that
 * waits at that moment, too. Nothing but a read is ever interrupted: what it was read for may be at work on the disk.
 */
final class TimedBody extends InputStream {
    private final InputStream body;
    private final GitLimits limits;
    private final Thread alarm;
    private final Lock lock = new ReentrantLock();

    /** Under the lock: who waits in a read, and whether the time is over. */
    private Optional<Thread> reader = Optional.empty();

    private boolean over;

    private long bytesLeft;

    TimedBody(InputStream body, GitLimits limits) {
        this.body = body;
        this.limits = limits;
        this.bytesLeft = limits.requestBytes();
        this.alarm = Thread.ofVirtual().name("git-time").start(this::wake);
    }

    private void wake() {
        try {
            Thread.sleep(limits.time());
        } catch (InterruptedException e) {
            // Closed in time.
            return;
        }
        lock.lock();
        try {
            over = true;
            reader.ifPresent(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        begin();
        int read;
        try {
            read = body.read(bytes, offset, length);
        } catch (InterruptedIOException e) {
            throw WireCut.late(limits.time());
        } finally {
            end();
        }
        bytesLeft -= Math.max(0, read);
        if (bytesLeft < 0) {
            throw WireCut.tooLarge(limits.requestBytes());
        }
        return read;
    }

    private void begin() throws WireCut {
        lock.lock();
        try {
            if (over) {
                throw WireCut.late(limits.time());
            }
            reader = Optional.of(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            reader = Optional.empty();
            if (over && Thread.interrupted()) {
                // It was meant for the read alone.
                return;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        alarm.interrupt();
        body.close();
    }
}
