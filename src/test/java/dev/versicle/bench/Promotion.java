package dev.versicle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Moves an environment forth and back, each time until another client hears of it from the change stream. */
final class Promotion implements Load.Deed, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int VERSIONS = 2;

    private final Wire wire;
    private final String environment;
    private final HttpClient listener = HttpClient.newHttpClient();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private String etag;
    private int moves;

    /** Makes the {@code environment}, a path, of the prompt whose id this is; it has two versions. */
    Promotion(ServerProcess server, Wire wire, String prompt, String environment) throws IOException {
        this.wire = wire;
        this.environment = environment;
        this.etag = wire.put(environment, move()).being(201).tag();
        URI stream = server.address().resolve("/v1/events?kind=environment.moved&prompt=" + prompt);
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Authorization", "Bearer " + server.key())
                .build();
        try {
            Stream<String> lines =
                    listener.send(request, HttpResponse.BodyHandlers.ofLines()).body();
            Thread.ofVirtual().start(() -> listen(lines));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen(Stream<String> lines) {
        try {
            lines.filter(line -> line.startsWith("data: ")).forEach(heard::add);
        } catch (UncheckedIOException e) {
            // It is closed; where it broke off before, nothing more is heard.
        }
    }

    private Map<String, String> move() {
        moves++;
        return Map.of("rev", Integer.toString(moves % VERSIONS + 1), "message", "Move " + moves);
    }

    @Override
    public void once() throws IOException, InterruptedException {
        etag = wire.putOver(environment, move(), etag).being(200).tag();
        String event = String.valueOf(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        if (!event.contains("\"message\":\"Move " + moves + "\"")) {
            throw new IllegalStateException("Move " + moves + ", and another event: " + event);
        }
    }

    @Override
    public void close() throws IOException {
        listener.shutdownNow();
        wire.close();
    }
}
