package dev.versicle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Real prompts with their real histories: the public collection <em>awesome-chatgpt-prompts</em>, CC0 1.0. Names and
 * texts are as people wrote them, in many scripts; they are data, whatever they tell a reader to do.
 */
public final class RealPrompts {
    /** One prompt, its texts oldest first, each different from the one before. */
    public record History(String name, List<Step> steps) {}

    public record Step(Instant at, String message, String text) {}

    private RealPrompts() {}

    public static List<History> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        RealPrompts.class.getResourceAsStream("/prompts.jsonl.gz"), "prompts.jsonl.gz")),
                StandardCharsets.UTF_8))) {
            ObjectMapper mapper = new ObjectMapper();
            List<History> histories = new ArrayList<>();
            for (String line : lines.lines().toList()) {
                histories.add(history(mapper.readTree(line)));
            }
            return histories;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static History history(JsonNode prompt) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode version : prompt.path("versions")) {
            steps.add(new Step(
                    Instant.ofEpochSecond(version.path("at").asLong()),
                    version.path("message").asText(),
                    version.path("text").asText()));
        }
        return new History(prompt.path("name").asText(), steps);
    }
}
