package dev.versicle.auth;

import dev.versicle.http.SharedPath;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.TokenReader;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Finds a request's one token: bare in {@code X-Authorization}, where {@code Bearer} may stand before it, and else in
 * {@code Authorization: Bearer …}. What is in the former decides, even where it is no token at all: a request must not
 * be tried with one token after another.
 */
@Singleton
final class TokenHeaders implements TokenReader<HttpRequest<?>> {
    private static final String SCHEME = "Bearer ";

    @Override
    public Optional<String> findToken(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        return headers.findFirst(SharedPath.HEADER)
                .map(text -> borne(text).orElse(text).strip())
                .or(() -> headers.findFirst(HttpHeaders.AUTHORIZATION).flatMap(TokenHeaders::borne));
    }

    private static Optional<String> borne(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(text.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
