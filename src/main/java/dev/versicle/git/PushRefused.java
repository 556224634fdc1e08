package dev.versicle.git;

import java.io.Serial;

/** A push that must not come in; its message is the sentence that the client is told. No fault of ours: no stack. */
final class PushRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    PushRefused(String sentence) {
        super(sentence, null, false, false);
        this.sentence = sentence;
    }

    /** A rule that a push breaks, and that reads on from "A push". */
    static PushRefused of(String rule) {
        return new PushRefused("A push " + rule + ".");
    }

    String sentence() {
        return sentence;
    }
}
