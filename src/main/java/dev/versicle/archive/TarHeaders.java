package dev.versicle.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * The entries of a tar as their headers tell of them: a header is read by Commons Compress, what goes from one header
 * to the next is done here.
 *
 * <p>Not its TarArchiveInputStream, which holds a long name or a PAX header of any size in memory, calls itself for
 * each of a chain of them, takes leading slashes away without a word, believes what a PAX header says of an entry's
 * size, and looks at nothing that follows the end.
 */
final class TarHeaders {
    /** The longest path that Linux takes. */
    static final int LONG_NAME_BYTES_MAX = 4_096;

    /** Headers for all entries, of which an archive needs one at most; some tools write one for each volume. */
    static final int GLOBAL_HEADERS_MAX = 16;

    private static final int BLOCK_BYTES = 512;

    /** Names stay bytes until somebody looks whether they are UTF-8. */
    private static final ZipEncoding BYTES = ZipEncodingHelper.getZipEncoding(StandardCharsets.ISO_8859_1.name());

    /** An entry's own header, and the PAX header before it. */
    record Described(TarArchiveEntry header, Optional<byte[]> longName, PaxHeader pax) {
        /** The entry's name as bytes. */
        byte[] name() {
            return pax.path().or(this::longName).orElseGet(() -> bytes(header.getName()));
        }
    }

    private final Inflated in;
    private int globals;
    private Optional<String> before = Optional.empty();

    /** What was said ahead of the next entry; each at most once, so that no chain of them is followed. */
    private Optional<byte[]> longName = Optional.empty();

    private Optional<byte[]> longLink = Optional.empty();
    private Optional<PaxHeader> pax = Optional.empty();

    /** What is left of the present entry, and how many bytes fill up its last block. */
    private long left;

    private int padding;

    TarHeaders(Inflated in) {
        this.in = in;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The next entry; empty where the archive has ended as it must. The one before has been read to its end. */
    Optional<Described> next() {
        for (byte[] block = block(); !isZero(block); block = block()) {
            TarArchiveEntry header = header(block);
            if (!isAhead(header)) {
                return Optional.of(described(header));
            }
        }
        requireEnd();
        return Optional.empty();
    }

    private Described described(TarArchiveEntry header) {
        Described entry = new Described(header, longName, pax.orElse(PaxHeader.NONE));
        before = Optional.of(Refusal.lossy(entry.name()));
        if (longName.isPresent() && entry.pax().path().isPresent()) {
            throw Refusal.entry(before.get(), "has two long names");
        }
        longName = Optional.empty();
        longLink = Optional.empty();
        pax = Optional.empty();
        begin(header.getSize());
        return entry;
    }

    /** Takes a header that tells of the next entry, or of all. */
    private boolean isAhead(TarArchiveEntry header) {
        String name = Refusal.lossy(bytes(header.getName()));
        switch (header.getLinkFlag()) {
            case TarConstants.LF_GNUTYPE_LONGNAME -> longName = Optional.of(longName(header, longName));
            case TarConstants.LF_GNUTYPE_LONGLINK -> longLink = Optional.of(longName(header, longLink));
            case TarConstants.LF_PAX_EXTENDED_HEADER_LC -> {
                if (pax.isPresent()) {
                    throw Refusal.entry(name, "is a second PAX header of one entry");
                }
                pax = Optional.of(PaxHeader.parse(paxBody(header, name), name));
            }
            case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> takeGlobal(header, name);
            default -> {
                return false;
            }
        }
        return true;
    }

    private byte[] longName(TarArchiveEntry header, Optional<byte[]> earlier) {
        long size = header.getSize();
        begin(size);
        byte[] name = new byte[(int) Math.min(size, LONG_NAME_BYTES_MAX)];
        fill(name);
        int length = name.length;
        while (length > 0 && name[length - 1] == 0) {
            length--;
        }
        String text = new String(name, 0, length, StandardCharsets.UTF_8);
        if (size > LONG_NAME_BYTES_MAX) {
            throw Refusal.entry(text, "has a name of " + size + " bytes");
        }
        if (earlier.isPresent()) {
            throw Refusal.entry(text, "has two long names");
        }
        return Arrays.copyOf(name, length);
    }

    private byte[] paxBody(TarArchiveEntry header, String name) {
        long size = header.getSize();
        if (size > PaxHeader.BYTES_MAX) {
            throw Refusal.entry(name, "is a PAX header of more than " + PaxHeader.BYTES_MAX + " bytes");
        }
        begin(size);
        byte[] body = new byte[(int) size];
        fill(body);
        return body;
    }

    private void takeGlobal(TarArchiveEntry header, String name) {
        globals++;
        if (globals > GLOBAL_HEADERS_MAX) {
            throw Refusal.entry(name, "is one more than " + GLOBAL_HEADERS_MAX + " PAX headers for all entries");
        }
        if (PaxHeader.parse(paxBody(header, name), name).isUnfitForAll()) {
            throw Refusal.entry(name, "says for all entries what can hold of one only");
        }
    }

    private static TarArchiveEntry parsed(byte[] block) throws IOException {
        return new TarArchiveEntry(block, BYTES, true);
    }

    private TarArchiveEntry header(byte[] block) {
        try {
            TarArchiveEntry header = parsed(block);
            if (header.isCheckSumOK()) {
                return header;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw damaged();
        }
        throw damaged();
    }

    private RuntimeException damaged() {
        return before.map(name -> Refusal.of("must be a whole tar: it is cut short or damaged after '" + name + "'"))
                .orElseGet(() -> Refusal.of("must be a tar within its gzip"));
    }

    private void begin(long size) {
        left = size;
        padding = (int) (-size & (BLOCK_BYTES - 1));
        endEntry();
    }

    /** The next bytes of the present entry; 0 at its end. */
    int read(byte[] buffer) {
        int wanted = (int) Math.min(left, buffer.length);
        if (in.read(buffer, wanted) < wanted) {
            throw damaged();
        }
        left -= wanted;
        endEntry();
        return wanted;
    }

    private void fill(byte[] whole) {
        read(whole);
    }

    private void endEntry() {
        if (left == 0) {
            byte[] skipped = new byte[padding];
            if (in.read(skipped, padding) < padding) {
                throw damaged();
            }
            padding = 0;
        }
    }

    private byte[] block() {
        byte[] block = new byte[BLOCK_BYTES];
        if (in.read(block, BLOCK_BYTES) < BLOCK_BYTES) {
            throw damaged();
        }
        return block;
    }

    private static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** An archive ends with two empty blocks, and may be filled up with more of them. */
    private void requireEnd() {
        if (longName.isPresent() || longLink.isPresent() || pax.isPresent()) {
            throw damaged();
        }
        if (!isZero(block())) {
            throw Refusal.of("must end with two empty blocks");
        }
        byte[] rest = new byte[BLOCK_BYTES];
        for (int read = BLOCK_BYTES; read == BLOCK_BYTES; ) {
            read = in.read(rest, BLOCK_BYTES);
            if (!isZero(rest)) {
                throw Refusal.of("must be one archive: there is more behind its end");
            }
        }
        if (!in.isAll()) {
            throw Refusal.of("must be one gzip: there is more behind its end");
        }
    }
}
