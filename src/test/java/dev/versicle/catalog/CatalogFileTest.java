package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.killed;
import static dev.versicle.catalog.Samples.name;
import static dev.versicle.catalog.Samples.version;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptIndex.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest {
    private static final int PAGE_BYTES = 4096;
    private static final int PROMPTS = 200;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("catalog.db");
    }

    @Test
    void aNewFileIsEmpty() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            assertEquals(State.EMPTY, catalog.state());
            assertEquals(0, catalog.count());
            assertEquals(List.of(), catalog.known());
        }
    }

    @Test
    void aCompletedFileThatWasClosedIsComplete() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(1), change("greeting", version(1, 11)));
            catalog.complete();
            assertEquals(State.COMPLETE, catalog.state());
        }

        try (SqliteCatalog again = SqliteCatalog.open(file)) {
            assertEquals(State.COMPLETE, again.state());
            assertEquals(Optional.of(version(1, 11)), again.latest(id(1)));
            again.record(id(2), change("farewell"));
        }
        try (SqliteCatalog third = SqliteCatalog.open(file)) {
            assertEquals(State.COMPLETE, third.state());
            assertEquals(2, third.count());
        }
    }

    @Test
    void aClosedFileIsOneFile() throws IOException {
        fill(file);

        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void closingTwiceDoesNothingMore() {
        SqliteCatalog catalog = SqliteCatalog.open(file);
        catalog.complete();
        catalog.close();
        catalog.close();

        assertEquals(State.COMPLETE, stateOf(file));
    }

    @Test
    void aKilledServersFileIsUncertainAndHasItsData() throws IOException {
        fill(file);
        Path copy;
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(PROMPTS + 1), change("last words", version(1, 11)));
            copy = killed(file);
        }

        try (SqliteCatalog found = SqliteCatalog.open(copy)) {
            assertEquals(State.UNCERTAIN, found.state());
            assertEquals(PROMPTS + 1, found.count());
            assertEquals(Optional.of(version(1, 11)), found.latest(id(PROMPTS + 1)));
        }
    }

    @Test
    void aServerKilledBeforeItChangedAnythingLeavesTheFileUncertainEvenWithoutItsLog() throws IOException {
        fill(file);
        Path copy = directory.resolve("copy.db");
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            assertEquals(State.COMPLETE, catalog.state());
            Files.copy(file, copy);
        }

        assertEquals(State.UNCERTAIN, stateOf(copy));
    }

    @Test
    void anEmptyStartThatNeverCompletedBeginsAgain() throws IOException {
        Path copy;
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(1), change("greeting"));
            copy = killed(file);
        }

        assertEquals(State.EMPTY, stateOf(copy));
        assertEquals(State.EMPTY, stateOf(file));
    }

    @Test
    void anUncertainStartStaysUncertainUntilItIsCompleted() throws IOException {
        fill(file);
        Path copy;
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            copy = killed(file);
            assertEquals(State.COMPLETE, catalog.state());
        }

        assertEquals(State.UNCERTAIN, stateOf(copy));
        assertEquals(State.UNCERTAIN, stateOf(copy));
        try (SqliteCatalog catalog = SqliteCatalog.open(copy)) {
            catalog.complete();
        }
        assertEquals(State.COMPLETE, stateOf(copy));
    }

    @Test
    void garbageIsMadeAnew() throws IOException {
        Files.writeString(file, "this is no database, whatever its name says. ".repeat(500), StandardCharsets.UTF_8);
        Files.writeString(directory.resolve("catalog.db-wal"), "nor is this its log", StandardCharsets.UTF_8);

        assertRemade();
    }

    @Test
    void anEmptyFileIsMadeAnew() throws IOException {
        Files.createFile(file);

        assertRemade();
    }

    @Test
    void theLogOfAFileThatIsGoneIsNotRead() throws IOException {
        fill(file);
        Path copy;
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(PROMPTS + 1), change("last words"));
            copy = killed(file);
        }
        Files.delete(copy);

        assertEquals(State.EMPTY, stateOf(copy));
    }

    @Test
    void aTruncatedFileIsMadeAnew() throws IOException {
        leaveUnclean();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2 / PAGE_BYTES * PAGE_BYTES);
        }

        assertRemade();
    }

    @Test
    void aFileWithADamagedPageIsMadeAnewWhenTheLastStopWasNotInOrder() throws IOException {
        leaveUnclean();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(PAGE_BYTES).put(0, (byte) 0x7f), channel.size() - 3 * PAGE_BYTES);
        }

        assertRemade();
    }

    @Test
    void anotherSchemaIsMadeAnew() throws SQLException {
        fill(file);
        meddle(file, "pragma user_version = " + (Schema.NUMBER + 1));

        assertRemade();
    }

    @Test
    void aDatabaseOfSomebodyElseIsMadeAnew() throws SQLException {
        meddle(file, "create table catalog (something text)");
        meddle(file, "pragma user_version = " + Schema.NUMBER);

        assertRemade();
    }

    @Test
    void aPathThatCannotBeOpenedIsAnErrorAndNotMadeAnew() throws IOException {
        Files.createDirectory(file);

        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> SqliteCatalog.open(file));
        assertInstanceOf(SQLException.class, requireNonNull(failure.getCause()).getCause());
        assertTrue(Files.isDirectory(file));
    }

    @Test
    void aPathWithOddCharactersIsTakenLiterally() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a b?mode=memory#%41&é"));

        fill(odd.resolve("catalog.db"));

        assertEquals(State.COMPLETE, stateOf(odd.resolve("catalog.db")));
        assertTrue(Files.size(odd.resolve("catalog.db")) > PAGE_BYTES);
    }

    @Test
    void aFailedChangeIsNotMarkedAsWholeAtTheClose() throws SQLException {
        fill(file);
        meddle(file, "create trigger full before insert on version begin select raise(abort, 'disk full'); end");

        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            UncheckedIOException failure = assertThrows(
                    UncheckedIOException.class, () -> catalog.record(id(1), change("renamed", version(1, 11))));
            assertInstanceOf(
                    SQLException.class, requireNonNull(failure.getCause()).getCause());
            assertEquals(Optional.empty(), catalog.find(TEAM, name("renamed")));
            catalog.record(id(2), change("still works"));
        }

        assertEquals(State.UNCERTAIN, stateOf(file));
    }

    @Test
    void aRefusedNameLeavesTheIndexWhole() {
        fill(file);
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            assertThrows(PromptException.class, () -> catalog.claim(TEAM, name("prompt 1"), id(2)));
        }

        assertEquals(State.COMPLETE, stateOf(file));
    }

    private void assertRemade() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            assertEquals(State.EMPTY, catalog.state());
            assertEquals(List.of(), catalog.known());
            catalog.record(id(1), change("greeting"));
            assertEquals(1, catalog.count());
        }
    }

    private static void fill(Path file) {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            for (int i = 1; i <= PROMPTS; i++) {
                catalog.record(id(i), change("prompt " + i, version(1, i)));
            }
            catalog.complete();
        }
    }

    private static State stateOf(Path file) {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            return catalog.state();
        }
    }

    /** A filled file, all of it in the file itself, as after a kill. */
    private void leaveUnclean() {
        fill(file);
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            assertEquals(State.COMPLETE, catalog.state());
        }
        try {
            meddle(file, "update catalog set clean = 0");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void meddle(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
