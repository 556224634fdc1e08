package dev.versicle.prompt;

import java.util.UUID;

/** What people may do about what is told to subscribers. */
public interface Deliveries extends DeliveryLog {
    /** Has a delivery that is not pending sent once more, under its own id, now; durable when it returns. */
    void again(UUID id);

    /** Has a ping sent, now, ahead of whatever waits; durable when it returns. */
    UUID ping(Webhook to);

    /** Forgets all deliveries of a subscription that is gone. */
    void forget(String webhook);
}
