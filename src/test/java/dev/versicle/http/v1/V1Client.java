package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.TestServer;
import dev.versicle.http.openapi.Witness;
import dev.versicle.prompt.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One caller at our own door of a server, over real HTTP; paths begin below {@code /v1}. All that is asked and answered
 * through it, but for bytes, is held against our own OpenAPI document.
 */
final class V1Client implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Witness WITNESS = Witness.of("v1.yaml");
    private static final byte[] NOTHING = {};

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestServer server;
    private final Optional<String> token;

    private V1Client(TestServer server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    static V1Client of(TestServer server, Caller caller) {
        return new V1Client(server, Optional.of(server.token(caller)));
    }

    static V1Client bearing(TestServer server, String token) {
        return new V1Client(server, Optional.of(token));
    }

    static V1Client nobody(TestServer server) {
        return new V1Client(server, Optional.empty());
    }

    /** What it shows; empty where it shows none. */
    String token() {
        return token.orElse("");
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

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

        /** The field's text; the word {@code null} where it is null. */
        String get(String field) {
            return json().path(field).asText();
        }

        Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }

        /** This answer, which must have the status. */
        Answer being(int wanted) {
            assertEquals(wanted, status(), () -> http + " " + http.body());
            return this;
        }

        /** The rule that a field breaks, of an answer that must be 422. */
        String rule(String field) {
            being(422);
            assertEquals("VALIDATION_ERROR validation failed", get("error") + " " + get("message"));
            return json().path("details").path(field).asText(text());
        }
    }

    Answer get(String path, String... headers) {
        return send(request("GET", path, BodyPublishers.noBody(), headers), NOTHING);
    }

    Answer delete(String path) {
        return send(request("DELETE", path, BodyPublishers.noBody()), NOTHING);
    }

    Answer post(String path, Object body, String... headers) {
        return body("POST", path, bytes(body), headers);
    }

    Answer put(String path, Object body) {
        return body("PUT", path, bytes(body));
    }

    Answer patch(String path, Object body, String... headers) {
        return body("PATCH", path, bytes(body), headers);
    }

    /** Sends bytes as JSON, whatever they are. */
    Answer body(String method, String path, byte[] bytes, String... headers) {
        return send(
                request(method, path, BodyPublishers.ofByteArray(bytes), headers)
                        .header("Content-Type", JSON),
                bytes);
    }

    /** Gets bytes, which no document can tell the shape of. */
    HttpResponse<byte[]> bytes(String method, String path, String... headers) {
        return sent(request(method, path, BodyPublishers.noBody(), headers), BodyHandlers.ofByteArray());
    }

    /** Sends a form without asking the document. */
    HttpResponse<String> form(String path, Form form) {
        return sent(
                request("POST", path, BodyPublishers.ofByteArray(form.bytes())).header("Content-Type", Form.TYPE),
                BodyHandlers.ofString());
    }

    /** Makes a prompt; returns its id. */
    String create(String name) {
        return post("/prompts", Map.of("name", name)).being(201).get("id");
    }

    /** Makes a prompt with a version of this text; returns its id. */
    String create(String name, String text) {
        String id = create(name);
        save(id, text);
        return id;
    }

    /** Saves a version; returns its commit. */
    String save(String id, String text) {
        return post("/prompts/" + id + "/versions", Map.of("text", text))
                .being(201)
                .get("commit");
    }

    static byte[] bytes(Object body) {
        return body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : json(body);
    }

    private static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HttpRequest.Builder request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri("/v1" + path)).method(method, body);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request, byte[] sent) {
        HttpResponse<String> answer = sent(request, BodyHandlers.ofString());
        WITNESS.sees(answer, sent);
        return new Answer(answer);
    }

    private <T> HttpResponse<T> sent(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
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
