package dev.versicle.storage.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory that a server owns, alone and from {@link #open} to {@link #close}. */
public final class DataDirectory implements AutoCloseable {
    /** The layout that this server reads and writes. */
    static final int FORMAT = 1;

    /** A whole block, so that a full disk is seen, too. */
    private static final int PROBE_BYTES = 4096;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private final FileChannel lock;
    private final Disk disk = Disk.forcing();

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes possession of a data directory, made if need be. Throws {@link DataDirectoryRefused} where another server
     * has it, its layout is newer than this server, or it cannot be written.
     */
    public static DataDirectory open(Path path) {
        requireUtf8(System.getProperty("sun.jnu.encoding", ""));
        Path root = path.toAbsolutePath().normalize();
        try {
            Path standing = standing(root);
            Files.createDirectories(root);
            DataDirectory data = new DataDirectory(root, lock(root));
            try {
                data.prepare(standing);
            } catch (IOException | RuntimeException e) {
                data.close();
                throw e;
            }
            return data;
        } catch (IOException e) {
            throw new DataDirectoryRefused("The data directory " + root + " cannot be used: " + e + ".");
        }
    }

    /** The nearest directory above that is there already: everything below it must be forced with what it holds. */
    private static Path standing(Path root) {
        Path directory = Disk.parent(root);
        while (!Files.isDirectory(directory)) {
            directory = Disk.parent(directory);
        }
        return directory;
    }

    /** Refs are files, and a display version in any script is a ref: Java would write each such name as "???". */
    static void requireUtf8(String fileNames) {
        if (!fileNames.equals(StandardCharsets.UTF_8.name())) {
            throw new DataDirectoryRefused("The locale's encoding is " + fileNames
                    + ", which cannot name every file: start the server with LC_ALL=C.UTF-8 in its environment.");
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve("server.lock"), Set.of(CREATE, WRITE), OWNER_ONLY);
        if (!holds(channel)) {
            channel.close();
            throw new DataDirectoryRefused("Another server is running on the data directory " + root + ".");
        }
        return channel;
    }

    private static boolean holds(FileChannel channel) throws IOException {
        try {
            Optional<FileLock> held = Optional.ofNullable(channel.tryLock());
            return held.isPresent();
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void prepare(Path standing) throws IOException {
        Path format = root.resolve("format");
        if (Files.exists(format)) {
            checkFormat(Files.readString(format).strip());
        } else {
            writeDurably(format, FORMAT + "\n");
        }
        deleteTree(staging());
        for (Path directory : new Path[] {prompts(), staging(), trash()}) {
            Files.createDirectories(directory);
        }
        disk.force(root);
        disk.forceParents(root, standing);
    }

    private void checkFormat(String found) {
        if (!found.matches("\\d{1,9}") || Integer.parseInt(found) != FORMAT) {
            throw new DataDirectoryRefused("The data directory " + root + " has layout '" + found
                    + "', and this server knows layout " + FORMAT + ": a newer server is needed.");
        }
    }

    public Path root() {
        return root;
    }

    public Path jwtKey() {
        return root.resolve("jwt.key");
    }

    public Path secretKey() {
        return root.resolve("secret.key");
    }

    public Path adminKey() {
        return root.resolve("admin.key");
    }

    public Path catalog() {
        return root.resolve("catalog.db");
    }

    Path prompts() {
        return root.resolve("prompts");
    }

    /** Where generated repositories stand; there from the first of them on. */
    Path environments() {
        return root.resolve("environments");
    }

    Path system() {
        return root.resolve("system.git");
    }

    /** Where what is not there yet lies; emptied at each start. */
    public Path staging() {
        return root.resolve("new");
    }

    Path trash() {
        return root.resolve("trash");
    }

    Disk disk() {
        return disk;
    }

    /** Why nothing can be written any more; empty while all is well. */
    public Optional<IOException> failure() {
        return disk.failure();
    }

    /**
     * Throws where nothing can be written at the moment: writes a block, forces it and takes it away again. What comes
     * of it is forgotten, as nothing was acknowledged: a disk that is full, or read-only, may be mended under way.
     */
    public void requireWritable() throws IOException {
        Path probe = root.resolve("probe");
        try (FileChannel channel = FileChannel.open(probe, Set.of(CREATE, TRUNCATE_EXISTING, WRITE), OWNER_ONLY)) {
            ByteBuffer block = ByteBuffer.allocate(PROBE_BYTES);
            while (block.hasRemaining()) {
                channel.write(block);
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Writes a file that only its owner may read: it is there wholly, durable, or as it was before. */
    public void writeDurably(Path file, String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), OWNER_ONLY)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
            }
            disk.force(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            disk.force(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Gives the directory free for another server. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
