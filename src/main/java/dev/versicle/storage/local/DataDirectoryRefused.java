package dev.versicle.storage.local;

import java.io.Serial;

/** The data directory cannot be used; the message is a sentence for the operator. */
public final class DataDirectoryRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DataDirectoryRefused(String sentence) {
        super(sentence);
    }
}
