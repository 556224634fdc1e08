package dev.versicle.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as Markdown: what belongs under the README's heading "Figures", to the byte. */
final class Table {
    private static final double MICROS_A_MILLI = 1e3;

    private final List<String> lines = new ArrayList<>();

    private Table() {}

    static String of(Figures figures) {
        Table table = new Table();
        if (figures.quick()) {
            table.lines.add("**A quick run: these figures are worth nothing.**");
            table.lines.add("");
        }
        table.machine(figures.machine());
        table.rows(figures.rows());
        table.ratios(figures);
        table.growth(figures.growth());
        return String.join("\n", table.lines) + "\n";
    }

    private void machine(Machine machine) {
        lines.add("Measured on %s at commit %s: %s, %d cores, %.0f GiB, %s on %s, Java %s."
                .formatted(
                        machine.date(),
                        machine.commit(),
                        machine.processor(),
                        machine.cores(),
                        machine.memoryGib(),
                        machine.fileSystem(),
                        machine.kernel(),
                        machine.java()));
        lines.add("");
    }

    private void rows(List<Row> rows) {
        lines.add("| row | clients | p50 | p99 | per second | spread |");
        lines.add("|---|--:|--:|--:|--:|--:|");
        for (Row row : rows) {
            Run median = row.median();
            lines.add("| %s | %d | %s | %s | %s | %.0f %% |"
                    .formatted(
                            row.subject().text(),
                            row.clients(),
                            time(median.p50Micros()),
                            time(median.p99Micros()),
                            count(median.perSecond()),
                            row.spreadPercent()));
        }
        lines.add("");
        lines.add("""
                Each row is its median run, by throughput, of %s; the spread is what lies between the fastest and the
                slowest. The load is a closed loop: a client asks again when it was answered, so a stall delays the
                requests behind it instead of being counted by them, and p99 flatters. Clients and server share the
                cores.
                """.formatted(runs(rows)));
    }

    private static String runs(List<Row> rows) {
        long fewest = rows.stream().mapToLong(row -> row.runs().size()).min().orElseThrow();
        return fewest + (fewest == 1 ? " run or more" : " runs");
    }

    private void ratios(Figures figures) {
        lines.add("| ratio | against | time (p50) | per second |");
        lines.add("|---|---|--:|--:|");
        for (Ratio ratio : figures.ratios()) {
            lines.add("| %s | %s | %s | %s |"
                    .formatted(ratio.of(), ratio.against(), times(ratio.p50()), times(ratio.perSecond())));
        }
        lines.add("");
        lines.add("One checkpoint forces %s files and directories to the disk; one raw durable file is %d."
                .formatted(count(figures.forcesPerCheckpoint()), RawFiles.FORCES));
        lines.add("");
    }

    private void growth(List<Growth> growth) {
        Growth any = growth.getFirst();
        lines.add("| growth | p50 at %s | p50 at %s | ratio |".formatted(count(any.few()), count(any.many())));
        lines.add("|---|--:|--:|--:|");
        for (Growth line : growth) {
            lines.add("| %s | %s | %s | %s |"
                    .formatted(
                            line.subject().text(),
                            time(line.atFew().median().p50Micros()),
                            time(line.atMany().median().p50Micros()),
                            times(line.ratio())));
        }
    }

    /** A time with three digits that count: {@code 0.512 µs}, {@code 512 µs}, {@code 5.12 ms}. */
    static String time(double micros) {
        return micros < MICROS_A_MILLI ? digits(micros) + " µs" : digits(micros / MICROS_A_MILLI) + " ms";
    }

    /** A ratio: {@code 1.25 ×}. */
    static String times(double ratio) {
        return digits(ratio) + " ×";
    }

    static String count(double number) {
        return number < 100 ? digits(number) : String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String digits(double number) {
        int decimals = number < 1 ? 3 : number < 10 ? 2 : number < 100 ? 1 : 0;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
        // what has no fraction needs no decimals
        return text.contains(".") ? text.replaceFirst("\\.0+$", "") : text;
    }
}
