package dev.versicle.egress;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One request: a {@code POST} where it has a body, otherwise a {@code GET}.
 *
 * @param target path and query, as they go over the wire
 * @param headers beyond those that HTTP itself needs
 * @param timeMax from the look-up of the name to the last byte of the answer
 */
public record Call(
        Destination to, String target, Map<String, String> headers, Optional<String> body, Duration timeMax) {
    public Call {
        headers = Map.copyOf(headers);
    }

    /** Without headers and body: there are secrets among them. */
    @Override
    public String toString() {
        return to.toString();
    }
}
