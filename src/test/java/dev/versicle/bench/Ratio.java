package dev.versicle.bench;

/**
 * What a row is worth against one that everybody knows, measured in the same run of the suite.
 *
 * @param p50 how many times as long an operation takes
 * @param perSecond how many times as many are done in a second
 */
record Ratio(String of, String against, double p50, double perSecond) {
    static Ratio of(Row row, Row known) {
        return new Ratio(
                row.name(),
                known.name(),
                row.median().p50Micros() / known.median().p50Micros(),
                row.median().perSecond() / known.median().perSecond());
    }
}
