package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;

/** The subscriptions. Reading them costs no more than a look at one ref once they are known. */
public interface Webhooks {
    Optional<Webhook> find(String id);

    /** Every subscription there is. */
    List<Webhook> all();

    /** Adds one; durable when it returns. */
    void add(Webhook webhook, Caller by);

    /** Removes one, if it is there; durable when it returns. */
    void remove(String id, Caller by);
}
