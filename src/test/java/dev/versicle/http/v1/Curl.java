package dev.versicle.http.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real {@code curl}, as seed 004's examples call it. */
final class Curl {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Curl() {}

    /** What it printed: the body, and below it the status and the content type. */
    record Answer(int status, String type, String body) {
        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    static Answer run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-w", "\n%{http_code} %{content_type}"));
        command.addAll(arguments);
        try {
            Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = curl.waitFor();
            if (end != 0) {
                throw new AssertionError("curl ended with " + end + ": " + said);
            }
            int line = said.lastIndexOf('\n');
            String[] told = said.substring(line + 1).split(" ", 2);
            return new Answer(Integer.parseInt(told[0]), told[1], said.substring(0, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
