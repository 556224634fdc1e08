package dev.versicle.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was answered to requests that may be repeated, so that a repeated one gets the first answer again. */
public interface Receipts {
    /** How long an answer is kept. */
    Duration KEPT = Duration.ofHours(24);

    record Receipt(int status, String contentType, String body) {}

    /**
     * The answer that was given, if it is not too old.
     *
     * @param scope who asked for what under which key, 64 hex digits
     */
    Optional<Receipt> find(String scope, Instant now);

    /** Keeps an answer, before it is given. */
    void keep(String scope, Receipt receipt, Instant now);
}
