package dev.versicle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The administrator at the Tether door of a server, in this process or another one; threads may share it. */
final class Api implements AutoCloseable {
    static final String PROMPTS = "/api/prompts";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String key;

    private Api(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    /** Speaks to the server at {@code address} with the administrator's key of its data directory. */
    static Api of(URI address, Path data) {
        return new Api(address, key(data));
    }

    /** The administrator's API key, which the first start made. */
    static String key(Path data) {
        try {
            return Files.readString(data.resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server said. */
    record Answer(int status, String text, HttpResponse<String> http) {
        JsonNode json() {
            try {
                return MAPPER.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError(text, e);
            }
        }

        /** The field's text; the word {@code null} where it is null. */
        String get(String field) {
            return json().path(field).asText();
        }

        int number() {
            return json().path("version").asInt();
        }

        boolean skipped() {
            return json().path("skipped").asBoolean();
        }

        Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }

        /** This answer, which must have the status. */
        Answer being(int wanted) {
            if (status != wanted) {
                throw new AssertionError("not " + wanted + " but " + status + ": " + text);
            }
            return this;
        }
    }

    /** Makes a prompt; returns its id. */
    String create(String name, String text) {
        return creation(name, text).being(201).get("_id");
    }

    Answer creation(String name, String text) {
        return post(PROMPTS + "/create", Map.of("name", name, "prompt", text));
    }

    Answer save(String prompt, String text, String... headers) {
        return post(versions(prompt), Map.of("prompt", text), headers);
    }

    Answer version(String prompt, String id) {
        return get(versions(prompt) + "/" + id).being(200);
    }

    static String versions(String prompt) {
        return PROMPTS + "/" + prompt + "/versions";
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer post(String path, Map<String, String> body, String... headers) {
        return send("POST", path, json(body), headers);
    }

    Answer patch(String path, Map<String, String> body) {
        return send("PATCH", path, json(body));
    }

    /** Sends anything as JSON; a header given replaces the one that is sent otherwise. */
    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body)
                .setHeader("Authorization", "Bearer " + key)
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

    private static BodyPublisher json(Map<String, String> body) {
        try {
            return BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
