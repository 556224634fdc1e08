package dev.versicle.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives every request an id, which its answer carries in {@code X-Request-Id} and every line of the log about it under
 * {@code request}. The caller's own id is taken where it is 1 to 64 letters, digits, dots, underscores and hyphens.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    static final String LOG_KEY = "request";

    private static final String ATTRIBUTE = "versicle.request-id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @RequestFilter
    void name(HttpRequest<?> request, MutablePropagatedContext context) {
        context.add(new LogContext(of(request)));
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

    /** Puts the id into the log's context of whichever thread works for the request. */
    private record LogContext(String id) implements ThreadPropagatedContextElement<String> {
        @Override
        public @Nullable String updateThreadContext() {
            String before = MDC.get(LOG_KEY);
            MDC.put(LOG_KEY, id);
            return before;
        }

        @Override
        public void restoreThreadContext(@Nullable String before) {
            if (before == null) {
                MDC.remove(LOG_KEY);
            } else {
                MDC.put(LOG_KEY, before);
            }
        }
    }
}
