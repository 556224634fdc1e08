package dev.versicle.prompt;

import java.util.Map;
import java.util.Optional;

/**
 * A request to make an integration known, or to say anew what it is; its models stay.
 *
 * @param endpoint where it is given, as {@link Endpoint#after} says; else the one before stays
 * @param sharing where it is given; else the one before stays, and a new integration is for everybody
 */
public record IntegrationEdit(Integration.About about, Optional<Endpoint> endpoint, Optional<Sharing> sharing) {
    public static final int GRANTS_MAX = 1_000;

    /** Who may use it beyond its owner and administrators. */
    public record Sharing(Visibility visibility, Map<String, Right> grants) {
        public Sharing {
            grants = Map.copyOf(grants);
            if (grants.size() > GRANTS_MAX) {
                throw Texts.invalid("grants", "must be at most " + GRANTS_MAX);
            }
            grants.keySet().forEach(subject -> Texts.line("grants", subject, Caller.CHARACTERS_MAX));
        }
    }
}
