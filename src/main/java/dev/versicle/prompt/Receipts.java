package dev.versicle.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps answers for a day, so that a request that is sent again gets the first one again. A power cut may lose the
 * newest: it then is as if the first request had never been answered.
 */
public interface Receipts {
    Duration KEPT = Duration.ofHours(24);

    /** An answer, as it was sent. */
    record Receipt(int status, String contentType, String body) {}

    /**
     * The answer that was kept, unless that was longer than {@link #KEPT} ago.
     *
     * @param scope tells requests apart, 64 hex digits
     */
    Optional<Receipt> find(String scope, Instant now);

    /** Keeps an answer; where there is one already that still holds, that one stays. */
    void keep(String scope, Receipt receipt, Instant now);
}
