package dev.versicle.auth;

import dev.versicle.prompt.Caller;
import java.util.Optional;

/** What the lock makes of a token. */
sealed interface Verdict {
    /** It holds, and this is whose it is. */
    record Holds(Caller caller) implements Verdict {}

    /** It is genuine, and its time is over: who holds it may fetch another. */
    record Expired() implements Verdict {}

    /** It does not hold. Why, would help only who forges tokens. */
    record Worthless() implements Verdict {}

    default Optional<Caller> bearer() {
        return switch (this) {
            case Holds holds -> Optional.of(holds.caller());
            case Expired ignored -> Optional.empty();
            case Worthless ignored -> Optional.empty();
        };
    }
}
