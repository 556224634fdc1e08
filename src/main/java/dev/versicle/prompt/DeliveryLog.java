package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was told to subscribers, or is to be, and what came of it: kept as long as events are. */
public interface DeliveryLog {
    /** The deliveries of a subscription, newest first, from {@code cursor} on. */
    Delivery.Part of(String webhook, Optional<Long> cursor, int limit);

    Optional<Delivery> find(UUID id);

    /** The attempts at a delivery, newest first; as many as are kept. */
    List<Delivery.Attempt> attempts(UUID id);
}
