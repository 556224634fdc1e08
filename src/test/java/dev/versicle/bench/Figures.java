package dev.versicle.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that one run of the suite found; every subject is there.
 *
 * @param quick whether it was a trial, whose figures are worth nothing
 * @param forcesPerCheckpoint how many files and directories one checkpoint forces to the disk
 */
record Figures(
        Machine machine,
        boolean quick,
        double forcesPerCheckpoint,
        List<Row> rows,
        List<Ratio> ratios,
        List<Growth> growth) {
    Figures {
        Set<Subject> missing = EnumSet.allOf(Subject.class);
        Stream.concat(rows.stream().map(Row::subject), growth.stream().map(Growth::subject))
                .forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("never measured: " + missing);
        }
        rows = List.copyOf(rows);
        ratios = List.copyOf(ratios);
        growth = List.copyOf(growth);
    }

    /**
     * The ratios that are worth reading: reads against nothing but HTTP, by environment against by id, a promotion
     * against a checkpoint beside as many clients, the rest against the bare disk and Git.
     */
    static List<Ratio> ratios(List<Row> rows) {
        return Stream.of(
                        against(rows, Subject.EMPTY_ROUTE, Subject.READ_CACHED, Subject.READ_UNCACHED),
                        against(rows, Subject.EMPTY_ROUTE, Subject.READ_NOT_MODIFIED, Subject.LIST),
                        against(rows, Subject.READ_V1_ID, Subject.READ_V1_ENVIRONMENT),
                        against(rows, Subject.CHECKPOINT, Subject.PROMOTION_HEARD),
                        against(rows, Subject.RAW_FILE, Subject.CHECKPOINT, Subject.CELLAR_CHECKPOINT),
                        against(rows, Subject.GIT_CLI, Subject.CHECKPOINT, Subject.CELLAR_CHECKPOINT),
                        against(rows, Subject.CLONE_BACKEND, Subject.CLONE),
                        against(rows, Subject.LS_REMOTE_BACKEND, Subject.LS_REMOTE))
                .flatMap(List::stream)
                .toList();
    }

    /** Each row of the subjects against the known one with as many clients, where there is one. */
    private static List<Ratio> against(List<Row> rows, Subject known, Subject... subjects) {
        Set<Subject> wanted = Arrays.stream(subjects).collect(Collectors.toSet());
        return rows.stream()
                .filter(row -> wanted.contains(row.subject()))
                .flatMap(row -> rows.stream()
                        .filter(other -> other.subject() == known && other.clients() == row.clients())
                        .map(other -> Ratio.of(row, other)))
                .toList();
    }
}
