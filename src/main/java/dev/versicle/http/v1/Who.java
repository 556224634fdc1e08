package dev.versicle.http.v1;

import dev.versicle.prompt.Caller;
import org.jspecify.annotations.Nullable;

/** Who asks where everybody may. */
final class Who {
    private Who() {}

    /** The caller; {@link Caller#NOBODY} for who shows no token that holds. */
    static Caller orNobody(@Nullable Caller caller) {
        return caller == null ? Caller.NOBODY : caller;
    }
}
