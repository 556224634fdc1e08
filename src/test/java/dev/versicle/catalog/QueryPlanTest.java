package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No statement of a request reads a whole table.
 *
 * <p>SQLite says SCAN for three things. One reads all rows: that is the defect. One asks a full-text index for what
 * matches ("VIRTUAL TABLE INDEX 0:M…"). The last walks an index in the order that is asked for and stops at the
 * statement's LIMIT: "SCAN … USING … INDEX", where nothing has to be sorted ("TEMP B-TREE") and no condition can leave
 * rows out, so that each step gives a row or skips one of the offset.
 */
class QueryPlanTest {
    private static final Pattern BIG_SCAN = Pattern.compile(
            "SCAN (p|prompt|version|name|reader|former|released|displayed|document|due|trash|receipt|event|follower"
                    + "|told|pointer|delivery|attempt|words|grams)\\b.*");
    private static final Pattern MATCHES = Pattern.compile("SCAN \\w+ VIRTUAL TABLE INDEX 0:M\\d+");
    private static final Pattern INDEX_WALK = Pattern.compile("SCAN \\w+ USING (COVERING )?INDEX \\w+");

    private final Path file;

    QueryPlanTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    private SqliteCatalog catalog;

    @BeforeEach
    void open() {
        catalog = SqliteCatalog.open(file);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KNOWN", "DROP_OLD_CLAIMS", "DROP_OLD_TRASH"})
    void noStatementOfARequestReadsAWholeTable(Query query) throws SQLException {
        assertEquals(List.of(), wholeTables(query));
    }

    @ParameterizedTest
    @EnumSource(names = {"KNOWN", "DROP_OLD_CLAIMS", "DROP_OLD_TRASH"})
    void theSameRuleCatchesTheStatementsOfTheStart(Query query) throws SQLException {
        assertFalse(wholeTables(query).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "READABLE", "LIVE", "CARRIERS", "FLOOR", "BY_COMMIT", "HIGHEST", "DISPLAYED"})
    void anOrderedListIsNotSorted(Query query) throws SQLException {
        assertEquals(
                List.of(),
                plan(query).stream()
                        .filter(line -> line.contains("TEMP B-TREE"))
                        .toList());
    }

    private List<String> wholeTables(Query query) throws SQLException {
        List<String> plan = plan(query);
        boolean sorts = plan.stream().anyMatch(line -> line.contains("TEMP B-TREE"));
        boolean stops = query.sql().contains("limit ?") && !sorts;
        return plan.stream()
                .filter(line -> BIG_SCAN.matcher(line).matches())
                .filter(line -> !stops || !INDEX_WALK.matcher(line).matches())
                .filter(line -> !MATCHES.matcher(line).matches())
                .toList();
    }

    private List<String> plan(Query query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement("explain query plan " + query.sql());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString("detail"));
            }
        }
        return lines;
    }
}
