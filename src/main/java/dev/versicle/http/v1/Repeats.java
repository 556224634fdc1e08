package dev.versicle.http.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Receipts;
import dev.versicle.prompt.Receipts.Receipt;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.event.HttpRequestTerminatedEvent;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request that is repeated under the same {@code Idempotency-Key} the first answer again, for {@link
 * Receipts#KEPT}: the same caller at the same address. One that comes while the first is under way is refused with 409.
 * Kept are all answers but those of a broken server, and streams, which tell what was there already.
 */
@ServerFilter(value = V1Errors.PATH + "/**", methods = HttpMethod.POST)
@Order(Repeats.BEHIND_THE_LOCK)
final class Repeats implements ApplicationEventListener<HttpRequestTerminatedEvent> {
    static final String HEADER = "Idempotency-Key";
    static final String REPEATED = "Idempotent-Replayed";

    /** Directly after the framework knows who is asking: {@link ServerFilterPhase#SECURITY}. */
    static final int BEHIND_THE_LOCK = 39_251;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String SCOPE = "versicle.idempotency-scope";
    private static final int SERVER_ERROR = 500;
    private static final List<String> HEADERS =
            List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CACHE_CONTROL);
    private static final JsonMapper TREES = new JsonMapper();

    private final Receipts receipts;
    private final InstantSource clock;
    private final io.micronaut.json.JsonMapper answers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Repeats(Receipts receipts, InstantSource clock, io.micronaut.json.JsonMapper answers) {
        this.receipts = receipts;
        this.clock = clock;
        this.answers = answers;
    }

    /** The first answer, where there is one; null lets the request through. */
    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> before(HttpRequest<?> request) {
        Optional<String> scope = scope(request);
        if (scope.isEmpty()) {
            return null;
        }
        Optional<Receipt> first = receipts.find(scope.get(), clock.instant());
        if (first.isEmpty() && !underWay.add(scope.get())) {
            throw new PromptException(new Problem.UnderWay());
        }
        // Again: the first may have ended between the look and the mark.
        Optional<Receipt> kept = first.or(() -> receipts.find(scope.get(), clock.instant()));
        if (kept.isPresent()) {
            underWay.remove(scope.get());
            return repeated(kept.get());
        }
        request.setAttribute(SCOPE, scope.get());
        return null;
    }

    @ResponseFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void after(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Optional<String> scope = request.getAttribute(SCOPE, String.class);
        if (scope.isPresent() && response.code() < SERVER_ERROR) {
            written(response).ifPresent(receipt -> receipts.keep(scope.get(), receipt, clock.instant()));
        }
    }

    @Override
    public void onApplicationEvent(HttpRequestTerminatedEvent terminated) {
        terminated.getSource().getAttribute(SCOPE, String.class).ifPresent(underWay::remove);
    }

    /** Who asks for what under which key; empty for who shows no token, or asks for no such care. */
    private static Optional<String> scope(HttpRequest<?> request) {
        Optional<String> key = Optional.ofNullable(request.getHeaders().get(HEADER));
        key.filter(text -> !KEY.matcher(text).matches()).ifPresent(text -> {
            throw new PromptException(new Problem.Invalid(HEADER, "must be 1 to 255 visible ASCII characters"));
        });
        return key.flatMap(text -> request.getUserPrincipal()
                .map(caller -> sha256(caller.getName() + "\0" + request.getUri().getRawPath() + "\0" + text)));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The answer as it is kept: its headers of ours and its body, as JSON. */
    private Optional<Receipt> written(MutableHttpResponse<?> response) {
        String type = response.getContentType()
                .orElse(MediaType.APPLICATION_JSON_TYPE)
                .toString();
        Optional<?> body = response.getBody();
        if (body.isPresent() && !type.startsWith(MediaType.APPLICATION_JSON)) {
            return Optional.empty();
        }
        ObjectNode whole = TREES.createObjectNode();
        HEADERS.forEach(name -> response.getHeaders().getFirst(name).ifPresent(value -> whole.put(name, value)));
        body.ifPresent(value -> whole.put("", json(value)));
        return Optional.of(new Receipt(response.code(), type, whole.toString()));
    }

    private String json(Object body) {
        try {
            return body instanceof String text ? text : answers.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<?> repeated(Receipt receipt) {
        MutableHttpResponse<Object> response = HttpResponse.status(receipt.status(), "");
        JsonNode whole = tree(receipt.body());
        HEADERS.stream()
                .filter(whole::has)
                .forEach(name -> response.header(name, whole.path(name).asText()));
        response.header(REPEATED, "true");
        if (whole.has("")) {
            response.contentType(receipt.contentType())
                    .body(whole.path("").asText().getBytes(StandardCharsets.UTF_8));
        }
        return response;
    }

    private static JsonNode tree(String json) {
        try {
            return TREES.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
