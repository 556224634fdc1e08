package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What waits to be sent to subscribers. What one subscriber is told of one prompt stands in a line of its own: only the
 * first of a line is ever due, and the next one when that was delivered or parked. What is sent once, a ping or a
 * redelivery, stands in no line and goes ahead of all that do.
 *
 * <p>Nothing is noted before an attempt, so one without a result is made again. That of two attempts at once one would
 * be too many is for whoever makes them to see to.
 */
public interface DeliveryQueue extends DeliveryLog {
    /** Of a body, in UTF-8. */
    int BODY_BYTES_MAX = 1 << 20;

    /** Of a delivery: more than there are in the time that one is tried for. */
    int ATTEMPTS_KEPT_MAX = 100;

    /**
     * What is sent.
     *
     * @param prompt empty for a ping
     * @param kind the event's name, or {@link Delivery#PING}
     * @param event the event's number; 0 for a ping
     */
    record Letter(UUID id, String webhook, Optional<PromptId> prompt, String kind, long event, String body) {}

    /**
     * A letter to be sent now.
     *
     * @param attempts how many there were
     * @param first when the first one was
     * @param once whether this attempt is the last one, whatever comes of it
     */
    record Due(Letter letter, int attempts, Optional<Instant> first, boolean once) {}

    /**
     * What came of an attempt at a delivery.
     *
     * @param next when there is to be another; only where it is still pending
     */
    record Result(UUID delivery, Delivery.Attempt attempt, Delivery.Status status, Optional<Instant> next) {}

    /**
     * Puts letters about events at the ends of their lines, but for those whose subscriber has one about that event.
     * Durable when it returns.
     */
    void add(List<Letter> letters);

    /** As {@link #add(List)}, and notes in the same step where a follower of the events has come to. */
    void add(List<Letter> letters, String follower, long reached);

    /** Has a letter sent once, now; durable when it returns. */
    void ping(Letter letter);

    /**
     * Has a delivery that is not pending sent once more, now, and gives the subscriber that it goes to; empty where
     * there is none such. Durable when it returns.
     */
    Optional<String> again(UUID id);

    /** What may be sent to a subscriber now, what is sent once first, then what has been due for longest. */
    List<Due> due(String webhook, Instant now, int limit);

    /** When something of a subscriber's is due next that is not due yet. */
    Optional<Instant> next(String webhook, Instant now);

    /** Notes what came of an attempt; nothing where the delivery is forgotten. */
    void attempted(Result result);

    /** Who has deliveries here, of whatever status. */
    List<String> subscribers();

    /** How many deliveries are pending. */
    long waiting();

    /** Forgets all deliveries of a subscription. */
    void forget(String webhook);

    /** Forgets deliveries made before {@code moment}, whatever came of them: at most {@code limit}, and says if any. */
    boolean drop(Instant moment, int limit);
}
