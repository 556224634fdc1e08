package dev.versicle.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** One subject at one number of clients, measured several times. */
record Row(Subject subject, int clients, List<Run> runs) {
    Row {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(subject.text() + " was never run");
        }
        runs = List.copyOf(runs);
    }

    /** The run of the middle throughput; of an even number the slower one of the two in the middle. */
    @JsonProperty
    Run median() {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Run::perSecond))
                .toList()
                .get((runs.size() - 1) / 2);
    }

    /** How far the fastest and the slowest run's throughputs lie apart, in percent of the median. */
    @JsonProperty
    double spreadPercent() {
        DoubleSummaryStatistics all = runs.stream().mapToDouble(Run::perSecond).summaryStatistics();
        return 100 * (all.getMax() - all.getMin()) / median().perSecond();
    }

    /** The row in words: {@code checkpoint, 16 clients}. */
    String name() {
        return subject.text() + ", " + clients + (clients == 1 ? " client" : " clients");
    }
}
