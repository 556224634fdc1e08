package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Receipts;
import dev.versicle.prompt.Receipts.Receipt;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    private static final Instant NOW = Samples.MOMENT;
    private static final Receipt FIRST = new Receipt(201, "application/json", "{\"é\": \"\\u0000\"}");
    private static final Receipt SECOND = new Receipt(409, "application/problem+json", "");

    private final Path file;

    ReceiptsTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    private static String scope(int number) {
        return "%064x".formatted(number);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerForADay() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            Receipts receipts = catalog.receipts();
            assertEquals(Optional.empty(), receipts.find(scope(1), NOW));

            receipts.keep(scope(1), FIRST, NOW);
            receipts.keep(scope(1), SECOND, NOW.plusSeconds(1));
            receipts.keep(scope(2), SECOND, NOW);

            Instant last = NOW.plus(Receipts.KEPT).minusMillis(1);
            assertEquals(Optional.of(FIRST), receipts.find(scope(1), last));
            assertEquals(Optional.of(SECOND), receipts.find(scope(2), last));
            assertEquals(Optional.empty(), receipts.find(scope(1), NOW.plus(Receipts.KEPT)));
            receipts.keep(scope(1), SECOND, NOW.plus(Receipts.KEPT));
            assertEquals(Optional.of(SECOND), receipts.find(scope(1), NOW.plus(Receipts.KEPT)));
        }
    }

    @Test
    void aReceiptIsThereAfterAStop() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.receipts().keep(scope(1), FIRST, NOW);
        }
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            assertEquals(Optional.of(FIRST), catalog.receipts().find(scope(1), NOW));
        }
    }

    @Test
    void oldReceiptsGoAsNewOnesCome() throws SQLException {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            for (int i = 0; i < 100; i++) {
                catalog.receipts().keep(scope(i), FIRST, NOW);
            }
            for (int i = 100; i < 125; i++) {
                catalog.receipts().keep(scope(i), FIRST, NOW.plus(Receipts.KEPT).plus(Duration.ofHours(1)));
            }
        }

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from receipt")) {
            assertEquals(25, row.getInt(1));
        }
    }
}
