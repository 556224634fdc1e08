package dev.versicle.storage.local;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Forces files and directories to the disk, and stops for good at the first failure: after a failed fsync the kernel
 * may have dropped the pages and would report success for a second try, so nothing may be acknowledged any more.
 */
final class Disk {
    private static final FileAttribute<Set<PosixFilePermission>> READ_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--"));

    private final boolean forcing;
    private final AtomicReference<Optional<IOException>> failure = new AtomicReference<>(Optional.empty());

    private Disk(boolean forcing) {
        this.forcing = forcing;
    }

    static Disk forcing() {
        return new Disk(true);
    }

    /** For what nobody sees yet, and is forced as a whole before it is published. */
    static Disk lazy() {
        return new Disk(false);
    }

    /** Throws when an earlier write failed. */
    void requireSound() throws IOException {
        Optional<IOException> earlier = failure.get();
        if (earlier.isPresent()) {
            throw new IOException("an earlier write failed; restart the server", earlier.get());
        }
    }

    Optional<IOException> failure() {
        return failure.get();
    }

    void force(Path path) throws IOException {
        requireSound();
        if (!forcing) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What a file shall hold. */
    @FunctionalInterface
    interface Bytes {
        void into(WritableByteChannel channel) throws IOException;
    }

    /** Makes a file that nobody may write to again, with these bytes, forced; where that fails it is not there. */
    void write(Path file, Bytes bytes) throws IOException {
        requireSound();
        boolean written = false;
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), READ_ONLY)) {
            bytes.into(channel);
            force(channel);
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
        }
    }

    void write(Path file, ByteBuffer bytes) throws IOException {
        write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private void force(FileChannel channel) throws IOException {
        if (!forcing) {
            return;
        }
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException e) {
        failure.compareAndSet(Optional.empty(), Optional.of(e));
        return e;
    }

    /** Forces everything below a directory, then the directory itself. */
    void forceTree(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                if (Files.isDirectory(child)) {
                    forceTree(child);
                } else {
                    force(child);
                }
            }
        }
        force(directory);
    }

    /** Forces every directory from {@code path}'s parent up to {@code top}, whichever of them are new. */
    void forceParents(Path path, Path top) throws IOException {
        for (Path directory = parent(path); directory.startsWith(top); directory = parent(directory)) {
            if (Files.isDirectory(directory)) {
                force(directory);
            }
        }
    }

    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a path has a parent unless it is the root");
    }
}
