package dev.versicle.git;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.NB;

/**
 * Looks at a pack before JGit does, which makes room for as many objects as the pack claims to have, and holds what
 * differences build on: nothing that it would have to hold is larger than a limit. Takes little memory for any pack:
 * some 40 bytes an object, and 150 more for one that others name as their base.
 */
final class PackScan {
    static final int OBJECTS_MAX = 50_000;
    static final int OBJECT_BYTES_MAX = PromptFile.BYTES_MAX;

    /** Of all objects, inflated and without differences. */
    static final long TOTAL_BYTES_MAX = 4L << 30;

    /** What a pack may have, and how a refusal is said. */
    record Rules(int objects, int objectBytes, Bases bases, Function<String, RuntimeException> refused) {
        /** Of a bundle: differences by offset only, as this server and {@code git bundle} write them. */
        static final Rules BUNDLE = new Rules(OBJECTS_MAX, OBJECT_BYTES_MAX, Bases.BY_OFFSET, BundleHeader::refused);
    }

    /** How a difference may say what it builds on. */
    enum Bases {
        BY_OFFSET,
        /** Or by its id, which may be that of an object elsewhere. */
        BY_ID
    }

    private static final int HEADER_BYTES = 12;
    private static final int VERSION = 2;
    private static final int BUFFER_BYTES = 64 << 10;
    /** Of a difference: the sizes before and after, at most ten bytes each. */
    private static final int SIZES_BYTES_MAX = 20;

    private static final int CHECKSUM_BYTES = 20;

    private final InputStream in;
    private final Rules rules;
    private final MessageDigest digest = Constants.newMessageDigest();
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] inflated = new byte[BUFFER_BYTES];
    private final byte[] sizes = new byte[SIZES_BYTES_MAX];
    private int at;
    private int end;
    private long before;

    private long[] offsets = {};
    private DeltaChains chains = new DeltaChains(0);
    private long total;

    private PackScan(InputStream in, Rules rules) {
        this.in = in;
        this.rules = rules;
    }

    /** Reads a pack, to the end, and throws where it is broken or over a limit. */
    static void check(InputStream in, Rules rules) throws IOException {
        PackScan scan = new PackScan(in, rules);
        try {
            scan.scan();
        } finally {
            scan.inflater.end();
        }
    }

    private void scan() throws IOException {
        int count = count();
        offsets = new long[count];
        chains = new DeltaChains(count);
        for (int i = 0; i < count; i++) {
            object(i);
        }
        requireEnd();
        if (chains.heldBytes() > DeltaChains.HELD_BYTES_MAX) {
            throw refused("must have differences that build on at most " + DeltaChains.HELD_BYTES_MAX + " bytes");
        }
    }

    private RuntimeException refused(String rule) {
        return rules.refused().apply(rule);
    }

    private void requireEnd() throws IOException {
        digest.update(buffer, 0, at);
        byte[] expected = digest.digest();
        byte[] found = new byte[CHECKSUM_BYTES];
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            found[i] = (byte) next();
        }
        if (!MessageDigest.isEqual(expected, found)) {
            throw broken();
        }
        if (at < end || in.read() >= 0) {
            throw refused("must end where its pack ends");
        }
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
        if (count > rules.objects()) {
            throw refused("must have at most " + rules.objects() + " objects");
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
        if (size < 0 || size > rules.objectBytes() || shift > Integer.SIZE) {
            throw tooLarge();
        }
        long result = switch (type) {
            case Constants.OBJ_COMMIT, Constants.OBJ_TREE, Constants.OBJ_BLOB, Constants.OBJ_TAG -> {
                inflate(size);
                chains.whole(i, size);
                yield size;
            }
            case Constants.OBJ_OFS_DELTA -> differenceByOffset(i, size);
            case Constants.OBJ_REF_DELTA -> differenceById(i, size);
            default -> throw broken();
        };
        if (result > rules.objectBytes()) {
            throw tooLarge();
        }
        count(result);
    }

    private void count(long bytes) {
        total += bytes;
        if (total > TOTAL_BYTES_MAX) {
            throw refused("must inflate to at most " + TOTAL_BYTES_MAX + " bytes");
        }
    }

    private RuntimeException tooLarge() {
        return refused("must have objects of at most " + rules.objectBytes() + " bytes");
    }

    private long differenceByOffset(int i, long size) throws IOException {
        int base = base(i);
        inflate(size);
        long result = sizes(size).after();
        chains.onOffset(i, base, result);
        return result;
    }

    private long differenceById(int i, long size) throws IOException {
        if (rules.bases() == Bases.BY_OFFSET) {
            throw refused("must hold a pack with differences by offset");
        }
        byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
        for (int n = 0; n < raw.length; n++) {
            raw[n] = (byte) next();
        }
        inflate(size);
        Sizes sizes = sizes(size);
        if (sizes.before() > rules.objectBytes()) {
            throw tooLarge();
        }
        if (chains.onId(i, ObjectId.fromRaw(raw), sizes.before(), sizes.after())) {
            // It may lie elsewhere, and is then read and copied.
            count(sizes.before());
        }
        return sizes.after();
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

    /** How many bytes a difference builds on, and how many come of it. */
    private record Sizes(long before, long after) {}

    /** With which numbers a difference of {@code size} bytes begins. */
    private Sizes sizes(long size) {
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
        return new Sizes(numbers[0], numbers[1]);
    }

    private int next() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    private void fill() throws IOException {
        digest.update(buffer, 0, end);
        before += end;
        at = 0;
        end = Math.max(in.read(buffer), 0);
        if (end == 0) {
            throw broken();
        }
    }

    private RuntimeException broken() {
        return refused("must hold a whole pack: it is cut short or damaged");
    }
}
