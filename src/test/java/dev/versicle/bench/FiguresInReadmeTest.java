package dev.versicle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README speaks of the rows that there are. */
class FiguresInReadmeTest {
    private static final List<String> NAMES =
            Arrays.stream(Subject.values()).map(Subject::text).toList();

    private static String figures() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("\n## Figures\n");
        return readme.substring(start, readme.indexOf("\n## ", start + 1));
    }

    /** The names that begin the rows of the two tables of figures, each once. */
    static List<String> rowsOf(String markdown) {
        return Stream.of("row | clients", "growth | p50")
                .flatMap(head -> firstCells(markdown, head))
                .toList();
    }

    private static Stream<String> firstCells(String markdown, String head) {
        return markdown.lines()
                .dropWhile(line -> !line.startsWith("| " + head))
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .distinct();
    }

    @Test
    void everyRowIsExplained() throws IOException {
        assertEquals(NAMES, firstCells(figures(), "row | what is done once").toList());
    }

    @Test
    void theFiguresAreThoseOfTheSuiteOnceTheyAreThere() throws IOException {
        List<String> rows = rowsOf(figures());

        assertEquals(rows.isEmpty() ? List.of() : NAMES, rows);
    }
}
