package dev.versicle.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** One file of a package: its bytes, at most 16 MiB, and whether it may be executed. */
public final class PromptFile {
    public static final int BYTES_MAX = 16 << 20;

    /** Bytes that can be read again and again, the same each time: {@code size} of them. */
    public interface Content {
        long size();

        InputStream open() throws IOException;
    }

    private final byte[] bytes;
    private final boolean executable;

    public PromptFile(byte[] bytes, boolean executable) {
        if (bytes.length > BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("file", BYTES_MAX));
        }
        this.bytes = bytes.clone();
        this.executable = executable;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    public boolean executable() {
        return executable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptFile file && executable == file.executable && Arrays.equals(bytes, file.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
