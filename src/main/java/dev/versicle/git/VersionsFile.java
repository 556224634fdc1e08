package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code versions.json}: which prompt points where. A line for each prompt, by name, so that a move is one line of a
 * diff; the lines that stay what they were are not even read.
 */
final class VersionsFile {
    static final String PATH = "versions.json";

    private static final String ENVIRONMENT = "environment";
    private static final String NAMESPACE = "namespace";
    private static final String ID = "id";
    private static final String DIRECTORY = "path";
    private static final String VERSION = "version";
    private static final String COMMIT = "commit";
    private static final String MOVED_AT = "moved_at";
    private static final String MOVED_BY = "moved_by";

    private static final String INDENT = "    ";
    /** No name has it in it, as quotes are escaped there. */
    private static final String BEHIND_NAME = ": {\"" + ID + "\": \"";

    private final EnvironmentPlace place;
    /** What stands behind each name, without a comma. */
    private final SortedMap<String, String> lines;

    private VersionsFile(EnvironmentPlace place, SortedMap<String, String> lines) {
        this.place = place;
        this.lines = lines;
    }

    static VersionsFile empty(EnvironmentPlace place) {
        return new VersionsFile(place, new TreeMap<>());
    }

    /** Throws where another hand wrote it. */
    static VersionsFile read(byte[] bytes) throws IOException {
        List<String> text = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        SortedMap<String, String> lines = new TreeMap<>();
        StringBuilder head = new StringBuilder();
        for (String line : text) {
            int behind = line.startsWith(INDENT) ? line.indexOf(BEHIND_NAME) : -1;
            if (behind >= 0) {
                String entry = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
                lines.put(Json.unquoted(line.substring(INDENT.length(), behind)), entry.substring(behind));
            } else {
                head.append(line).append('\n');
            }
        }
        ObjectNode object = Json.read(head.toString().getBytes(StandardCharsets.UTF_8));
        try {
            EnvironmentPlace place = new EnvironmentPlace(
                    new Namespace(Json.require(object, NAMESPACE)),
                    new EnvironmentName(Json.require(object, ENVIRONMENT)));
            return new VersionsFile(place, lines);
        } catch (PromptException e) {
            throw new IOException(PATH + " is not as this server writes it", e);
        }
    }

    EnvironmentPlace place() {
        return place;
    }

    /** How many prompts it lists. */
    int size() {
        return lines.size();
    }

    byte[] write() {
        String head = "{\n  \"" + ENVIRONMENT + "\": "
                + Json.quoted(place.environment().text()) + ",\n  \"" + NAMESPACE + "\": "
                + Json.quoted(place.namespace().text()) + ",\n  \"prompts\": {";
        String body = lines.entrySet().stream()
                .map(line -> "\n" + INDENT + Json.quoted(line.getKey()) + line.getValue())
                .collect(Collectors.joining(","));
        return (head + body + (lines.isEmpty() ? "" : "\n  ") + "}\n}\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The prompt, where it is listed; looks at the id of each. */
    Optional<Listed> find(PromptId id) throws IOException {
        for (Map.Entry<String, String> line : lines.entrySet()) {
            if (line.getValue().startsWith(id.hex(), BEHIND_NAME.length())) {
                return Optional.of(listed(line.getKey(), line.getValue()));
            }
        }
        return Optional.empty();
    }

    /** All prompts, by name; reads every line. */
    List<Listed> all() throws IOException {
        List<Listed> all = new ArrayList<>();
        for (Map.Entry<String, String> line : lines.entrySet()) {
            all.add(listed(line.getKey(), line.getValue()));
        }
        return all;
    }

    private static Listed listed(String name, String line) throws IOException {
        ObjectNode entry = Json.read(line.substring(line.indexOf('{')).getBytes(StandardCharsets.UTF_8));
        try {
            Instant at = Moments.read(Json.require(entry, MOVED_AT)).orElseThrow(() -> new IOException(MOVED_AT));
            CommitId commit = new CommitId(Json.require(entry, COMMIT));
            return new Listed(
                    new PromptId(Json.require(entry, ID)),
                    new PromptName(name),
                    new Environment.Target(entry.path(VERSION).intValue(), commit),
                    new Environment.Moved(Json.require(entry, MOVED_BY), at, Optional.empty()));
        } catch (PromptException | IllegalArgumentException e) {
            throw new IOException(PATH + " is not as this server writes it", e);
        }
    }

    void put(Listed prompt) {
        lines.put(
                prompt.name().text(),
                BEHIND_NAME + prompt.id() + "\", \"" + DIRECTORY + "\": "
                        + Json.quoted(PromptDirectory.of(prompt.name()).path()) + ", \"" + VERSION + "\": "
                        + prompt.target().version() + ", \"" + COMMIT + "\": \""
                        + prompt.target().commit().hex() + "\", \"" + MOVED_AT + "\": \""
                        + Moments.write(prompt.moved().at()) + "\", \"" + MOVED_BY + "\": "
                        + Json.quoted(prompt.moved().by()) + "}");
    }

    void remove(PromptName name) {
        lines.remove(name.text());
    }
}
