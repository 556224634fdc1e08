package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TimestampsTest {
    @Test
    void aMomentAlwaysHasExactlyMilliseconds() {
        assertEquals("2026-04-25T10:14:00.000Z", Timestamps.text(Instant.parse("2026-04-25T10:14:00Z")));
        assertEquals("2026-04-25T10:14:00.120Z", Timestamps.text(Instant.parse("2026-04-25T10:14:00.12Z")));
        assertEquals("2026-04-25T10:14:00.999Z", Timestamps.text(Instant.parse("2026-04-25T10:14:00.999999999Z")));
        assertEquals("1970-01-01T00:00:00.000Z", Timestamps.text(Instant.EPOCH));
    }
}
