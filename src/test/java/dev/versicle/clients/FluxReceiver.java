package dev.versicle.clients;

import java.util.Map;
import java.util.Set;

/**
 * A {@code Receiver} of Flux's notification-controller ({@code internal/server/receiver_handlers.go}, with
 * {@code google/go-github}): it verifies the signature, looks at the event's kind, and has its resources reconciled.
 * What the event tells it never reads.
 */
final class FluxReceiver {
    /** {@code spec.type}. */
    enum Type {
        GENERIC_HMAC,
        GITHUB
    }

    private static final Map<String, String> ALGORITHMS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha512", "HmacSHA512");

    private final Type type;
    private final String token;
    private final Set<String> events;

    /** With {@code spec.events}, of which none stands for all; they count for {@link Type#GITHUB} alone. */
    FluxReceiver(Type type, String token, Set<String> events) {
        this.type = type;
        this.token = token;
        this.events = events;
    }

    Ring.Heard hear(Ring ring) {
        boolean valid = switch (type) {
            case GENERIC_HMAC -> isSigned(ring, ring.header("X-Signature"));
            case GITHUB -> isJson(ring) && isSigned(ring, github(ring)) && isWanted(ring.header("X-GitHub-Event"));
        };
        return valid ? new Ring.Heard(200, true) : Ring.Heard.REFUSED;
    }

    private static boolean isJson(Ring ring) {
        return ring.header("Content-Type").split(";", 2)[0].strip().equals("application/json");
    }

    private static String github(Ring ring) {
        String signature = ring.header("X-Hub-Signature-256");
        return signature.isEmpty() ? ring.header("X-Hub-Signature") : signature;
    }

    private boolean isWanted(String event) {
        return events.isEmpty() || events.stream().anyMatch(event::equalsIgnoreCase);
    }

    /** {@code <algorithm>=<hex>}. */
    private boolean isSigned(Ring ring, String signature) {
        String[] parts = signature.split("=", 2);
        return parts.length == 2
                && ALGORITHMS.containsKey(parts[0])
                && ring.isSigned(ALGORITHMS.getOrDefault(parts[0], ""), token, parts[1]);
    }
}
