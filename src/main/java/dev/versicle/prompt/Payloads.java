package dev.versicle.prompt;

import java.util.Optional;

/** Writes what is sent to subscribers. */
public interface Payloads {
    /** The body, JSON in UTF-8, for an event; empty where there is nothing to tell any more, or not to this one. */
    Optional<String> of(Event event, Webhook to);

    /** The body of a ping. */
    String ping(Webhook to);
}
