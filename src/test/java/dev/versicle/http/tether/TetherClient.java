package dev.versicle.http.tether;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.TestServer;
import dev.versicle.http.openapi.Witness;
import dev.versicle.prompt.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One caller at the Tether door of a server, over real HTTP; paths begin below {@code /api/prompts}. All that is asked
 * and answered through it is held against our own OpenAPI document.
 */
final class TetherClient implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Witness WITNESS = Witness.of("tether.yaml");
    private static final byte[] NOTHING = {};

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestServer server;
    private final Optional<String> token;

    private TetherClient(TestServer server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    static TetherClient of(TestServer server, Caller caller) {
        return new TetherClient(server, Optional.of(server.token(caller)));
    }

    static TetherClient bearing(TestServer server, String token) {
        return new TetherClient(server, Optional.of(token));
    }

    static TetherClient nobody(TestServer server) {
        return new TetherClient(server, Optional.empty());
    }

    /** What a server said. */
    record Answer(HttpResponse<String> http) {
        int status() {
            return http.statusCode();
        }

        String text() {
            return http.body();
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(http.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError(http.body(), e);
            }
        }

        /** The field's text; the word {@code null} where it is null. */
        String get(String field) {
            return json().get(field).asText();
        }

        Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    Answer get(String path, String... headers) {
        return send(request("GET", path, BodyPublishers.noBody(), headers), NOTHING);
    }

    Answer delete(String path) {
        return send(request("DELETE", path, BodyPublishers.noBody()), NOTHING);
    }

    Answer post(String path, String json, String... headers) {
        return body("POST", path, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer put(String path, String json) {
        return body("PUT", path, json.getBytes(StandardCharsets.UTF_8));
    }

    Answer patch(String path, String json, String... headers) {
        return body("PATCH", path, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Sends bytes as JSON, whatever they are. */
    Answer body(String method, String path, byte[] bytes, String... headers) {
        return send(
                request(method, path, BodyPublishers.ofByteArray(bytes), headers)
                        .header("Content-Type", JSON),
                bytes);
    }

    /** Sends a body under another content type. */
    Answer typed(String method, String path, String type, String body) {
        return send(
                request(method, path, BodyPublishers.ofString(body)).header("Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a prompt; returns its id. */
    String create(String name, String text) {
        return post("/create", json(Map.of("name", name, "prompt", text))).get("_id");
    }

    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HttpRequest.Builder request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        URI uri = server.uri("/api/prompts" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request, byte[] sent) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            WITNESS.sees(answer, sent);
            return new Answer(answer);
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
