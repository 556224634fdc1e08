package dev.versicle.archive;

import dev.versicle.prompt.PromptFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What is inside the gzip, counted while it is inflated; stops as soon as it is more than it may be. */
final class Inflated implements AutoCloseable {
    static final int RATIO_MAX = 100;

    /** So many bytes may come of however few: tar fills up with zeros, and a short prompt may say little. */
    static final int RATIO_FREE_BYTES = 1 << 20;

    /** The files and all that is around them: at most some 4 KiB for each of 2,000 entries. */
    static final long INFLATED_BYTES_MAX = PromptFiles.TOTAL_BYTES_MAX + (8 << 20);

    /** Few enough that little is inflated between two looks at the count. */
    private static final int STEP_BYTES_MAX = 8 << 10;

    private final Compressed compressed;
    private final InputStream buffered;
    private final InputStream gzip;
    private long count;

    Inflated(Compressed compressed) {
        this.compressed = compressed;
        this.buffered = new BufferedInputStream(compressed, STEP_BYTES_MAX);
        try {
            this.gzip =
                    GzipCompressorInputStream.builder().setInputStream(buffered).get();
        } catch (IOException e) {
            throw Refusal.of("must be gzip");
        }
        compressed.headerRead();
    }

    /** Up to {@code length} bytes, as many as there are; fewer only at the end. */
    int read(byte[] bytes, int length) {
        int filled = 0;
        for (int read = 0; read >= 0 && filled < length; filled += Math.max(read, 0)) {
            read = step(bytes, filled, Math.min(length - filled, STEP_BYTES_MAX));
        }
        return filled;
    }

    private int step(byte[] bytes, int offset, int length) {
        int read;
        try {
            read = gzip.read(bytes, offset, length);
        } catch (IOException e) {
            throw Refusal.of("must be a whole gzip: it is cut short or damaged");
        }
        count += Math.max(read, 0);
        if (count > INFLATED_BYTES_MAX) {
            throw Refusal.of("must not inflate to more than " + INFLATED_BYTES_MAX + " bytes");
        }
        if (count > RATIO_FREE_BYTES && count > RATIO_MAX * compressed.count()) {
            throw Refusal.of("must not inflate to more than " + RATIO_MAX + " times its size");
        }
        return read;
    }

    /** Whether nothing comes after the gzip that was read to its end. */
    boolean isAll() {
        try {
            return buffered.read() < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            gzip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
