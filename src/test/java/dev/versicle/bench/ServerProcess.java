package dev.versicle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A {@link BenchServer} in a JVM of its own. */
final class ServerProcess implements AutoCloseable {
    private static final long STOP_SECONDS_MAX = 60;

    private final Process process;
    private final URI address;
    private final Path data;

    private ServerProcess(Process process, URI address, Path data) {
        this.process = process;
        this.address = address;
        this.data = data;
    }

    /** Starts it; it answers when this returns. */
    static ServerProcess start(Path data, int cacheMib) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + data.toAbsolutePath().getParent(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        BenchServer.class.getName(),
                        data.toString(),
                        Integer.toString(cacheMib))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader printed =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Optional<String> address = Optional.ofNullable(printed.readLine());
        Thread.ofVirtual().start(() -> pass(printed));
        return new ServerProcess(
                process,
                URI.create(address.orElseThrow(() -> new IllegalStateException("The server did not start"))),
                data);
    }

    /** What it logs is seen, and never fills the pipe. */
    private static void pass(BufferedReader printed) {
        try (printed) {
            printed.lines().forEach(System.err::println);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    /** The administrator's API key. */
    String key() throws IOException {
        return Files.readString(data.resolve("admin.key")).strip();
    }

    /** A prompt's bare repository. */
    Path repository(String id) {
        return data.resolve("prompts").resolve(id.substring(id.length() - 2)).resolve(id + ".git");
    }

    /** A client of its own, without a key. */
    Wire anybody() throws IOException {
        return Wire.to(address, Optional.empty());
    }

    /** A client of its own, with the administrator's key. */
    Wire administrator() throws IOException {
        return Wire.to(address, Optional.of(key()));
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            process.onExit().orTimeout(STOP_SECONDS_MAX, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}
