package dev.versicle.http.v1;

import dev.versicle.archive.SpooledFile;
import java.io.FilterInputStream;
import java.io.IOException;

/** A temporary file on its way out: gone when it was sent, or when nobody wants it any more. */
final class Sending extends FilterInputStream {
    private final SpooledFile file;

    Sending(SpooledFile file) {
        super(file.reading());
        this.file = file;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            file.close();
        }
    }
}
