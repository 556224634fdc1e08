package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;

/** The API keys. Reading one costs the same however many there are. */
public interface KeyRing {
    Optional<ApiKey> find(String id);

    /** Every key there is. */
    List<ApiKey> all();

    /** Adds a key; durable when it returns. */
    void add(ApiKey key, Caller by);

    /** Removes a key, if it is there; durable when it returns. */
    void remove(String id, Caller by);
}
