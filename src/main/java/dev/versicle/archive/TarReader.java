package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptPaths;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The files of a tar, one after the other; throws at the first entry that breaks a rule. {@link TarHeaders} tells what
 * an entry is, this is where it is judged.
 */
final class TarReader {
    static final int ENTRIES_MAX = PromptFiles.FILES_MAX;

    /** Everywhere, on every system. */
    private static final Pattern ABSOLUTE = Pattern.compile("(/|[A-Za-z]:|\\\\).*", Pattern.DOTALL);

    private static final int OWNER_EXECUTES = 0100;

    /** A regular file; its bytes are those that {@link #read} gives until the next one is asked for. */
    record Entry(String path, boolean executable) {}

    private final TarHeaders headers;
    private final PromptPaths paths = new PromptPaths();
    private int entries;
    private long total;

    TarReader(Inflated in) {
        this.headers = new TarHeaders(in);
    }

    /** The next file; empty where the archive has ended as it must. The one before has been read to its end. */
    Optional<Entry> next() {
        while (true) {
            Optional<TarHeaders.Described> next = headers.next();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Optional<Entry> file = judged(next.get());
            if (file.isPresent()) {
                return file;
            }
        }
    }

    /** The next bytes of the present file; 0 at its end. */
    int read(byte[] buffer) {
        return headers.read(buffer);
    }

    /** Accepts a file or a directory, which is not told of further: Git knows none. */
    private Optional<Entry> judged(TarHeaders.Described entry) {
        TarArchiveEntry header = entry.header();
        String name = Refusal.lossy(entry.name());
        entries++;
        if (entries > ENTRIES_MAX) {
            throw Refusal.entry(name, "is one more than the " + ENTRIES_MAX + " that it may have");
        }
        requireRegularOrDirectory(name, header.getLinkFlag(), entry.pax().isSparse());
        boolean directory = header.getLinkFlag() == TarConstants.LF_DIR || name.endsWith("/");
        String path = path(entry.name(), directory);
        requireSize(name, entry, directory);
        if (directory) {
            add(name, path, true);
            return Optional.empty();
        }
        add(name, path, false);
        int mode = header.getMode();
        return Optional.of(new Entry(path, mode >= 0 && (mode & OWNER_EXECUTES) != 0));
    }

    private static void requireRegularOrDirectory(String name, byte type, boolean sparse) {
        Optional<String> other = sparse ? Optional.of("a sparse file") : other(type);
        if (other.isPresent()) {
            throw Refusal.entry(name, "is " + other.get() + ", not a regular file or a directory");
        }
    }

    /** What an entry is that is neither a regular file nor a directory. */
    private static Optional<String> other(byte type) {
        return switch (type) {
            case TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_DIR -> Optional.empty();
            case TarConstants.LF_LINK -> Optional.of("a hard link");
            case TarConstants.LF_SYMLINK -> Optional.of("a symbolic link");
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> Optional.of("a device");
            case TarConstants.LF_FIFO -> Optional.of("a FIFO");
            case TarConstants.LF_GNUTYPE_SPARSE -> Optional.of("a sparse file");
            default -> Optional.of("of tar's type number " + Byte.toUnsignedInt(type));
        };
    }

    private static String path(byte[] raw, boolean directory) {
        String path = text(raw);
        if (ABSOLUTE.matcher(path).matches()) {
            throw Refusal.entry(path, "has an absolute path");
        }
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        return directory && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String text(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.entry(Refusal.lossy(raw), "has a name that is not UTF-8");
        }
    }

    /** The directory that all is in goes without saying. */
    private void add(String name, String path, boolean directory) {
        if (directory && (path.isEmpty() || path.equals("."))) {
            return;
        }
        try {
            if (directory) {
                paths.addDirectory(path);
            } else {
                paths.addFile(path);
            }
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.Invalid invalid) {
                throw Refusal.entry(name, invalid.rule());
            }
            throw e;
        }
    }

    /** Two sizes of one entry would be two archives in one, each for another reader. */
    private void requireSize(String name, TarHeaders.Described entry, boolean directory) {
        long size = entry.header().getSize();
        if (!entry.pax().agreesOn(size)) {
            throw Refusal.entry(name, "has a PAX header that says another size than " + size);
        }
        if (directory && size != 0) {
            throw Refusal.entry(name, "is a directory with bytes of its own");
        }
        if (size > PromptFile.BYTES_MAX) {
            throw Refusal.entry(name, "must be at most " + PromptFile.BYTES_MAX + " bytes");
        }
        total += size;
        if (total > PromptFiles.TOTAL_BYTES_MAX) {
            throw Refusal.entry(name, "takes it over " + PromptFiles.TOTAL_BYTES_MAX + " bytes of files");
        }
    }
}
