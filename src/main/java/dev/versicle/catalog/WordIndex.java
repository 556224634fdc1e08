package dev.versicle.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what is searched, behind the backs of those who write it: a save only leaves its text in a table, in its own
 * transaction, and a task of this object's moves texts into the full-text index. Whoever searches moves first what is
 * there at this moment, so that it finds all that was acknowledged; after a kill, too.
 */
final class WordIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WordIndex.class);

    /** How long a text may wait, so that one that changes many times in a second is taken up once. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How many prompts are taken up in one transaction: whoever wants to write waits for as many at most. */
    private static final int PROMPTS_MAX = 16;

    /** How much text it may be, unless one prompt alone has more. */
    private static final int CHARACTERS_MAX = 100_000;

    private record Document(long number, String name, String description, String tags, String text) {
        static Document of(ResultSet row) throws SQLException {
            return new Document(
                    row.getLong("number"),
                    row.getString("name"),
                    row.getString("description"),
                    row.getString("tags"),
                    row.getString("text"));
        }

        int characters() {
            return description.length() + tags.length() + text.length();
        }
    }

    private final Sessions sessions;
    private final Semaphore written = new Semaphore(1);
    private final Thread task;
    private volatile boolean closing;

    WordIndex(Sessions sessions) {
        this.sessions = sessions;
        // A first look at once: a kill may have left something.
        this.task = Thread.ofVirtual().name("word-index").start(this::takeUpForEver);
    }

    /** Says that something was written. */
    void wake() {
        if (written.availablePermits() == 0) {
            written.release();
        }
    }

    private void takeUpForEver() {
        try {
            while (!closing) {
                written.acquire();
                written.drainPermits();
                Thread.sleep(PAUSE);
                takeUpOrLeave();
            }
        } catch (InterruptedException e) {
            // The catalog is being closed; what is left is taken up after the next start.
        }
    }

    /** A disk that cannot be written stops nobody from reading. */
    void takeUpOrLeave() {
        try {
            takeUp();
        } catch (RuntimeException e) {
            LOG.warn("What was written last cannot be searched yet: {}", e.toString());
        }
    }

    /** Takes up what is there at this moment. */
    private void takeUp() {
        long last = sessions.read(session -> Lists.count(session, Query.LAST_DUE));
        boolean more = last > 0;
        while (more && !closing) {
            more = sessions.written(session -> takeUp(session, last));
            sessions.giveWay();
        }
    }

    /** Whether there may be more of it. */
    private static boolean takeUp(Session session, long last) throws SQLException {
        List<Document> due = session.list(Query.DUE, Document::of, last, PROMPTS_MAX);
        int characters = 0;
        for (Document document : due) {
            characters += document.characters();
            put(session, document);
            if (characters > CHARACTERS_MAX) {
                return true;
            }
        }
        return due.size() == PROMPTS_MAX;
    }

    private static void put(Session session, Document document) throws SQLException {
        String name = Words.folded(document.name());
        String about = Words.folded(document.description() + "\n" + document.tags());
        String text = Words.folded(document.text());
        session.run(Query.INDEX_WORDS, document.number(), name, about, text);
        session.run(Query.INDEX_GRAMS, document.number(), Words.grams(name), Words.grams(about + "\n" + text));
        session.run(Query.DONE, document.number());
    }

    /** Ends the task, between two transactions. */
    @Override
    public void close() {
        closing = true;
        task.interrupt();
        boolean interrupted = false;
        while (task.isAlive()) {
            try {
                task.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
