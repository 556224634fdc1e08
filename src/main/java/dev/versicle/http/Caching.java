package dev.versicle.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.io.Writable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of every answer to a GET what may be done with it later. It depends on who asks, so it may be kept by whoever
 * asked, under that token, and is to be asked for again at each use, unless its route says more. What was written as
 * JSON has an entity tag, and is not sent again to who has it: routes whose answers are dear have tags of their own,
 * which are known before the answer is made. A HEAD's answer has no body by now, so no tag of its bytes either.
 */
@ServerFilter(
        value = {"/v1/**", "/api/**"},
        methods = {HttpMethod.GET, HttpMethod.HEAD})
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class Caching {
    /** Of an answer in JSON, while its tag is made. */
    private static final int HELD_BYTES_MAX = 256 << 10;

    private static final String OWN = "private, no-cache";
    private static final String TOKENS = "Authorization, X-Authorization";

    private final JsonMapper json;

    Caching(JsonMapper json) {
        this.json = json;
    }

    @ResponseFilter
    @Nullable
    HttpResponse<?> tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        MutableHttpResponse<?> told = tagged(request, response);
        if (!told.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            told.header(HttpHeaders.CACHE_CONTROL, OWN);
        }
        String others = String.join(", ", told.getHeaders().getAll(HttpHeaders.VARY));
        told.getHeaders()
                .set(
                        HttpHeaders.VARY,
                        Stream.of(TOKENS, others)
                                .filter(names -> !names.isEmpty())
                                .collect(Collectors.joining(", ")));
        return told;
    }

    /** The answer with the tag of its bytes, or the word that they are known. */
    private MutableHttpResponse<?> tagged(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Optional<?> body = response.getBody().filter(value -> isJson(response, value));
        if (response.code() != HttpStatus.OK.getCode()
                || body.isEmpty()
                || response.getHeaders().contains(HttpHeaders.ETAG)) {
            return response;
        }
        MessageDigest digest = ETags.digest();
        Beginning written = new Beginning();
        write(body.get(), new DigestOutputStream(written, digest));
        String etag = ETags.of(digest);
        if (ETags.known(request.getHeaders(), etag)) {
            return HttpResponse.notModified().header(HttpHeaders.ETAG, etag);
        }
        Optional<byte[]> bytes = written.whole();
        MutableHttpResponse<?> told = bytes.isPresent() ? response.body(bytes.get()) : response;
        return told.header(HttpHeaders.ETAG, etag);
    }

    /** What is written, unless it is much: that is written once more, so that no long answer is held for its tag. */
    private static final class Beginning extends OutputStream {
        private static final ByteArrayOutputStream NOTHING = new ByteArrayOutputStream(0);

        private ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean whole = true;

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            whole = whole && length <= HELD_BYTES_MAX - kept.size();
            if (whole) {
                kept.write(bytes, offset, length);
            } else {
                kept = NOTHING;
            }
        }

        Optional<byte[]> whole() {
            return whole ? Optional.of(kept.toByteArray()) : Optional.empty();
        }
    }

    private static boolean isJson(HttpResponse<?> response, Object body) {
        boolean streamed = body instanceof StreamedFile || body instanceof Writable || body instanceof CharSequence;
        return !streamed
                && response.getContentType()
                        .orElse(MediaType.APPLICATION_JSON_TYPE)
                        .equals(MediaType.APPLICATION_JSON_TYPE);
    }

    private void write(Object body, OutputStream out) {
        try {
            json.writeValue(out, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
