package dev.versicle.git;

import java.io.Serial;

/** A truth had moved, or was held, when it was to be moved: the write is decided again from the new state. */
final class LostRace extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    LostRace(String ref) {
        super(ref, null, false, false);
    }
}
