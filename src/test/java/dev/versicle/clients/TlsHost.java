package dev.versicle.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.SelfSigned;
import dev.versicle.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server over TLS with a certificate of its own signature, and its administrator, who speaks HTTP alone. */
final class TlsHost implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final SelfSigned files;
    private final TestServer server;
    private final HttpClient http;

    private TlsHost(SelfSigned files, TestServer server) {
        this.files = files;
        this.server = server;
        this.http = files.client();
    }

    static TlsHost start(Path directory, Map<String, Object> more) {
        SelfSigned files = SelfSigned.in(directory);
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(files.settings());
        return new TlsHost(files, TestServer.start(directory.resolve("data"), settings));
    }

    /** What the server said. */
    record Answer(HttpResponse<String> http) {
        Answer being(int status) {
            if (http.statusCode() != status) {
                throw new AssertionError(http + " " + http.body());
            }
            return this;
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(http.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError(http.body(), e);
            }
        }

        String get(String field) {
            return json().path(field).asText();
        }

        /** What {@code If-Match} wants to hear, or {@code *} where nothing is there yet. */
        String etag() {
            return http.headers().firstValue("ETag").orElse("*");
        }
    }

    /** Sends a body, or none where it is empty, below {@code /v1}. */
    Answer send(String method, String path, Map<String, ?> body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/v1" + path))
                    .header("Authorization", "Bearer " + server.adminKey())
                    .header("Content-Type", "application/json");
            if (headers.length > 0) {
                request.headers(headers);
            }
            request.method(
                    method,
                    body.isEmpty()
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return send("GET", path, Map.of());
    }

    /** Makes a prompt without a version; returns its id. */
    String prompt(String name) {
        return send("POST", "/prompts", Map.of("name", name)).being(201).get("id");
    }

    /** Makes the next version. */
    void save(String prompt, String text) {
        send("POST", "/prompts/" + prompt + "/versions", Map.of("text", text)).being(201);
    }

    /** Has {@code production} point to a version, as it was last seen; returns the commit. */
    String promote(String prompt, int version) {
        String path = "/prompts/" + prompt + "/environments/production";
        Answer moved = send(
                "PUT",
                path,
                Map.of("rev", Integer.toString(version)),
                "If-Match",
                get(path).etag());
        return moved.get("commit");
    }

    /** What a client is told that follows a branch of a repository, such as {@code default/greeting.git}. */
    Watched watched(String repository, String branch) {
        Remote remote = new Remote(server.uri("/git/" + repository).toString(), server.adminKey());
        return new Watched(remote, branch, files.certificate().toAbsolutePath());
    }

    /** The address of a path. */
    String url(String path) {
        return server.uri(path).toString();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
