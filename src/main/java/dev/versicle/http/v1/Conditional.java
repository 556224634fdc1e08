package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.function.Supplier;

/** Answers that are made only for who does not have them already. */
final class Conditional {
    private Conditional() {}

    /**
     * The answer that {@code etag} names; 304 where the client has it, and then it is not made. Who has any is asked
     * nothing: it is made then to know that there is one.
     */
    static <T> MutableHttpResponse<T> answer(HttpHeaders headers, String etag, Supplier<T> body) {
        boolean known = ETags.known(headers, etag);
        if (known && !ETags.anyIsKnown(headers)) {
            return HttpResponse.<T>notModified().header(HttpHeaders.ETAG, etag);
        }
        T made = body.get();
        return (known ? HttpResponse.<T>notModified() : HttpResponse.ok(made)).header(HttpHeaders.ETAG, etag);
    }
}
