package dev.versicle.http.v1;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;

/** What a client would rather have, where there is a choice. */
final class Accepted {
    private Accepted() {}

    /** Whether {@code type} is named before JSON, and before anything that JSON would be, too. */
    static boolean prefers(HttpRequest<?> request, String type) {
        MediaType wanted = MediaType.of(type);
        return MediaType.orderedOf(request.getHeaders().getAll(io.micronaut.http.HttpHeaders.ACCEPT)).stream()
                .filter(accepted -> accepted.matches(wanted) || accepted.matches(MediaType.APPLICATION_JSON_TYPE))
                .findFirst()
                .filter(accepted -> !accepted.matches(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
    }
}
