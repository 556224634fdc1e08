package dev.versicle.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives every request an id, which its answer carries in {@code X-Request-Id} and every line of the log about it under
 * {@code request}. The caller's own id is taken where it is 1 to 64 letters, digits, dots, underscores and hyphens.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = "versicle.request-id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @RequestFilter
    void name(HttpRequest<?> request, MutablePropagatedContext context) {
        context.add(new LogContext(request));
    }

    @ResponseFilter
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders().set(HEADER, of(request));
    }

    /** The request's id; made now where the request did not come through the filter, as one that cannot be decoded. */
    static String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElseGet(() -> {
            String id = Optional.ofNullable(request.getHeaders().get(HEADER))
                    .filter(text -> SANE.matcher(text).matches())
                    .orElseGet(() -> UUID.randomUUID().toString());
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }
}
