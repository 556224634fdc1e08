package dev.versicle.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines of {@code Key: value}, each key once; a value is kept to the byte. */
final class Headers {
    private static final String DIVIDER = ": ";

    private final Map<String, String> values = new LinkedHashMap<>();

    Headers with(String key, String value) {
        values.put(key, value);
        return this;
    }

    Headers with(String key, Optional<?> value) {
        value.ifPresent(present -> values.put(key, present.toString()));
        return this;
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Every line, each ended by a line feed. */
    String write() {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (key, value) -> lines.append(key).append(DIVIDER).append(value).append('\n'));
        return lines.toString();
    }

    /** Reads a block of lines; empty where one of them has no key of {@code known}, or the block has no line. */
    static Optional<Headers> read(String block, Set<String> known) {
        Headers headers = new Headers();
        for (String line : block.split("\n", -1)) {
            int divider = line.indexOf(DIVIDER);
            if (divider < 0 || !known.contains(line.substring(0, divider))) {
                return Optional.empty();
            }
            headers.values.putIfAbsent(line.substring(0, divider), line.substring(divider + DIVIDER.length()));
        }
        return Optional.of(headers);
    }
}
