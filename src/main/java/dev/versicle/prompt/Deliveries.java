package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is told to subscribers, what was, and what came of it. */
public interface Deliveries {
    /** The deliveries of a subscription, newest first, from {@code cursor} on. */
    Delivery.Part of(String webhook, Optional<Long> cursor, int limit);

    Optional<Delivery> find(UUID id);

    /** The attempts at a delivery, newest first; as many as are kept. */
    List<Delivery.Attempt> attempts(UUID id);

    /** Has a delivery that is not pending sent once more, under its own id, now. */
    void again(UUID id);

    /** Has a ping sent, now, ahead of whatever waits. */
    UUID ping(Webhook to);

    /** Forgets all deliveries of a subscription that is gone. */
    void forget(String webhook);
}
