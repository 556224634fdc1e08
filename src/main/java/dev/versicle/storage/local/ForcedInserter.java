package dev.versicle.storage.local;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.util.sha1.SHA1;

/**
 * Writes loose objects so that they survive a power cut once {@link #flush} has returned.
 *
 * <p>A new object is deflated into a temporary file, forced, and renamed; one force of the file is enough, since the
 * rename needs only that of the directory. An object that is there already says nothing about the disk: somebody may
 * have written it, unforced and unreachable, a moment before. It is forced under its final name, whoever put it there.
 *
 * <p>Not JGit's own inserter, whose object is forced but whose answer does not tell a new object from one that was
 * there, so that each would have to be forced twice; it also asks the file system 14 questions per object.
 */
final class ForcedInserter extends ObjectInserter.Filter {
    private static final int FAN_OUT_DIGITS = 2;

    /** Objects up to this size are written from memory, and only where they are missing. */
    private static final int HELD_BYTES_MAX = 64 << 10;

    private static final int STEP_BYTES = 16 << 10;

    /** Names temporary files, of which those of an earlier process were removed before anything is written. */
    private static final AtomicLong COUNTER = new AtomicLong();

    private final ObjectInserter stock;
    private final ForcedRepository repository;
    private final Disk disk;
    /** As Git deflates loose objects: somebody waits for them, and what is fetched is deflated anew. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    private final Set<Path> changed = new LinkedHashSet<>();
    private final Set<ObjectId> present = new LinkedHashSet<>();

    ForcedInserter(ObjectInserter stock, ForcedRepository repository, Disk disk) {
        this.stock = stock;
        this.repository = repository;
        this.disk = disk;
    }

    @Override
    protected ObjectInserter delegate() {
        return stock;
    }

    @Override
    public ObjectId insert(int type, byte[] data) throws IOException {
        return insert(type, data, 0, data.length);
    }

    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
        disk.requireSound();
        ObjectId id = idFor(type, data, offset, length);
        if (repository.getObjectDatabase().has(id)) {
            present.add(id);
        } else {
            publish(written(deflated(type, data, offset, length)), file(id));
        }
        return id;
    }

    /** What is large is never held: its id is known when it is written, and whether it was there already. */
    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        if (length <= HELD_BYTES_MAX) {
            byte[] data = in.readNBytes((int) length);
            requireWhole(length - data.length);
            return insert(type, data);
        }
        Path fresh = temporary();
        SHA1 digest = SHA1.newInstance();
        disk.write(fresh, channel -> deflate(head(type, length), in, length, digest, channel));
        ObjectId id = digest.toObjectId();
        if (repository.getObjectDatabase().has(id)) {
            Files.delete(fresh);
            present.add(id);
        } else {
            publish(fresh, file(id));
        }
        return id;
    }

    private void deflate(byte[] head, InputStream in, long length, SHA1 digest, WritableByteChannel channel)
            throws IOException {
        deflater.reset();
        DeflaterOutputStream out = new DeflaterOutputStream(Channels.newOutputStream(channel), deflater, STEP_BYTES);
        digest.update(head);
        out.write(head);
        byte[] step = new byte[STEP_BYTES];
        long left = length;
        for (int read = 0; left > 0 && read >= 0; left -= Math.max(read, 0)) {
            read = in.read(step, 0, (int) Math.min(left, STEP_BYTES));
            digest.update(step, 0, Math.max(read, 0));
            out.write(step, 0, Math.max(read, 0));
        }
        requireWhole(left);
        out.finish();
    }

    private static void requireWhole(long missing) throws EOFException {
        if (missing > 0) {
            throw new EOFException("an object lacks " + missing + " of its bytes");
        }
    }

    private Path temporary() {
        return repository.objects().resolve(ForcedRepository.HALF_WRITTEN + COUNTER.incrementAndGet());
    }

    private Path written(ByteBuffer bytes) throws IOException {
        Path fresh = temporary();
        disk.write(fresh, bytes);
        return fresh;
    }

    /** The object's type, its length, NUL: before its bytes, all in zlib's format, what Git calls a loose object. */
    private static byte[] head(int type, long length) {
        return (Constants.typeString(type) + " " + length + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private ByteBuffer deflated(int type, byte[] data, int offset, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        deflater.reset();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(head(type, length));
            out.write(data, offset, length);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void publish(Path fresh, Path file) throws IOException {
        Path fanOut = Disk.parent(file);
        try {
            move(fresh, file);
        } catch (NoSuchFileException e) {
            repository.unsettle(fanOut);
            Files.createDirectories(fanOut);
            move(fresh, file);
        }
        changed.add(fanOut);
    }

    /** Replaces what another process may have put there meanwhile: the same bytes, but perhaps not forced. */
    private static void move(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Resolved in one step: in two, code that HotSpot 25.0.3 compiled was seen to have lost the name in between. */
    private Path file(ObjectId id) {
        String hex = id.name();
        return repository.objects().resolve(hex.substring(0, FAN_OUT_DIGITS) + "/" + hex.substring(FAN_OUT_DIGITS));
    }

    @Override
    public void flush() throws IOException {
        stock.flush();
        for (ObjectId id : present) {
            Path file = file(id);
            if (Files.exists(file)) {
                disk.force(file);
                changed.add(Disk.parent(file));
            } else {
                forcePacks();
            }
        }
        for (Path fanOut : changed) {
            disk.force(fanOut);
        }
        repository.settle(changed, repository.objects());
        present.clear();
        changed.clear();
    }

    /** The object was present in a pack: which one JGit does not say, and there are few. */
    private void forcePacks() throws IOException {
        Path packs = repository.objects().resolve("pack");
        List<Path> files;
        try (Stream<Path> all = Files.list(packs)) {
            files = all.toList();
        }
        for (Path file : files) {
            disk.force(file);
        }
        disk.force(packs);
        disk.force(repository.objects());
    }

    @Override
    public void close() {
        deflater.end();
        super.close();
    }
}
