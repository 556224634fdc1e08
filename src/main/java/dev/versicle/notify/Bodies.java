package dev.versicle.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** JSON as subscribers get it: fields in the order in which they were put, times in UTC with milliseconds. */
final class Bodies {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DateTimeFormatter TIMES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Bodies() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String text(ObjectNode body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes is always writable", e);
        }
    }

    static String time(Instant moment) {
        return TIMES.format(moment);
    }

    /** Puts the text, or null. */
    static void put(ObjectNode body, String field, Optional<String> text) {
        body.put(field, text.orElse(null));
    }

    static void put(ObjectNode body, String field, List<String> texts) {
        ArrayNode array = body.putArray(field);
        texts.forEach(array::add);
    }
}
