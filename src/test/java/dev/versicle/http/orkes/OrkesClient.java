package dev.versicle.http.orkes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** One caller at the Orkes door of a server, over real HTTP; paths begin below {@code /api}. */
final class OrkesClient implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestServer server;
    private final String token;

    private OrkesClient(TestServer server, String token) {
        this.server = server;
        this.token = token;
    }

    static OrkesClient of(TestServer server, Caller caller) {
        return new OrkesClient(server, server.token(caller));
    }

    static OrkesClient bearing(TestServer server, String token) {
        return new OrkesClient(server, token);
    }

    /** What a server said. */
    record Answer(int status, String text, HttpResponse<String> http) {
        JsonNode json() {
            return OrkesClient.json(text);
        }

        String get(String field) {
            return json().path(field).asText();
        }

        /** This answer, which must have the status. */
        Answer being(int wanted) {
            if (status != wanted) {
                throw new AssertionError("not " + wanted + " but " + status + ": " + text);
            }
            return this;
        }

        /** The numbers in a list of versions. */
        List<Integer> numbers() {
            return StreamSupport.stream(json().spliterator(), false)
                    .map(item -> item.path("version").asInt())
                    .toList();
        }

        Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static String written(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    Answer put(String path, String body) {
        return send("PUT", path, BodyPublishers.ofString(body));
    }

    /** Sends anything as JSON; a header given replaces the one that is sent otherwise. */
    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/api" + path))
                .method(method, body)
                .setHeader("X-Authorization", token)
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
