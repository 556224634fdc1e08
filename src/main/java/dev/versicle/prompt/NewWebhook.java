package dev.versicle.prompt;

import java.util.Set;

/**
 * A request to be told of events.
 *
 * @param server the address that the caller calls this server by, without a slash at its end
 */
public record NewWebhook(String url, String server, Secret secret, Set<EventKind> events, Webhook.Scope scope) {
    public static final int SECRET_CHARACTERS_MIN = 16;
    public static final int SECRET_CHARACTERS_MAX = 200;
    public static final int SERVER_CHARACTERS_MAX = 2_048;

    public NewWebhook {
        events = Set.copyOf(events);
        if (events.isEmpty()) {
            throw Texts.invalid("events", "must name at least one kind of event");
        }
        Texts.line("server", server, SERVER_CHARACTERS_MAX);
    }

    /** A secret for signatures, short enough for every receiver and too long to be guessed. */
    public static Secret secret(String text) {
        if (text.length() >= SECRET_CHARACTERS_MIN
                && text.length() <= SECRET_CHARACTERS_MAX
                && text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            return new Secret(text);
        }
        throw Texts.invalid(
                "secret",
                "must be " + SECRET_CHARACTERS_MIN + " to " + SECRET_CHARACTERS_MAX + " visible ASCII characters");
    }
}
