package dev.versicle.remote;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads and writes Git's packet lines (gitprotocol-common): four hex digits that say how long it is, and bytes. */
final class Packets {
    private static final int LENGTH_DIGITS = 4;
    private static final byte[] ERROR = "ERR ".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NOTHING = {};

    /** Between what belongs together, {@link #DELIMITER} between its parts. */
    static final String FLUSH = "0000";

    static final String DELIMITER = "0001";

    /** What the line that was read is. */
    enum Kind {
        DATA,
        FLUSH,
        DELIMITER,
        /** There was no more. */
        END
    }

    private final InputStream in;
    private byte[] bytes = NOTHING;

    Packets(InputStream in) {
        this.in = in;
    }

    /** A text with its length. */
    static String line(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length + LENGTH_DIGITS;
        return String.format("%04x", length) + text;
    }

    /** Reads the next. */
    Kind next() throws IOException {
        bytes = in.readNBytes(LENGTH_DIGITS);
        if (bytes.length == 0) {
            return Kind.END;
        }
        int length = length();
        return switch (length) {
            case 0 -> Kind.FLUSH;
            case 1 -> Kind.DELIMITER;
            default -> data(length - LENGTH_DIGITS);
        };
    }

    private int length() {
        try {
            return Integer.parseUnsignedInt(new String(bytes, StandardCharsets.ISO_8859_1), 16);
        } catch (NumberFormatException e) {
            throw failed("does not speak Git's protocol as it should");
        }
    }

    private Kind data(int count) throws IOException {
        if (count < 0) {
            throw failed("does not speak Git's protocol as it should");
        }
        bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw failed("broke its answer off");
        }
        if (count >= ERROR.length && Arrays.equals(bytes, 0, ERROR.length, ERROR, 0, ERROR.length)) {
            throw failed("refused to answer");
        }
        return Kind.DATA;
    }

    /** What the last line of {@link Kind#DATA} held, without the line feed at its end. */
    String text() {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** In what is multiplexed: which channel the last line belongs to. */
    int channel() {
        return bytes.length == 0 ? 0 : bytes[0];
    }

    /** In what is multiplexed: what the last line held beside its channel. */
    byte[] rest() {
        return bytes.length == 0 ? NOTHING : Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    static PromptException failed(String what) {
        return new PromptException(new Problem.RemoteFailed(what));
    }
}
