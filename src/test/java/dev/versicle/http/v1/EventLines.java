package dev.versicle.http.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * What a client makes of a stream of events, line by line, as the standard says (WHATWG, HTML, "Interpreting an event
 * stream").
 */
final class EventLines {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final StringBuilder data = new StringBuilder();
    private String event = "";
    private String idBuffer = "";
    private String lastId = "";

    /** What a client is told of. */
    record Told(String id, String event, String data) {
        JsonNode json() {
            try {
                return MAPPER.readTree(data);
            } catch (JsonProcessingException e) {
                throw new AssertionError(data, e);
            }
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }
    }

    /** Takes a line; gives the event that it ends, if any. */
    Optional<Told> take(String line) {
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        take(field, value.startsWith(" ") ? value.substring(1) : value);
        return Optional.empty();
    }

    private void take(String field, String value) {
        switch (field) {
            case "event" -> event = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> idBuffer = value;
            default -> {
                // A comment, or what the client does not know.
            }
        }
    }

    private Optional<Told> dispatch() {
        lastId = idBuffer;
        Optional<Told> told = data.isEmpty()
                ? Optional.empty()
                : Optional.of(new Told(lastId, event, data.substring(0, data.length() - 1)));
        data.setLength(0);
        event = "";
        return told;
    }

    /** What the client would send as {@code Last-Event-ID}. */
    String lastId() {
        return lastId;
    }
}
