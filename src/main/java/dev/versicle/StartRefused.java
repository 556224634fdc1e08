package dev.versicle;

import java.io.Serial;

/** The server cannot start, for a reason that the operator can mend; the message is a sentence that says how. */
public final class StartRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StartRefused(String sentence) {
        super(sentence);
    }
}
