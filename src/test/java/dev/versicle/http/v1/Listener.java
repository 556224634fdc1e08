package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.http.v1.EventLines.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One client of the change stream, over real HTTP: hears until it goes away. */
final class Listener implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String STREAM = "/v1/events";

    private final HttpClient http;
    private final HttpResponse<InputStream> answer;
    private final EventLines lines = new EventLines();
    private final List<Told> told = new ArrayList<>();
    private final List<String> raw = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    private Listener(HttpClient http, HttpResponse<InputStream> answer) {
        this.http = http;
        this.answer = answer;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Begins to listen; {@code query} is empty or begins with a question mark, a token may be blank. */
    static Listener of(TestServer server, String token, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(STREAM + query));
        if (!token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            Listener listener =
                    new Listener(http, http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            listener.awaitBeginning();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (Optional<String> line = line(text); line.isPresent(); line = line(text)) {
                take(line.get());
            }
        } catch (IOException e) {
            // It went away, or the server broke off.
        } finally {
            end();
        }
    }

    private static Optional<String> line(BufferedReader text) throws IOException {
        return Optional.ofNullable(text.readLine());
    }

    private synchronized void take(String line) {
        raw.add(line);
        lines.take(line).ifPresent(told::add);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    int status() {
        return answer.statusCode();
    }

    Optional<String> header(String name) {
        return answer.headers().firstValue(name);
    }

    /** Everything that was said until now. */
    synchronized String text() {
        return String.join("\n", raw);
    }

    synchronized String lastId() {
        return lines.lastId();
    }

    synchronized List<Told> told() {
        return List.copyOf(told);
    }

    /** Waits until so many events were told, and gives all that were. */
    List<Told> await(int count) {
        return await(all -> all.size() >= count);
    }

    /** Waits until an event of this prompt's name was told, and gives those before it. */
    synchronized List<Told> before(String name) {
        List<Told> all = await(list -> list.stream().anyMatch(event -> isOf(name, event)));
        return all.stream().takeWhile(event -> !isOf(name, event)).toList();
    }

    private static boolean isOf(String name, Told event) {
        return event.at("/prompt/name").asText().equals(name);
    }

    synchronized List<Told> await(Predicate<List<Told>> enough) {
        until(() -> enough.test(told()));
        return told();
    }

    /** Waits until the id to come again with is another one, and gives it. */
    synchronized String idAfter(String id) {
        until(() -> !lines.lastId().equals(id));
        return lines.lastId();
    }

    /** Waits until a line was said that has this in it. */
    synchronized void awaitLine(String part) {
        until(() -> raw.stream().anyMatch(line -> line.contains(part)));
    }

    private synchronized void awaitBeginning() {
        until(() -> ended || !lines.lastId().isEmpty());
    }

    /** Waits until nothing more comes. */
    synchronized void awaitEnd() {
        until(() -> ended);
    }

    private synchronized void until(BooleanSupplier state) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        try {
            while (!state.getAsBoolean()) {
                long left = end - System.currentTimeMillis();
                assertTrue(left > 0, () -> "not heard in time; what was: " + raw);
                wait(Math.max(1, left));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes away. */
    @Override
    public void close() {
        http.shutdownNow();
        try {
            answer.body().close();
            reader.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
