package dev.versicle.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One connection and the statements that it has prepared; one thread uses it at a time. */
final class Session implements AutoCloseable {
    private static final int BUSY_MILLISECONDS_MAX = 10_000;
    private static final int LOG_BYTES_KEPT = 64 * 1024 * 1024;

    /** Reads one row of an answer. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done with a session. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    private final Connection connection;
    private final Map<Query, PreparedStatement> prepared = new EnumMap<>(Query.class);

    private Session(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file for writing, and makes it where there is none. */
    static Session writing(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // Derived data: a commit lost in a power cut costs a comparison with the prompts at the next start.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setJournalSizeLimit(LOG_BYTES_KEPT);
        return new Session(config.createConnection(url(file)));
    }

    /** Opens a file that another session has open for writing. */
    static Session reading(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return new Session(config.createConnection(url(file)));
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLISECONDS_MAX);
        return config;
    }

    /** As a URI, since the driver takes what follows a question mark in a plain path for settings. */
    private static String url(Path file) {
        return "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath();
    }

    /** Runs {@code work} between {@code begin} and a commit; nothing of it stays where it fails. */
    <T> T transact(Query begin, Work<T> work) throws SQLException {
        run(begin);
        try {
            T result = work.on(this);
            run(Query.COMMIT);
            return result;
        } catch (Throwable e) {
            // Whatever it was: a transaction left open would make every later one fail.
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Throwable reason) {
        try {
            run(Query.ROLLBACK);
        } catch (SQLException e) {
            // SQLite itself has rolled back after some errors, and then refuses to do it again.
            reason.addSuppressed(e);
        }
    }

    void run(Query query, @Nullable Object... values) throws SQLException {
        try {
            bound(query, values).execute();
        } catch (SQLException e) {
            throw dropping(query, e);
        }
    }

    /** As {@link #run}, and says how many rows it changed or made. */
    int change(Query query, @Nullable Object... values) throws SQLException {
        try {
            return bound(query, values).executeUpdate();
        } catch (SQLException e) {
            throw dropping(query, e);
        }
    }

    /** Runs a statement of the schema, once. */
    void define(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    <T> Optional<T> first(Query query, Row<T> row, Object... values) throws SQLException {
        return list(query, row, values).stream().findFirst();
    }

    <T> List<T> list(Query query, Row<T> row, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet results = bound(query, values).executeQuery()) {
            while (results.next()) {
                rows.add(row.read(results));
            }
        } catch (SQLException e) {
            throw dropping(query, e);
        }
        return rows;
    }

    /** The driver may close a statement that fails, as on a full disk; it is prepared anew when it is needed again. */
    private SQLException dropping(Query query, SQLException reason) {
        try {
            PreparedStatement failed = prepared.remove(query);
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
        return reason;
    }

    private PreparedStatement bound(Query query, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(query);
        if (statement == null) {
            statement = connection.prepareStatement(query.sql());
            prepared.put(query, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        connection.close();
    }
}
