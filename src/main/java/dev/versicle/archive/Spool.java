package dev.versicle.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Temporary files that are gone when they are closed, and that only their owner may read. They bear names of our own
 * making in a directory that is emptied at each start: where the system cannot take the name of an open file away,
 * what a kill leaves is found there.
 */
public final class Spool {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<StandardOpenOption> FRESH = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final Path directory;
    private final RandomGenerator random;

    /** {@code directory} is there. */
    public Spool(Path directory, RandomGenerator random) {
        this.directory = directory;
        this.random = random;
    }

    /** An empty file that takes at most {@code bytesMax} bytes. */
    public SpooledFile file(long bytesMax) {
        String name = String.format("spool-%016x%016x", random.nextLong(), random.nextLong());
        try {
            return new SpooledFile(FileChannel.open(directory.resolve(name), FRESH, OWNER_ONLY), bytesMax);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
