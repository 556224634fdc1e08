package dev.versicle.prompt;

import java.util.Optional;

/** Three-valued input: what was absent is kept, what was null is cleared, anything else is set. */
public sealed interface Field<T> {
    record Keep<T>() implements Field<T> {}

    record Clear<T>() implements Field<T> {}

    record Set<T>(T value) implements Field<T> {}

    default Optional<T> applyTo(Optional<T> before) {
        return switch (this) {
            case Keep<T> ignored -> before;
            case Clear<T> ignored -> Optional.empty();
            case Set<T> set -> Optional.of(set.value());
        };
    }
}
