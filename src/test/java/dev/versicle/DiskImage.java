package dev.versicle;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A small file system of a test's own, mounted; where it cannot be had the test is skipped with the reason. */
final class DiskImage implements AutoCloseable {
    private static final int MEBIBYTES = 32;
    private static final int SMALLEST_BYTES = 1;
    private static final int LARGEST_BYTES = 1 << 20;

    private final Path place;

    private DiskImage(Path place) {
        this.place = place;
    }

    /** Makes and mounts an ext4 file system below {@code directory}. */
    static DiskImage mount(Path directory) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting an image needs root");
        Path image = directory.resolve("image");
        Path place = Files.createDirectory(directory.resolve("disk"));
        try {
            run("truncate", "-s", MEBIBYTES + "M", image.toString());
            run("mkfs.ext4", "-q", image.toString());
            run("mount", "-o", "loop", image.toString(), place.toString());
        } catch (IllegalStateException e) {
            return abort("no image can be mounted here: " + e.getMessage());
        }
        return new DiskImage(place);
    }

    Path place() {
        return place;
    }

    /**
     * Makes all that is there unwritable, for root too. Not by a mount that is read-only: the kernel refuses one while
     * a server has files open for writing. All but the memory that SQLite's connections share: who writes into a
     * mapped file that is immutable gets no error from the kernel, but SIGBUS.
     */
    void freeze() {
        run("find", place.toString(), "!", "-name", "*-shm", "-exec", "chattr", "+i", "{}", "+");
    }

    void thaw() {
        run("chattr", "-R", "-i", place.toString());
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            for (int bytes = LARGEST_BYTES; bytes >= SMALLEST_BYTES; bytes /= 2) {
                fill(out, new byte[bytes]);
            }
        }
    }

    private static void fill(OutputStream out, byte[] bytes) throws IOException {
        try {
            while (true) {
                out.write(bytes);
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // No space left for so many.
        }
    }

    void empty() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return place.resolve("filler");
    }

    private static void run(String... command) {
        String said;
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            said = e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException(Arrays.toString(command) + ": " + said);
    }

    @Override
    public void close() {
        run("umount", place.toString());
    }
}
