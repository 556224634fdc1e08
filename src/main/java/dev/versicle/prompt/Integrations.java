package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where integrations are kept. Finding one costs the same however many there are. */
public interface Integrations {
    Optional<Integration> find(IntegrationId id);

    /** All of a namespace, by name; reads those of every namespace. */
    List<Integration> in(Namespace namespace);

    /**
     * Makes an integration what {@code edit} makes of the one that is there, and takes it away where that is nothing;
     * durable when it returns. {@code edit} is asked again when somebody was faster.
     */
    void change(IntegrationId id, Function<Optional<Integration>, Optional<Integration>> edit, Caller by);
}
