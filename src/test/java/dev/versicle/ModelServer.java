package dev.versicle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A provider of models over real HTTP, which remembers what it was asked and answers what it is told to. */
public final class ModelServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<Reply> reply = new AtomicReference<>();

    /** A question as it came over the wire. */
    public record Asked(String method, String path, String authorization, String body) {}

    private record Reply(int status, String body, String location) {}

    /** Starts a provider that says hello. */
    public ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        says("hello");
        server.createContext("/", this::answer);
        server.createContext("/silent", exchange -> hang());
        server.setExecutor(threads);
        server.start();
    }

    /** The base URL, as an integration has it. */
    public String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    /** A base URL at which no question is ever answered. */
    public String silent() {
        return "http://localhost:" + server.getAddress().getPort() + "/silent";
    }

    /** The questions so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Answers with this text from now on; it must need no escapes in JSON. */
    public void says(String text) {
        answers(200, "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"" + text + "\"}}]}");
    }

    /** Answers with this status and body from now on. */
    public void answers(int status, String body) {
        reply.set(new Reply(status, body, ""));
    }

    /** Sends everybody elsewhere from now on. */
    public void redirects(String location) {
        reply.set(new Reply(307, "", location));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                question));
        Reply given = reply.get();
        byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Location", given.location());
        exchange.sendResponseHeaders(given.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
