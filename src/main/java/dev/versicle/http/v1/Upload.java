package dev.versicle.http.v1;

import dev.versicle.archive.Spool;
import dev.versicle.archive.SpooledFile;
import dev.versicle.archive.Tarball;
import dev.versicle.http.FormParts;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.SemVer;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload's form (seed 004), read as far as it has to be: {@code version} and {@code tarball}, in any order. Nothing
 * is judged while it is read, since what is wrong with one field is told before what is wrong with the other, whichever
 * came first.
 */
final class Upload implements AutoCloseable {
    /** Of the whole form: a tarball as large as it may be, and what is around it. */
    static final long REQUEST_BYTES_MAX = Tarball.TARBALL_BYTES_MAX + (1 << 20);

    /** Three numbers, and room enough to see that it is something else. */
    private static final int VERSION_BYTES_MAX = 64;

    /** One byte more tells the judge of tarballs that there is too much. */
    private static final int SPOOLED_BYTES_MAX = Tarball.TARBALL_BYTES_MAX + 1;

    private static final int COPIED_BYTES = 16 << 10;
    private static final String VERSION = "version";
    private static final String TARBALL = "tarball";

    private final SpooledFile spooled;
    private Optional<String> version = Optional.empty();
    private boolean hasTarball;
    private boolean cut;

    private Upload(SpooledFile spooled) {
        this.spooled = spooled;
    }

    /** Reads a form; an absent body is an empty form. */
    static Upload read(HttpRequest<?> request, @Nullable InputStream body, Spool spool) throws IOException {
        Upload upload = new Upload(spool.file(SPOOLED_BYTES_MAX));
        boolean read = false;
        try (InputStream in = body) {
            if (in != null) {
                upload.take(FormParts.of(request.getContentType().orElse(MediaType.ALL_TYPE), new Counted(in)));
            }
            read = true;
            return upload;
        } finally {
            if (!read) {
                upload.close();
            }
        }
    }

    private void take(FormParts parts) throws IOException {
        try {
            for (Optional<FormParts.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
                take(next.get());
            }
        } catch (TooMuch e) {
            cut = true;
        }
    }

    private void take(FormParts.Part part) throws IOException {
        switch (part.name()) {
            case VERSION -> {
                requireFirst(VERSION, version.isEmpty());
                byte[] text = part.content().readNBytes(VERSION_BYTES_MAX);
                version = Optional.of(new String(text, StandardCharsets.UTF_8));
            }
            case TARBALL -> {
                requireFirst(TARBALL, !hasTarball);
                hasTarball = true;
                spool(part.content());
            }
            default -> {
                // Seed 004 knows no other field; a client's own is its own affair.
            }
        }
    }

    private void spool(InputStream content) throws IOException {
        byte[] buffer = new byte[COPIED_BYTES];
        int wanted = COPIED_BYTES;
        for (int read = content.read(buffer); read >= 0 && wanted > 0; read = content.read(buffer, 0, wanted)) {
            spooled.write(buffer, read);
            wanted = (int) Math.min(COPIED_BYTES, SPOOLED_BYTES_MAX - spooled.size());
        }
    }

    private static void requireFirst(String field, boolean first) {
        if (!first) {
            throw V1Json.invalid(field, "must be there once");
        }
    }

    /** The version, if the form has a well-formed one. */
    SemVer version() {
        if (version.isEmpty() && cut) {
            throw new PromptException(new Problem.TooLarge("The request", REQUEST_BYTES_MAX));
        }
        return SemVer.parse(version.orElseThrow(() -> V1Json.invalid(VERSION, "is required")));
    }

    /** The tarball's bytes, up to one more than it may have. */
    InputStream tarball() {
        if (!hasTarball) {
            throw V1Json.invalid(TARBALL, "is required");
        }
        return spooled.reading();
    }

    @Override
    public void close() {
        spooled.close();
    }

    /** The form went on beyond what is read of one. */
    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Counted extends FilterInputStream {
        private long left = REQUEST_BYTES_MAX;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new TooMuch();
            }
            return read;
        }
    }
}
