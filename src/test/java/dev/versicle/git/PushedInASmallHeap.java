package dev.versicle.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A process of its own that takes in pushes from files, for a test that gives it little memory. */
final class PushedInASmallHeap {
    private PushedInASmallHeap() {}

    /** For each file after the data directory: takes it in as a push, and writes what was said beside it. */
    public static void main(String[] arguments) throws IOException {
        try (Receiving server = new Receiving(Path.of(arguments[0]))) {
            for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                server.receive(Files.newInputStream(Path.of(file)), out);
                Files.write(Path.of(file + ".said"), out.toByteArray());
            }
        }
    }
}
