package dev.versicle.bench;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the disk itself can do: a small new file in a directory of the client's own, forced with its directory. */
final class RawFiles implements Load.Deed {
    /** How often one file is a wait for the disk: once for itself, once for its directory. */
    static final int FORCES = 2;

    /** About what a prompt's compressed text is. */
    private static final int BYTES = 300;

    private final Path directory;
    private final byte[] content = new byte[BYTES];
    private long number;

    RawFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    @Override
    public void once() throws IOException {
        Path file = directory.resolve(Long.toString(number++));
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
