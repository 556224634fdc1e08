package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A spool that tells what is left in it. */
final class SpoolForTests {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final Path directory;
    final Spool spool;

    SpoolForTests(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.spool = new Spool(directory, new Random(1));
    }

    Unpacked read(byte[] gzip) {
        return Tarball.read(new ByteArrayInputStream(gzip), spool);
    }

    /** Why a tarball was refused; that it was not is an error. */
    Problem refusal(InputStream gzip) {
        try (Unpacked unpacked = Tarball.read(gzip, spool)) {
            throw new AssertionError("accepted: " + unpacked.files().byPath().keySet());
        } catch (PromptException e) {
            return e.problem();
        }
    }

    Problem refusal(byte[] gzip) {
        return refusal(new ByteArrayInputStream(gzip));
    }

    /** The files that are there or open: an open file has no name any more where the system allows that. */
    List<String> left() {
        return files().map(SpoolForTests::target).toList();
    }

    /** Those of {@link #left}. */
    List<String> permissions() {
        return files().map(SpoolForTests::permissions).toList();
    }

    private Stream<Path> files() {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> named = Files.list(directory);
                Stream<Path> open = Files.list(OPEN_FILES)) {
            named.forEach(files::add);
            open.filter(file -> target(file).startsWith(directory + "/")).forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream();
    }

    /** What a file descriptor stands for; itself where it is none, or was closed meanwhile. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return descriptor.toString();
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
