package dev.versicle.prompt;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One file of a package: its bytes, at most 16 MiB, and whether it may be executed. The bytes may lie elsewhere; two
 * files are equal where they hold the same, wherever it lies.
 */
public final class PromptFile {
    public static final int BYTES_MAX = 16 << 20;

    private static final int COMPARED_BYTES = 8 << 10;

    /** Bytes that can be read again and again, the same each time: {@code size} of them. */
    public interface Content {
        long size();

        InputStream open() throws IOException;
    }

    private static final class InMemory implements Content {
        private final byte[] bytes;

        private InMemory(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private final Content content;
    private final boolean executable;

    public PromptFile(byte[] bytes, boolean executable) {
        this(new InMemory(bytes), executable);
    }

    public PromptFile(Content content, boolean executable) {
        if (content.size() > BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("file", BYTES_MAX));
        }
        this.content = content;
        this.executable = executable;
    }

    /** All of the bytes at once: for files that are small, or whose whole text is wanted. */
    public byte[] bytes() {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(Math.toIntExact(size()));
            if (bytes.length != size()) {
                throw new EOFException("a file of " + size() + " bytes has " + bytes.length);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InputStream open() throws IOException {
        return content.open();
    }

    public long size() {
        return content.size();
    }

    public boolean executable() {
        return executable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptFile file
                && executable == file.executable
                && size() == file.size()
                && holds(file);
    }

    private boolean holds(PromptFile other) {
        try (InputStream mine = open();
                InputStream others = other.open()) {
            boolean equal = true;
            for (long left = size(); equal && left > 0; left -= COMPARED_BYTES) {
                equal = Arrays.equals(mine.readNBytes(COMPARED_BYTES), others.readNBytes(COMPARED_BYTES));
            }
            return equal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int hashCode() {
        return Objects.hash(size(), executable);
    }
}
