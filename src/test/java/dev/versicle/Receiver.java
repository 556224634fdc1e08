package dev.versicle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Somebody who is told of events over real HTTP: it remembers what it was sent and answers what it is told to. */
public final class Receiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String HOST = "127.0.0.1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Letter> letters = new ArrayList<>();
    private final AtomicReference<Answering> answering = new AtomicReference<>();

    /** A request as it came over the wire. */
    public record Letter(String method, String target, Map<String, List<String>> headers, String body) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(List::getFirst);
        }

        public UUID id() {
            return UUID.fromString(header("X-github-delivery").orElseThrow());
        }

        public String event() {
            return header("X-github-event").orElseThrow();
        }
    }

    /** How it answers a letter, which it has put down already. */
    @FunctionalInterface
    public interface Answering {
        void answer(Letter letter, HttpExchange exchange) throws IOException;
    }

    private Receiver(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers(200, "thank you");
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    /** Says 200 to everybody. */
    public static Receiver start() {
        return start(HOST, 0);
    }

    public static Receiver start(String address, int port) {
        return new Receiver(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://" + HOST + ":" + port() + path;
    }

    /** Answers so from now on. */
    public Receiver answers(Answering way) {
        answering.set(way);
        return this;
    }

    public Receiver answers(int status, String body) {
        return answers((letter, exchange) -> say(exchange, status, body));
    }

    public Receiver redirects(String location) {
        return answers((letter, exchange) -> {
            exchange.getResponseHeaders().set("Location", location);
            say(exchange, 307, "");
        });
    }

    /** Never answers. */
    public Receiver hangs() {
        return answers((letter, exchange) -> awaitClose());
    }

    public static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        Letter letter = new Letter(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (letters) {
            letters.add(letter);
            letters.notifyAll();
        }
        answering.get().answer(letter, exchange);
    }

    /** What it was sent, in the order in which it came. */
    public List<Letter> letters() {
        synchronized (letters) {
            return List.copyOf(letters);
        }
    }

    /** Waits until what came is as wanted, and gives it. */
    public List<Letter> await(Predicate<List<Letter>> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (letters) {
            while (!wanted.test(letters)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("only these came: " + letters);
                }
                try {
                    letters.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return List.copyOf(letters);
        }
    }

    /** Waits until so many came. */
    public List<Letter> await(int count) {
        return await(all -> all.size() >= count);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
