package dev.versicle.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on its way to one subscriber.
 *
 * @param id the same for every attempt
 * @param prompt empty for a ping
 * @param kind the event's name, or {@code ping}
 * @param event the event's number; 0 for a ping
 * @param nextAttemptAt empty where there will be none
 */
public record Delivery(
        UUID id,
        String webhook,
        Optional<PromptId> prompt,
        String kind,
        long event,
        Status status,
        int attempts,
        Optional<Attempt> last,
        Optional<Instant> nextAttemptAt) {
    public static final String PING = "ping";

    public enum Status {
        /** It waits for its first or next attempt. */
        PENDING,
        /** It was answered with a 2xx. */
        DELIVERED,
        /** It was tried for as long as it may be; only a redelivery tries it again. */
        PARKED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What came of one attempt.
     *
     * @param number from 1 on
     * @param status of the answer; empty where there was none
     * @param answer the first {@link #ANSWER_BYTES_MAX} bytes of the answer as text, or why there was none
     */
    public record Attempt(int number, Instant at, Optional<Integer> status, Duration took, String answer) {
        public static final int ANSWER_BYTES_MAX = 1_024;
    }

    /** A part of a list; {@code next} asks for what follows, and is empty where nothing does. */
    public record Part(List<Delivery> items, Optional<Long> next) {
        public Part {
            items = List.copyOf(items);
        }
    }
}
