package dev.versicle.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments on the wire: ISO 8601 in UTC, always with exactly milliseconds, such as {@code 2026-04-25T10:14:00.000Z}. */
public final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    public static String text(Instant moment) {
        return FORMAT.format(moment);
    }
}
