package dev.versicle.auth;

import dev.versicle.http.SharedPath;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.TokenReader;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Finds a request's one token: bare in {@code X-Authorization}, where {@code Bearer} may stand before it, and else in
 * {@code Authorization: Bearer …}. What is in the former decides, even where it is no token at all: a request must not
 * be tried with one token after another.
 *
 * <p>Git clients know only {@code Authorization: Basic …}: a token as the password of any user, or as the user without
 * a password. It counts at their door alone, since a browser sends it by itself wherever it was sent once.
 */
@Singleton
final class TokenHeaders implements TokenReader<HttpRequest<?>> {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String BASIC_PATH = "/git/";

    /** What stands for a password where a token is the user, as GitHub would have it. */
    private static final String NO_PASSWORD = "x-oauth-basic";

    @Override
    public Optional<String> findToken(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        return headers.findFirst(SharedPath.HEADER)
                .map(text -> behind(BEARER, text).orElse(text).strip())
                .or(() -> headers.findFirst(HttpHeaders.AUTHORIZATION).flatMap(text -> token(text, request)));
    }

    private static Optional<String> token(String text, HttpRequest<?> request) {
        return behind(BEARER, text)
                .or(() -> behind(BASIC, text)
                        .filter(basic -> request.getUri().getRawPath().startsWith(BASIC_PATH))
                        .flatMap(TokenHeaders::basic));
    }

    private static Optional<String> behind(String scheme, String text) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(text.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        String user = colon < 0 ? pair : pair.substring(0, colon);
        String password = colon < 0 ? "" : pair.substring(colon + 1);
        String token = password.isEmpty() || password.equals(NO_PASSWORD) ? user : password;
        return Optional.of(token).filter(text -> !text.isBlank());
    }
}
