package dev.versicle.http;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body of {@code multipart/form-data} (RFC 7578), read part by part as it comes: nothing is kept but a buffer, so
 * that who reads decides what may lie where. The framework's own reading would take in all parts before anybody is
 * asked whether the caller may send them.
 *
 * <p>A body of another shape is refused as {@link Problem.Invalid} {@code body}.
 */
public final class FormParts {
    /** How many parts a body may have. */
    public static final int PARTS_MAX = 32;

    private static final int HEADER_BYTES_MAX = 8 << 10;
    /** RFC 2046. */
    private static final int BOUNDARY_CHARACTERS_MAX = 70;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final Pattern DISPOSITION = Pattern.compile(
            "content-disposition:\\s*form-data\\s*;(.*;)?\\s*name=(?:\"([^\"]*)\"|([^\\s;\"]+)).*",
            Pattern.CASE_INSENSITIVE);

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private int parts;

    private FormParts(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter stands at the very beginning, where no line ends before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /** A part: what the form calls it, and its bytes, to be read before the next one is asked for. */
    public record Part(String name, InputStream content) {}

    /** The parts of a body whose {@code Content-Type} is {@code type}; the caller closes {@code body}. */
    public static FormParts of(MediaType type, InputStream body) {
        String boundary = type.getParameters().get("boundary").orElse("").replace("\"", "");
        if (boundary.isEmpty() || boundary.length() > BOUNDARY_CHARACTERS_MAX) {
            throw invalid("must be multipart/form-data with a boundary of 1 to 70 characters");
        }
        return new FormParts(body, boundary);
    }

    /** The next part, whatever of the last one was not read; empty where the body is at its end. */
    public Optional<Part> next() throws IOException {
        new Content().skipAll();
        start += delimiter.length;
        String rest = line();
        if (rest.startsWith("--")) {
            return Optional.empty();
        }
        parts++;
        if (!rest.isBlank() || parts > PARTS_MAX) {
            throw invalid("must be multipart/form-data with at most " + PARTS_MAX + " parts");
        }
        return Optional.of(new Part(name(), new Content()));
    }

    /** Reads the part's headers. One that does not say what it is called has no name. */
    private String name() throws IOException {
        String name = "";
        int bytes = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            bytes += line.length();
            if (bytes > HEADER_BYTES_MAX) {
                throw invalid("must have at most " + HEADER_BYTES_MAX + " bytes of headers in each part");
            }
            Matcher said = DISPOSITION.matcher(line);
            if (said.matches()) {
                name = Optional.ofNullable(said.group(2)).orElse(said.group(3));
            }
        }
        return name;
    }

    /** The rest of a line, up to its end or that of the body: the last delimiter may be the last of all bytes. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() <= HEADER_BYTES_MAX) {
            if (start == end && !fill()) {
                return line.toString();
            }
            char next = (char) (buffer[start++] & 0xff);
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append(next);
        }
        throw invalid("must have at most " + HEADER_BYTES_MAX + " bytes of headers in each part");
    }

    /** Reads more behind what is there already, which is moved to the front; false at the end of the body. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }

    /** Where the next delimiter begins in the buffer; -1 if it is not there. */
    private int delimiterAt() {
        for (int at = start; at <= end - delimiter.length; at++) {
            if (buffer[at] == '\r' && begins(at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean begins(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private static PromptException invalid(String rule) {
        return new PromptException(new Problem.Invalid("body", rule));
    }

    /** The bytes up to the next delimiter. */
    private final class Content extends InputStream {
        /** How many bytes from {@code start} on are known to be of the part. */
        private int known;

        private boolean ended;

        void skipAll() throws IOException {
            while (known > 0 || look()) {
                start += known;
                known = 0;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (known == 0 && !look()) {
                return -1;
            }
            int taken = Math.min(length, known);
            System.arraycopy(buffer, start, into, offset, taken);
            start += taken;
            known -= taken;
            return taken;
        }

        /** Makes some bytes known; false where the delimiter stands next. */
        private boolean look() throws IOException {
            while (!ended && known == 0) {
                int at = delimiterAt();
                ended = at == start;
                // What may be the beginning of a delimiter waits for the rest of it.
                known = at >= 0 ? at - start : Math.max(0, end - start - (delimiter.length - 1));
                if (at < 0 && known == 0 && !fill()) {
                    throw invalid("must be multipart/form-data that ends with its boundary");
                }
            }
            return known > 0;
        }
    }
}
