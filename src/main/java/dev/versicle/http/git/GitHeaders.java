package dev.versicle.http.git;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * What every answer to a Git client says, refusals too: that it is not to be kept, and that pages from anywhere may
 * read it, as those with a Git client in the browser must. No page may have the browser send credentials that it keeps:
 * who has a token sends it.
 */
@ServerFilter(GitErrors.PATH + "/**")
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class GitHeaders {
    private static final String ANY = "*";
    private static final String ALLOWED = "Authorization, Content-Type, Content-Encoding, Accept, Git-Protocol";
    private static final String DAY_SECONDS = "86400";

    /** Answers what a browser asks before it sends a page's request. */
    @RequestFilter
    @Nullable
    HttpResponse<?> preflight(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.OPTIONS) {
            return null;
        }
        MutableHttpResponse<?> response = HttpResponse.noContent();
        response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED)
                .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY_SECONDS);
        // What a filter answers by itself does not come to its other half.
        tell(response);
        return response;
    }

    @ResponseFilter
    void tell(MutableHttpResponse<?> response) {
        response.getHeaders()
                .set(HttpHeaders.CACHE_CONTROL, "no-cache")
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY)
                .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "WWW-Authenticate, Retry-After, X-Request-Id");
    }
}
