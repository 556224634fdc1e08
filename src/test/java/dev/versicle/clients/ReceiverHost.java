package dev.versicle.clients;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where a receiver of webhooks listens; what it looks after is refreshed as often as it is told to. */
final class ReceiverHost implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final HttpServer http;
    private final Thread worker;
    private final BlockingQueue<Ring.Heard> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Checkout> seen = new LinkedBlockingQueue<>();

    private ReceiverHost(HttpServer http, Supplier<Checkout> refresh) {
        this.http = http;
        this.worker = Thread.ofVirtual().start(() -> work(refresh));
    }

    /** Answers with what {@code receiver} makes of a request, and does {@code refresh} afterwards where it says so. */
    static ReceiverHost start(Function<Ring, Ring.Heard> receiver, Supplier<Checkout> refresh) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            ReceiverHost host = new ReceiverHost(http, refresh);
            http.createContext("/", exchange -> {
                try (exchange) {
                    Ring.Heard answer = receiver.apply(Ring.of(exchange));
                    exchange.sendResponseHeaders(answer.status(), -1);
                    host.heard.add(answer);
                }
            });
            http.start();
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refreshes that come while one is under way are done after it, as they are by controllers. */
    private void work(Supplier<Checkout> refresh) {
        try {
            while (true) {
                if (heard.take().refresh()) {
                    seen.add(refresh.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/api/webhook";
    }

    /** What is checked out after the next refresh. */
    Checkout next() throws InterruptedException {
        Checkout next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was refreshed");
        }
        return next;
    }

    @Override
    public void close() {
        http.stop(0);
        worker.interrupt();
    }
}
