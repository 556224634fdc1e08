package dev.versicle.git;

import static dev.versicle.git.BundleHeader.refused;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.NB;

/**
 * Looks at a pack before JGit does, which makes room for as many objects as the pack claims to have, and holds what
 * differences build on: nothing that it would have to hold is larger than a limit. Packs have differences by offset
 * only, as this server and {@code git bundle} write them. Takes as much memory for any pack: 28 bytes an object.
 */
final class PackScan {
    static final int OBJECTS_MAX = 50_000;
    static final int OBJECT_BYTES_MAX = PromptFile.BYTES_MAX;

    /** Of all objects, inflated and without differences. */
    static final long TOTAL_BYTES_MAX = 4L << 30;

    /** Of an object, and of those that must be held until it is made. */
    static final long CHAIN_BYTES_MAX = 64L << 20;

    private static final int HEADER_BYTES = 12;
    private static final int VERSION = 2;
    private static final int BUFFER_BYTES = 64 << 10;
    /** Of a difference: the sizes before and after, at most ten bytes each. */
    private static final int SIZES_BYTES_MAX = 20;

    private static final int NO_BASE = -1;

    private final InputStream in;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] inflated = new byte[BUFFER_BYTES];
    private final byte[] sizes = new byte[SIZES_BYTES_MAX];
    private int at;
    private int end;
    private long before;

    private long[] offsets = {};
    private long[] results = {};
    private int[] bases = {};
    private int[] children = {};
    private long total;

    private PackScan(InputStream in) {
        this.in = in;
    }

    /** Reads a pack up to its checksum, and throws where it is broken or over a limit. */
    static void check(InputStream in) throws IOException {
        PackScan scan = new PackScan(in);
        try {
            scan.scan();
        } finally {
            scan.inflater.end();
        }
    }

    private void scan() throws IOException {
        int count = count();
        offsets = new long[count];
        results = new long[count];
        bases = new int[count];
        children = new int[count];
        for (int i = 0; i < count; i++) {
            object(i);
        }
        requireShortChains();
    }

    private int count() throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        for (int i = 0; i < HEADER_BYTES; i++) {
            header[i] = (byte) next();
        }
        boolean pack = Arrays.equals(
                header,
                0,
                Constants.PACK_SIGNATURE.length,
                Constants.PACK_SIGNATURE,
                0,
                Constants.PACK_SIGNATURE.length);
        if (!pack || NB.decodeInt32(header, 4) != VERSION) {
            throw refused("must hold a pack of version 2");
        }
        long count = NB.decodeUInt32(header, 8);
        if (count > OBJECTS_MAX) {
            throw refused("must have at most " + OBJECTS_MAX + " objects");
        }
        return (int) count;
    }

    private void object(int i) throws IOException {
        offsets[i] = before + at;
        int first = next();
        int type = (first >> 4) & 7;
        long size = first & 15;
        int shift = 4;
        for (int read = first; (read & 0x80) != 0; shift += 7) {
            read = next();
            size |= (long) (read & 0x7f) << Math.min(shift, Long.SIZE - 1);
        }
        if (size < 0 || size > OBJECT_BYTES_MAX || shift > Integer.SIZE) {
            throw tooLarge();
        }
        bases[i] = switch (type) {
            case Constants.OBJ_COMMIT, Constants.OBJ_TREE, Constants.OBJ_BLOB, Constants.OBJ_TAG -> NO_BASE;
            case Constants.OBJ_OFS_DELTA -> base(i);
            default -> throw refused("must hold a pack with differences by offset");
        };
        inflate(size);
        results[i] = bases[i] == NO_BASE ? size : resultOf(size);
        total += results[i];
        if (results[i] > OBJECT_BYTES_MAX) {
            throw tooLarge();
        }
        if (total > TOTAL_BYTES_MAX) {
            throw refused("must inflate to at most " + TOTAL_BYTES_MAX + " bytes");
        }
    }

    private static RuntimeException tooLarge() {
        return refused("must have objects of at most " + OBJECT_BYTES_MAX + " bytes");
    }

    /** The object that a difference builds on, by how many bytes it lies before. */
    private int base(int i) throws IOException {
        int read = next();
        long back = read & 0x7f;
        for (int digits = 1; (read & 0x80) != 0 && digits < 9; digits++) {
            read = next();
            back = ((back + 1) << 7) | (read & 0x7f);
        }
        int base = Arrays.binarySearch(offsets, 0, i, offsets[i] - back);
        if (base < 0) {
            throw refused("must hold a pack whose differences build on objects in it");
        }
        children[base]++;
        return base;
    }

    private void inflate(long size) throws IOException {
        inflater.reset();
        long done = 0;
        try {
            while (!inflater.finished()) {
                if (at == end) {
                    fill();
                }
                inflater.setInput(buffer, at, end - at);
                int bytes = inflater.inflate(inflated);
                at = end - inflater.getRemaining();
                keepSizes(done, bytes);
                done += bytes;
                if (done > size || inflater.needsDictionary()) {
                    throw broken();
                }
            }
        } catch (DataFormatException e) {
            throw broken();
        }
        if (done != size) {
            throw broken();
        }
    }

    private void keepSizes(long done, int bytes) {
        for (long i = done; i < Math.min(done + bytes, SIZES_BYTES_MAX); i++) {
            sizes[(int) i] = inflated[(int) (i - done)];
        }
    }

    /** What comes of a difference of {@code size} bytes, which begin with two numbers: the base's size and this. */
    private long resultOf(long size) {
        long[] numbers = new long[2];
        int place = 0;
        for (int n = 0; n < numbers.length; n++) {
            int shift = 0;
            int read;
            do {
                if (place >= Math.min(size, SIZES_BYTES_MAX) || shift > Integer.SIZE) {
                    throw broken();
                }
                read = sizes[place++];
                numbers[n] |= (long) (read & 0x7f) << shift;
                shift += 7;
            } while ((read & 0x80) != 0);
        }
        return numbers[1];
    }

    /** JGit lets an object go as soon as the last one that builds on it is made. */
    private void requireShortChains() {
        long[] held = new long[bases.length];
        for (int i = 0; i < bases.length; i++) {
            int base = bases[i];
            if (base != NO_BASE) {
                held[i] = held[base] + (children[base] > 1 ? results[base] : 0);
                if (held[i] + results[base] + results[i] > CHAIN_BYTES_MAX) {
                    throw refused("must have differences that build on at most " + CHAIN_BYTES_MAX + " bytes");
                }
            }
        }
    }

    private int next() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    private void fill() throws IOException {
        before += end;
        at = 0;
        end = Math.max(in.read(buffer), 0);
        if (end == 0) {
            throw broken();
        }
    }

    private static RuntimeException broken() {
        return refused("must hold a whole pack: it is cut short or damaged");
    }
}
