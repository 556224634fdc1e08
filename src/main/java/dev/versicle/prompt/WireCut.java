package dev.versicle.prompt;

import java.io.IOException;
import java.time.Duration;

/** An exchange with a client that goes no further; the message is a sentence for the client. */
public final class WireCut extends IOException {
    private static final long serialVersionUID = 1;

    private WireCut(String sentence) {
        super(sentence);
    }

    /** It has taken too long. */
    public static WireCut late(Duration time) {
        return new WireCut("This took longer than " + time.toSeconds() + " seconds, which is the server's limit.");
    }

    /** Nobody reads it any more. */
    public static WireCut gone() {
        return new WireCut("The client has gone.");
    }

    /** The client sends too much. */
    public static WireCut tooLarge(long bytesMax) {
        return new WireCut("The request is over " + bytesMax + " bytes, which is the server's limit.");
    }
}
