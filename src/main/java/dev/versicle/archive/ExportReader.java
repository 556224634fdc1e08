package dev.versicle.archive;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Listed;
import dev.versicle.prompt.Transfers.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * Reads what {@link ExportWriter} writes, entry by entry as it arrives. Headers are read by Commons Compress, what goes
 * from one to the next here: an archive of this shape needs none of the extensions that could make a reader hold much.
 */
public final class ExportReader {
    /** Of a bundle that comes in. */
    public static final long BUNDLE_BYTES_MAX = 64L << 20;

    private static final int BLOCK_BYTES = 512;
    private static final int TYPE_AT = 156;
    private static final int COPIED_BYTES = 64 << 10;

    private final InputStream in;
    private final Spool spool;
    private final Map<String, Listed> missing = new LinkedHashMap<>();

    private ExportReader(InputStream in, Spool spool) {
        this.in = in;
        this.spool = spool;
    }

    /** Is told of each prompt when it is done, in the order of the archive. */
    @FunctionalInterface
    public interface Report {
        void done(Listed prompt, Outcome outcome) throws IOException;
    }

    /** Reads the manifest. Throws {@link Problem.Invalid} where this is no export. */
    public static ExportReader open(InputStream in, Spool spool) {
        ExportReader reader = new ExportReader(in, spool);
        try {
            TarArchiveEntry first = reader.next()
                    .filter(entry -> entry.getName().equals(ExportManifest.FILE))
                    .orElseThrow(() -> refused("must begin with " + ExportManifest.FILE));
            if (first.getSize() > ExportManifest.BYTES_MAX) {
                throw new PromptException(new Problem.TooLarge(ExportManifest.FILE, ExportManifest.BYTES_MAX));
            }
            byte[] manifest = reader.exactly((int) first.getSize());
            reader.skipPadding(first.getSize());
            List<Listed> prompts = ExportManifest.read(manifest);
            prompts.forEach(prompt -> reader.missing.put(ExportManifest.file(prompt.id()), prompt));
            return reader;
        } catch (EOFException e) {
            throw refused("must be a whole tar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes in every prompt of the archive, and reports those that the manifest lists in vain last. Throws {@link
     * Problem.Invalid} where the archive is broken from some point on: what was reported before stays true.
     */
    public void read(Transfers transfers, Caller caller, Report report) throws IOException {
        for (Optional<TarArchiveEntry> entry = next(); entry.isPresent(); entry = next()) {
            Listed prompt = Optional.ofNullable(missing.remove(entry.get().getName()))
                    .orElseThrow(() -> refused("must hold only what its manifest lists, each file once"));
            report.done(prompt, read(transfers, caller, prompt.id(), entry.get().getSize()));
        }
        for (Map.Entry<String, Listed> lost : missing.entrySet()) {
            Problem problem = new Problem.Invalid(lost.getKey(), "must be in the archive, as the manifest lists it");
            report.done(lost.getValue(), new Outcome.Refused(problem));
        }
    }

    private Outcome read(Transfers transfers, Caller caller, PromptId id, long size) throws IOException {
        if (size > BUNDLE_BYTES_MAX) {
            skip(size);
            skipPadding(size);
            return new Outcome.Refused(new Problem.TooLarge("bundle", BUNDLE_BYTES_MAX));
        }
        try {
            return ExportBundle.through(
                    spool,
                    BUNDLE_BYTES_MAX,
                    file -> copy(size, file),
                    (PromptFile.Content bundle) -> transfers.read(caller, id, bundle));
        } catch (Unread e) {
            throw e.cause;
        }
    }

    /** The archive could not be read, which is another thing than a disk that cannot be written. */
    private static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final IOException cause;

        private Unread(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private void copy(long size, OutputStream out) {
        try {
            byte[] buffer = new byte[COPIED_BYTES];
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                requireMore(read);
                out.write(buffer, 0, read);
                left -= read;
            }
            skipPadding(size);
        } catch (IOException e) {
            throw new Unread(e);
        }
    }

    private static void requireMore(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("the archive ends in the midst of an entry");
        }
    }

    /** The header of the next entry, which is a regular file; empty at the archive's end. */
    private Optional<TarArchiveEntry> next() throws IOException {
        byte[] block = exactly(BLOCK_BYTES);
        if (isZero(block)) {
            drain();
            return Optional.empty();
        }
        TarArchiveEntry header;
        try {
            header = new TarArchiveEntry(Map.of(), block, ZipEncodingHelper.getZipEncoding("UTF-8"), false);
        } catch (IllegalArgumentException | IOException e) {
            throw refused("must be a tar");
        }
        boolean file = block[TYPE_AT] == TarConstants.LF_NORMAL || block[TYPE_AT] == TarConstants.LF_OLDNORM;
        if (!header.isCheckSumOK() || header.getSize() < 0) {
            throw refused("must be a tar");
        }
        if (!file || header.isDirectory()) {
            throw refused("must hold regular files only, in plain tar without extended headers");
        }
        return Optional.of(header);
    }

    private static boolean isZero(byte[] block) {
        for (byte one : block) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /** What follows the end are zeros that fill up, and nothing else. */
    private void drain() throws IOException {
        byte[] buffer = new byte[COPIED_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != 0) {
                    throw refused("must have nothing behind its end");
                }
            }
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the archive ends too soon");
        }
        return bytes;
    }

    private void skip(long size) throws IOException {
        in.skipNBytes(size);
    }

    private void skipPadding(long size) throws IOException {
        skip(Math.floorMod(-size, (long) BLOCK_BYTES));
    }

    private static PromptException refused(String rule) {
        return new PromptException(new Problem.Invalid("archive", rule));
    }
}
