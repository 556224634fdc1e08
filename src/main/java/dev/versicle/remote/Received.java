package dev.versicle.remote;

import dev.versicle.prompt.ImportStep;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;

/** A pack on its way, which tells how much of it is here: once for each MiB. */
final class Received extends OutputStream {
    private static final int STEP_BYTES = 1 << 20;

    /** {@code PACK}, its version, and how many objects it has. */
    private static final int HEAD_BYTES = 12;

    private static final int COUNT_AT = 8;

    private final OutputStream out;
    private final Consumer<ImportStep> told;
    private final byte[] head = new byte[HEAD_BYTES];
    private long bytes;
    private long next = HEAD_BYTES;

    Received(OutputStream out, Consumer<ImportStep> told) {
        this.out = out;
        this.told = told;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        out.write(from, offset, length);
        for (int i = 0; i < length && bytes + i < HEAD_BYTES; i++) {
            head[(int) bytes + i] = from[offset + i];
        }
        bytes += length;
        if (bytes >= next) {
            next = bytes + STEP_BYTES;
            told.accept(new ImportStep.Receiving(
                    Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(COUNT_AT)), bytes));
        }
    }

    /** How much came. */
    long bytes() {
        return bytes;
    }
}
