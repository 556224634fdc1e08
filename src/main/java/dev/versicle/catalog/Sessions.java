package dev.versicle.catalog;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one writer and a few readers at the file. Readers never wait for the writer, only for one another when there are
 * more than {@link #READERS}: a call into SQLite occupies a carrier thread, so more would not be faster.
 */
final class Sessions {
    static final int READERS = 8;

    /** Of SQLite's write-ahead log, beside the file. */
    private static final String LOG_SUFFIX = "-wal";

    private static final Duration GIVEN_WAY = Duration.ofMillis(1);

    /** What is changed in one transaction. */
    interface Writing {
        void on(Session session) throws SQLException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Session writer;
    private final File log;
    private final Semaphore free = new Semaphore(READERS, true);
    private final Queue<Session> readers = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private volatile boolean failed;

    /** Takes over {@code writer}, which has {@code file} open. */
    Sessions(Session writer, Path file) throws SQLException {
        this.writer = writer;
        this.log = new File(file + LOG_SUFFIX);
        for (int i = 0; i < READERS; i++) {
            readers.add(Session.reading(file));
        }
    }

    /** Asks one state of the file. */
    <T> T read(Session.Work<T> work) {
        free.acquireUninterruptibly();
        try {
            requireOpen();
            return reading(work);
        } finally {
            free.release();
        }
    }

    private <T> T reading(Session.Work<T> work) {
        Session session = readers.remove();
        try {
            return session.transact(Query.BEGIN_READ, work);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            readers.add(session);
        }
    }

    /** Changes the file in one transaction; whoever asks afterwards sees it. */
    void write(Writing work) {
        written(session -> {
            work.on(session);
            return true;
        });
    }

    /** As {@link #write}, with what comes of it. */
    <T> T written(Session.Work<T> work) {
        lock.lock();
        try {
            requireOpen();
            return writer.transact(Query.BEGIN_WRITE, work);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            lock.unlock();
        }
    }

    /** Forces to the disk what was written until now; nobody waits for it to write. */
    void force() {
        // Every commit is in this file or was forced when it left it. Not by a channel, which an interrupt would close.
        try (RandomAccessFile written = new RandomAccessFile(log, "r")) {
            written.getFD().sync();
        } catch (IOException e) {
            failed = true;
            throw new UncheckedIOException("the catalog's log could not be forced", e);
        }
    }

    /**
     * As {@link #written}, and forces it to the disk with all that was written before; nobody sees it until it is
     * forced, and nobody else writes meanwhile.
     */
    <T> T forced(Session.Work<T> work) {
        lock.lock();
        try {
            requireOpen();
            writer.run(Query.SYNC_EACH_COMMIT);
            try {
                return writer.transact(Query.BEGIN_WRITE, work);
            } finally {
                writer.run(Query.SYNC_AT_CHECKPOINTS);
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            lock.unlock();
        }
    }

    /** Lets those go first who wait to write, for whoever writes much in a row. */
    void giveWay() {
        if (lock.hasQueuedThreads()) {
            LockSupport.parkNanos(GIVEN_WAY.toNanos());
        }
    }

    /** Has {@link #failed} say that something did, whatever comes. */
    void doubt() {
        failed = true;
    }

    /** Whether any call failed, so that something acknowledged elsewhere may be missing here. */
    boolean failed() {
        return failed;
    }

    /** Waits for the calls that are under way, runs {@code last} and closes the file; later calls fail. */
    void close(Writing last) {
        lock.lock();
        free.acquireUninterruptibly(READERS);
        try {
            if (!closed) {
                closed = true;
                closing(last);
            }
        } finally {
            free.release(READERS);
            lock.unlock();
        }
    }

    private void closing(Writing last) {
        // The writer goes last: only the last connection folds the log into the file.
        try (Session closedLast = writer) {
            for (Session reader : readers) {
                reader.close();
            }
            last.on(closedLast);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the catalog is closed");
        }
    }

    private UncheckedIOException failure(SQLException e) {
        failed = true;
        return unchecked(e);
    }

    static UncheckedIOException unchecked(SQLException e) {
        return new UncheckedIOException(new IOException("the catalog's file failed", e));
    }
}
