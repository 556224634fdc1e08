package dev.versicle.catalog;

import dev.versicle.prompt.PromptIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Decides at the start what the file on disk is worth, and makes a new one where it is worth nothing. */
final class CatalogFile {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);

    // The log goes first: one that outlived its file would be taken for a part of the next.
    private static final List<String> SUFFIXES = List.of("-wal", "-shm", "-journal", "");

    // What says that the content is no good. A busy file, a full disk or missing rights say nothing about it.
    private static final Set<SQLiteErrorCode> BROKEN = EnumSet.of(
            SQLiteErrorCode.SQLITE_ERROR,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_NOTADB,
            SQLiteErrorCode.SQLITE_FORMAT);
    private static final int PRIMARY_CODE_MASK = 0xff;

    /**
     * The file, open and marked as in use.
     *
     * @param run which start of this file it is, from 1 on
     */
    record Opened(Session writer, PromptIndex.State found, long run) {}

    private record Standing(boolean clean, boolean whole, long run) {}

    private CatalogFile() {}

    /** Opens the file, or makes it; until an orderly stop, every later start finds it {@code UNCERTAIN}. */
    static Opened open(Path file) throws IOException, SQLException {
        Optional<Opened> kept = Files.exists(file) ? kept(file) : Optional.empty();
        return kept.isPresent() ? kept.get() : made(file);
    }

    private static Optional<Opened> kept(Path file) throws SQLException {
        try {
            return opened(Session.writing(file), session -> begun(session, judged(file, session)));
        } catch (SQLiteException e) {
            if (!BROKEN.contains(primary(e))) {
                throw e;
            }
            LOG.warn("The catalog {} cannot be read and is made anew: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static Opened made(Path file) throws IOException, SQLException {
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
        return opened(Session.writing(file), session -> {
                    session.transact(Query.BEGIN_WRITE, CatalogFile::defined);
                    return begun(session, Optional.of(PromptIndex.State.EMPTY));
                })
                .orElseThrow();
    }

    /** What {@code work} makes of the session, which is closed where that is nothing. */
    private static Optional<Opened> opened(Session session, Session.Work<Optional<Opened>> work) throws SQLException {
        Optional<Opened> opened = Optional.empty();
        try {
            opened = work.on(session);
            return opened;
        } finally {
            if (opened.isEmpty()) {
                session.close();
            }
        }
    }

    private static int defined(Session session) throws SQLException {
        for (String statement : Schema.STATEMENTS) {
            session.define(statement);
        }
        return Schema.NUMBER;
    }

    private static Optional<PromptIndex.State> judged(Path file, Session session) throws SQLException {
        int number = session.first(Query.SCHEMA_NUMBER, row -> row.getInt(1)).orElseThrow();
        if (number != Schema.NUMBER) {
            LOG.info("The catalog {} has schema {}, not {}, and is made anew", file, number, Schema.NUMBER);
            return Optional.empty();
        }
        if (standing(session).clean()) {
            return Optional.of(PromptIndex.State.COMPLETE);
        }
        String verdict =
                session.first(Query.QUICK_CHECK, row -> row.getString(1)).orElse("");
        if (!verdict.equals("ok")) {
            LOG.warn("The catalog {} is damaged and is made anew: {}", file, verdict.replace('\n', ' '));
            return Optional.empty();
        }
        return Optional.of(standing(session).whole() ? PromptIndex.State.UNCERTAIN : PromptIndex.State.EMPTY);
    }

    private static Optional<Opened> begun(Session session, Optional<PromptIndex.State> found) throws SQLException {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        // Forced to the disk: else a power cut could bring back the mark of the last orderly stop.
        session.run(Query.SYNC_EACH_COMMIT);
        session.run(Query.BEGIN_RUN);
        session.list(Query.EMPTY_THE_LOG, row -> row.getInt(1));
        session.run(Query.SYNC_AT_CHECKPOINTS);
        return Optional.of(new Opened(session, found.get(), standing(session).run()));
    }

    private static Standing standing(Session session) throws SQLException {
        return session.first(Query.STANDING, row -> new Standing(row.getBoolean(1), row.getBoolean(2), row.getLong(3)))
                .orElseThrow(() -> new SQLiteException("the catalog's row is missing", SQLiteErrorCode.SQLITE_CORRUPT));
    }

    private static SQLiteErrorCode primary(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & PRIMARY_CODE_MASK);
    }
}
