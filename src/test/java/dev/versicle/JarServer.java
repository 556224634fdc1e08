package dev.versicle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jar as somebody starts it: a process of its own in a directory, with its data in {@code data} there. */
final class JarServer implements AutoCloseable {
    /** For a machine that is busy with other things; an end comes much sooner. */
    private static final long PATIENCE_SECONDS = 60;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Pattern ADDRESS = Pattern.compile("\\s*address\\s+(http://\\S+)");

    private final Path directory;
    private final Process process;
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger streams = new AtomicInteger(2);
    private final List<Thread> readers;

    private JarServer(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.readers = List.of(
                Thread.ofVirtual().start(() -> read(process.getInputStream(), lines)),
                Thread.ofVirtual().start(() -> read(process.getErrorStream(), errors)));
    }

    /** Runs the jar on a free port, with the Java that runs the tests; it may still be starting. */
    static JarServer run(Path directory) {
        return run(directory, Map.of());
    }

    /** Runs the jar with settings in its environment. */
    static JarServer run(Path directory, Map<String, String> settings) {
        return run(
                directory,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                settings);
    }

    static JarServer run(Path directory, String java) {
        return run(directory, java, Map.of());
    }

    private static JarServer run(Path directory, String java, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(java, "-jar", System.getProperty("versicle.jar")));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        // What is set here is for the tests, not for the jar.
        builder.environment().keySet().removeIf(name -> name.startsWith("VERSICLE_") || name.startsWith("JAVA_"));
        builder.environment().putAll(Map.of("VERSICLE_PORT", "0", "VERSICLE_SAMPLES", "false"));
        builder.environment().putAll(settings);
        try {
            return new JarServer(directory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(InputStream stream, Queue<String> kept) {
        try (BufferedReader printed = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                kept.add(line);
                Matcher matcher = ADDRESS.matcher(line);
                if (matcher.matches()) {
                    address.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (streams.decrementAndGet() == 0) {
                address.completeExceptionally(
                        new AssertionError("It ended without an address and said: " + lines + errors));
            }
        }
    }

    /** Where it answers, as its banner says; waits until it does and lists have all prompts. */
    URI address() {
        try {
            URI found = address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            awaitIndex(found);
            return found;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("No banner came: " + lines, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitIndex(URI address) throws InterruptedException {
        HttpRequest question =
                HttpRequest.newBuilder(address.resolve("/health")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!http.send(question, BodyHandlers.ofString()).body().contains("\"state\":\"complete\"")) {
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    /** The administrator at its door. */
    Api api() {
        return Api.of(address(), data());
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL, and waits for the end. */
    void kill() {
        process.destroyForcibly();
        status();
    }

    /** The status that it ends with; waits for the end. */
    int status() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("It did not end and said: " + lines);
            }
            for (Thread reader : readers) {
                reader.join();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All it printed, on its standard output first; waits for the end. */
    String output() {
        status();
        return Stream.concat(lines.stream(), errors.stream()).collect(Collectors.joining("\n", "", "\n"));
    }

    /** What it printed on its standard output; waits for the end. */
    List<String> lines() {
        status();
        return List.copyOf(lines);
    }

    /** What it printed on its standard error; waits for the end. */
    String errors() {
        status();
        return String.join("\n", errors) + "\n";
    }

    @Override
    public void close() {
        kill();
    }
}
