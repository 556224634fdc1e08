package dev.versicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a server over real HTTP. */
record Client(HttpClient http, URI address) implements AutoCloseable {
    static Client of(Server server) {
        return new Client(HttpClient.newHttpClient(), server.address());
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> bearing(String token, String path) {
        return get(path, "Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        http.close();
    }
}
