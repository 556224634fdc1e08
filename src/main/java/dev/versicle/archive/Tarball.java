package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A package as a gzip of a tar. */
public final class Tarball {
    /** Of the gzip. */
    public static final int TARBALL_BYTES_MAX = 10 << 20;

    private static final int COPIED_BYTES = 16 << 10;
    private static final int MODE = 0644;
    private static final int EXECUTABLE_MODE = 0755;

    /** What fits into a header's field for the time; later moments would need another form. */
    private static final long SECONDS_MAX = 0_77777777777L;

    private Tarball() {}

    /**
     * Unpacks a tarball of regular files and directories into the spool, and leaves {@code gzip} open. Throws {@link
     * Problem.Invalid} of the field {@code tarball} at the first thing that a package must not have, which names the
     * entry; {@link Problem.TooLarge}; and {@link UncheckedIOException} where {@code gzip} cannot be read. Nothing of a
     * refused one stays.
     */
    public static Unpacked read(InputStream gzip, Spool spool) {
        SpooledFile spooled = spool.file(PromptFiles.TOTAL_BYTES_MAX);
        boolean accepted = false;
        try (Inflated inflated = new Inflated(new Compressed(gzip))) {
            Unpacked unpacked = new Unpacked(files(new TarReader(inflated), spooled), spooled);
            accepted = true;
            return unpacked;
        } finally {
            if (!accepted) {
                spooled.close();
            }
        }
    }

    private static PromptFiles files(TarReader tar, SpooledFile spooled) {
        Map<String, PromptFile> files = new HashMap<>();
        byte[] buffer = new byte[COPIED_BYTES];
        for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
            long start = spooled.size();
            for (int read = tar.read(buffer); read > 0; read = tar.read(buffer)) {
                spooled.write(buffer, read);
            }
            files.put(
                    next.get().path(),
                    new PromptFile(spooled.since(start), next.get().executable()));
        }
        if (files.isEmpty()) {
            throw Refusal.of("must hold a file");
        }
        return PromptFiles.of(files);
    }

    /**
     * Writes a package, and leaves {@code out} open: the same version gives the same bytes, now and ever. Throws {@link
     * UncheckedIOException}.
     */
    public static void write(PromptPackage files, OutputStream out) {
        try {
            StoredGzip gzip = new StoredGzip(out);
            writeTar(files, gzip);
            gzip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeTar(PromptPackage files, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        long seconds = Math.clamp(files.committedAt().getEpochSecond(), 0, SECONDS_MAX);
        FileTime moment = FileTime.from(seconds, TimeUnit.SECONDS);
        for (PromptPackage.Entry file : files.files()) {
            tar.putArchiveEntry(header(file, moment));
            try (InputStream in = files.open(file)) {
                in.transferTo(tar);
            }
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    private static TarArchiveEntry header(PromptPackage.Entry file, FileTime moment) {
        TarArchiveEntry entry = new TarArchiveEntry(file.path());
        entry.setSize(file.size());
        entry.setMode(file.executable() ? EXECUTABLE_MODE : MODE);
        entry.setModTime(moment);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }
}
