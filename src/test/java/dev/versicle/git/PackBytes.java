package dev.versicle.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A pack made by hand, right or wrong (gitformat-pack). */
final class PackBytes {
    private static final int SIZE_BITS_FIRST = 4;
    private static final int SIZE_BITS = 7;

    private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();
    private long version = 2;
    private long claimed = -1;

    /** Claims to have this many objects, whatever it has. */
    PackBytes claiming(long count) {
        claimed = count;
        return this;
    }

    PackBytes version(int other) {
        version = other;
        return this;
    }

    /** An object of a type's number. */
    PackBytes object(int type, byte[] bytes) {
        return raw(type, bytes.length, new byte[0], deflated(bytes));
    }

    PackBytes blob(String text) {
        return object(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What builds on the object with this place among those here. */
    PackBytes onOffset(int base, byte[] delta) {
        return raw(Constants.OBJ_OFS_DELTA, delta.length, back(here() - offsets.get(base)), deflated(delta));
    }

    PackBytes onId(ObjectId base, byte[] delta) {
        byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
        base.copyRawTo(raw, 0);
        return raw(Constants.OBJ_REF_DELTA, delta.length, raw, deflated(delta));
    }

    /** Anything: what claims a size and has other bytes. */
    PackBytes raw(int type, long size, byte[] base, byte[] deflated) {
        offsets.add(here());
        int first = (type << SIZE_BITS_FIRST) | (int) (size & 0xf);
        long rest = size >>> SIZE_BITS_FIRST;
        while (rest > 0) {
            objects.write(first | 0x80);
            first = (int) (rest & 0x7f);
            rest >>>= SIZE_BITS;
        }
        objects.write(first);
        objects.writeBytes(base);
        objects.writeBytes(deflated);
        return this;
    }

    private int here() {
        return objects.size() + 12;
    }

    /** How far a base lies before, in the form that only this has. */
    static byte[] back(long bytes) {
        byte[] reversed = new byte[10];
        int digits = 0;
        long left = bytes;
        reversed[digits++] = (byte) (left & 0x7f);
        while ((left >>>= SIZE_BITS) > 0) {
            left--;
            reversed[digits++] = (byte) (0x80 | (left & 0x7f));
        }
        byte[] result = new byte[digits];
        for (int i = 0; i < digits; i++) {
            result[i] = reversed[digits - 1 - i];
        }
        return result;
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] step = new byte[8_192];
        while (!deflater.finished()) {
            out.write(step, 0, deflater.deflate(step));
        }
        deflater.end();
        return out.toByteArray();
    }

    /** A difference that says which sizes it is for, and then anything. */
    static byte[] delta(long before, long after, byte... commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, before);
        number(out, after);
        out.writeBytes(commands);
        return out.toByteArray();
    }

    /** A difference that appends {@code text} to all of a base. */
    static byte[] appending(long before, String text) {
        byte[] added = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, before);
        number(out, before + added.length);
        for (long done = 0; done < before; done += 0xffffff) {
            copy(out, done, Math.min(before - done, 0xffffff));
        }
        out.write(added.length);
        out.writeBytes(added);
        return out.toByteArray();
    }

    private static void copy(ByteArrayOutputStream out, long from, long bytes) {
        out.write(0xff);
        out.writeBytes(new byte[] {(byte) from, (byte) (from >> 8), (byte) (from >> 16), (byte) (from >> 24)});
        out.writeBytes(new byte[] {(byte) bytes, (byte) (bytes >> 8), (byte) (bytes >> 16)});
    }

    private static void number(ByteArrayOutputStream out, long number) {
        long left = number;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= SIZE_BITS;
        }
        out.write((int) left);
    }

    byte[] bytes() {
        byte[] all = unsigned();
        ByteBuffer buffer = ByteBuffer.allocate(all.length + Constants.OBJECT_ID_LENGTH);
        return buffer.put(all).put(Constants.newMessageDigest().digest(all)).array();
    }

    /** All but the checksum. */
    byte[] unsigned() {
        return ByteBuffer.allocate(here())
                .put("PACK".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) version)
                .putInt((int) (claimed < 0 ? offsets.size() : claimed))
                .put(objects.toByteArray())
                .array();
    }

    static ObjectId id(int type, byte[] bytes) {
        return new ObjectInserter.Formatter().idFor(type, bytes);
    }

    /** A tree's bytes: mode, name, id and so on. */
    static byte[] tree(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < entries.length; i += 3) {
            out.writeBytes((entries[i] + " " + entries[i + 1] + "\0").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(HexFormat.of().parseHex(entries[i + 2]));
        }
        return out.toByteArray();
    }

    static byte[] commit(ObjectId tree, ObjectId... parents) {
        StringBuilder text = new StringBuilder("tree " + tree.name() + "\n");
        for (ObjectId parent : parents) {
            text.append("parent ").append(parent.name()).append('\n');
        }
        String who = " Eve <eve@example.org> 1776852840 +0000\n";
        return text.append("author" + who + "committer" + who + "\nevil\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
