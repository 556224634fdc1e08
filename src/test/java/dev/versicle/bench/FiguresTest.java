package dev.versicle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What is computed from what was measured. */
class FiguresTest {
    private static final Machine MACHINE =
            new Machine("2026-11-22", "0a7c460abcde", "A processor", 2, 23.5, "Linux 6.1", "ext4", "25");
    private static final List<Subject> GROWING = Arrays.stream(Subject.values())
            .filter(subject -> subject.compareTo(Subject.VERSIONS_READ) >= 0)
            .toList();

    private static Row row(Subject subject, int clients, double... perSecond) {
        return new Row(
                subject,
                clients,
                Arrays.stream(perSecond)
                        .mapToObj(rate -> new Run(rate, 1e6 / rate, 2e6 / rate))
                        .toList());
    }

    private static List<Row> rows() {
        return Arrays.stream(Subject.values())
                .filter(subject -> !GROWING.contains(subject))
                .map(subject -> row(subject, 1, subject == Subject.RAW_FILE ? 200 : 300))
                .toList();
    }

    private static Figures figures(boolean quick) {
        List<Growth> growth = GROWING.stream()
                .map(subject -> new Growth(100, 10_000, row(subject, 1, 500), row(subject, 1, 400)))
                .toList();
        return new Figures(MACHINE, quick, 15, rows(), Figures.ratios(rows()), growth);
    }

    @Test
    void aRunSaysHowManyASecondAndHowLongTheyTook() {
        Histogram nanos = new Histogram(3);
        for (int micros = 1; micros <= 100; micros++) {
            nanos.recordValue(micros * 1000L);
        }

        Run run = Run.of(nanos, 500_000_000L);

        assertEquals(200, run.perSecond());
        assertEquals(50, run.p50Micros(), 0.1);
        assertEquals(99, run.p99Micros(), 0.1);
    }

    @Test
    void aRowIsItsMedianRunAndHowFarTheOthersLieApart() {
        Row row = row(Subject.CHECKPOINT, 16, 120, 80, 100);

        assertEquals(100, row.median().perSecond());
        assertEquals(40, row.spreadPercent(), 1e-9);
        assertEquals("checkpoint, 16 clients", row.name());
    }

    @Test
    void ofAnEvenNumberOfRunsTheSlowerMiddleOneCounts() {
        assertEquals(90, row(Subject.LIST, 1, 120, 80, 90, 110).median().perSecond());
    }

    @Test
    void aRowThatWasNeverRunIsNone() {
        assertThrows(IllegalArgumentException.class, () -> row(Subject.LIST, 1));
    }

    @Test
    void aRatioIsOfTimesAndOfThroughputs() {
        Ratio ratio = Ratio.of(row(Subject.READ_CACHED, 1, 250), row(Subject.EMPTY_ROUTE, 1, 1000));

        assertEquals(4, ratio.p50(), 1e-9);
        assertEquals(0.25, ratio.perSecond(), 1e-9);
    }

    @Test
    void rowsAreComparedAtTheSameNumberOfClients() {
        List<Row> rows = List.of(
                row(Subject.EMPTY_ROUTE, 1, 1000),
                row(Subject.EMPTY_ROUTE, 16, 4000),
                row(Subject.READ_CACHED, 16, 2000),
                row(Subject.RAW_FILE, 16, 4000),
                row(Subject.CHECKPOINT, 16, 500),
                row(Subject.GIT_CLI, 1, 50));

        assertEquals(
                List.of(
                        new Ratio("read by id, cached, 16 clients", "empty JSON route, 16 clients", 2, 0.5),
                        new Ratio("checkpoint, 16 clients", "raw durable file, 16 clients", 8, 0.125)),
                Figures.ratios(rows));
    }

    @Test
    void growthIsTheRatioOfTheMedianTimes() {
        assertEquals(1.25, figures(false).growth().getFirst().ratio(), 1e-9);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Growth(1, 2, row(Subject.LIST, 1, 1), row(Subject.EDIT, 1, 1)));
    }

    @Test
    void figuresWithoutASubjectAreRefused() {
        Figures whole = figures(false);
        List<Row> some = new ArrayList<>(whole.rows());
        some.removeFirst();

        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new Figures(MACHINE, false, 15, some, whole.ratios(), whole.growth()));

        assertEquals("never measured: [EMPTY_ROUTE]", refused.getMessage());
    }

    @Test
    void theTableHasEveryRowAndTheMachine() {
        String table = Table.of(figures(false));

        assertTrue(
                table.startsWith("Measured on 2026-11-22 at commit 0a7c460abcde: A processor, 2 cores, 24 GiB, "
                        + "ext4 on Linux 6.1, Java 25.\n"),
                table);
        assertTrue(table.contains("\n| checkpoint | 1 | 3.33 ms | 6.67 ms | 300 | 0 % |\n"), table);
        assertTrue(
                table.contains("\n| checkpoint, 1 client | raw durable file, 1 client | 0.667 × | 1.50 × |\n"), table);
        assertTrue(table.contains("\nOne checkpoint forces 15 files and directories to the disk;"), table);
        assertTrue(table.contains("\n| growth | p50 at 100 | p50 at 10,000 | ratio |\n"), table);
        assertTrue(table.contains("\n| prompts: create | 2 ms | 2.50 ms | 1.25 × |\n"), table);
        assertEquals(Stream.of(Subject.values()).map(Subject::text).toList(), FiguresInReadmeTest.rowsOf(table));
    }

    @Test
    void aQuickRunSaysThatItIsWorthNothing() {
        assertTrue(Table.of(figures(true)).startsWith("**A quick run: these figures are worth nothing.**\n"));
    }

    @Test
    void figuresHaveThreeDigits() {
        assertEquals("0.512 µs", Table.time(0.5121));
        assertEquals("51.2 µs", Table.time(51.21));
        assertEquals("512 µs", Table.time(512.1));
        assertEquals("5.12 ms", Table.time(5_121));
        assertEquals("1234 ms", Table.time(1_234_000));
        assertEquals("12,346", Table.count(12_345.6));
    }
}
