package dev.versicle.prompt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Where a provider answers, and the key that it wants. It is called only with both.
 *
 * @param base an http or https URL with host and path, without a slash at its end
 */
public record Endpoint(Optional<URI> base, Optional<Secret> key) {
    public static final Endpoint NONE = new Endpoint(Optional.empty(), Optional.empty());
    public static final int BASE_CHARACTERS_MAX = 2_000;

    private static final String DEFAULT_PATH = "/v1";

    /** Reads a base URL; one without a path gets {@code /v1}, as {@code https://api.openai.com} means it. */
    public static URI base(String text) {
        if (text.length() > BASE_CHARACTERS_MAX) {
            throw Texts.invalid("endpoint", "must be at most " + BASE_CHARACTERS_MAX + " characters");
        }
        try {
            URI url = new URI(text.strip().replaceAll("/+$", ""));
            if (!isWeb(url) || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getFragment() != null) {
                throw refused();
            }
            return url.getRawPath().isEmpty() ? new URI(url + DEFAULT_PATH) : url;
        } catch (URISyntaxException e) {
            throw refused();
        }
    }

    private static boolean isWeb(URI url) {
        return url.getHost() != null && List.of("http", "https").contains(url.getScheme());
    }

    private static PromptException refused() {
        return Texts.invalid("endpoint", "must be an http or https URL without user, query and fragment");
    }

    /** Whether there is all that a call needs. */
    public boolean isWhole() {
        return base.isPresent() && key.isPresent();
    }

    /**
     * This endpoint in place of {@code before}. A key belongs to the address it was given for: where none is given it
     * is kept while the address stays, and dropped with it.
     */
    Endpoint after(Endpoint before) {
        return key.isEmpty() && base.equals(before.base()) ? before : this;
    }
}
