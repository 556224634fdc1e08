package dev.versicle.catalog;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes texts as one value that a statement can take apart again with {@code json_each}. */
final class JsonArray {
    private JsonArray() {}

    static String of(Collection<String> texts) {
        return texts.stream().map(JsonArray::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
