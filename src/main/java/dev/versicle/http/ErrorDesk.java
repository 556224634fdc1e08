package dev.versicle.http;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.AnnotationMetadataProvider;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.reflect.ReflectionUtils;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers everything that went wrong, in the dialect of the door it went wrong at, and never with a word of what an
 * exception says. It is Micronaut's handler for every exception that has no nearer one, and the processor to which the
 * nearer ones, for what the framework itself refuses, give their answers to be worded.
 *
 * <p>The dialect is the one that the matched controller {@link Speaks}; where none matched, that of a controller at
 * the same path (405, 406, 415); at an unknown path, the dialect with the longest {@link Dialect#path} above it, or,
 * where that one stands at the other {@link SharedPath.Door}, the longest of the request's own door.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class ErrorDesk implements ExceptionHandler<Throwable, HttpResponse<?>>, ErrorResponseProcessor<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorDesk.class);
    private static final int CAUSES_MAX = 16;

    private final BeanProvider<Router> router;
    private final List<Dialect> dialects;
    private final HouseErrors house;

    ErrorDesk(BeanProvider<Router> router, List<Dialect> dialects, HouseErrors house) {
        this.router = router;
        this.dialects = dialects;
        this.house = house;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface has it raw
    public HttpResponse<?> handle(HttpRequest request, Throwable exception) {
        Dialect dialect = dialect(request);
        MutableHttpResponse<Object> response =
                write(request, dialect, answer(dialect, exception, request), HttpResponse.ok());
        if (exception instanceof PromptException refusal && refusal.problem() instanceof Problem.Busy busy) {
            response.header(HttpHeaders.RETRY_AFTER, Integer.toString(busy.seconds()));
        }
        return response;
    }

    @Override
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        Dialect dialect = dialect(request);
        Dialect.Answer answer = context.getRootCause()
                .flatMap(ErrorDesk::badArgument)
                .map(dialect::answer)
                .orElseGet(() -> dialect.answer(failure(request, response.code())));
        return write(request, dialect, answer, response);
    }

    private static Failure failure(HttpRequest<?> request, int status) {
        Failure failure = Failure.of(status);
        return failure == Failure.UNAUTHENTICATED
                ? request.getAttribute(Failure.OF_TOKEN, Failure.class).orElse(failure)
                : failure;
    }

    private static Dialect.Answer answer(Dialect dialect, Throwable exception, HttpRequest<?> request) {
        if (exception instanceof PromptException refusal) {
            return dialect.answer(refusal.problem());
        }
        if (isOverTheLimit(exception)) {
            return dialect.answer(Failure.TOO_LARGE);
        }
        if (isDeparture(exception)) {
            LOG.debug("Request {} was left by its client", RequestIds.of(request), exception);
            return dialect.answer(Failure.MALFORMED);
        }
        log(exception, request);
        return dialect.answer(Failure.INTERNAL);
    }

    /** A body that is read as a stream says so by an IOException around the limit's own. */
    private static boolean isOverTheLimit(Throwable exception) {
        return causes(exception)
                .anyMatch(cause -> cause instanceof ContentLengthExceededException
                        || cause instanceof BufferLengthExceededException);
    }

    /** A client that went away before all of its body was here: not even an error. A broken disk comes unchecked. */
    private static boolean isDeparture(Throwable exception) {
        return exception instanceof IOException
                && causes(exception)
                        .anyMatch(cause -> cause instanceof EOFException
                                || cause instanceof SocketException
                                || cause instanceof ClosedChannelException);
    }

    private static Stream<Throwable> causes(Throwable exception) {
        return Stream.iterate(exception, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }

    /** The one line about a 500; with the request's log context, which the thread may have left. */
    private static void log(Throwable exception, HttpRequest<?> request) {
        LogContext.with(
                request,
                () -> LOG.error(
                        "Request {} failed: {} {}",
                        RequestIds.of(request),
                        request.getMethod(),
                        Requests.route(request),
                        exception));
    }

    private static Optional<Problem> badArgument(Throwable cause) {
        if (cause instanceof UnsatisfiedRouteException missing) {
            return Optional.of(new Problem.Invalid(missing.getArgument().getName(), "is required"));
        }
        if (cause instanceof ConversionErrorException wrong) {
            Argument<?> argument = wrong.getArgument();
            boolean number = Number.class.isAssignableFrom(ReflectionUtils.getWrapperType(argument.getType()));
            return Optional.of(
                    new Problem.Invalid(argument.getName(), number ? "must be a whole number" : "is not valid"));
        }
        return Optional.empty();
    }

    private MutableHttpResponse<Object> write(
            HttpRequest<?> request, Dialect dialect, Dialect.Answer answer, MutableHttpResponse<?> response) {
        // The status anew: what the framework took for the reason phrase may be an exception's text.
        response.status(answer.status()).contentType(dialect.type());
        response.getHeaders().set(RequestIds.HEADER, RequestIds.of(request));
        Requests.answered(request, answer.status());
        if (answer.status() == Failure.UNAUTHENTICATED.status()) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, dialect.challenge());
        }
        return response.body(request.getMethod() == HttpMethod.HEAD ? null : answer.body());
    }

    private Dialect dialect(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request)
                .flatMap(this::spoken)
                .or(() -> neighbour(request))
                .orElseGet(() -> above(request));
    }

    private Optional<Dialect> neighbour(HttpRequest<?> request) {
        return router.get().findAny(request).stream()
                .flatMap(match -> spoken(match.getRouteInfo()).stream())
                .findFirst();
    }

    private Optional<Dialect> spoken(AnnotationMetadataProvider controller) {
        return controller
                .getAnnotationMetadata()
                .classValue(Speaks.class)
                .flatMap(type -> dialects.stream().filter(type::isInstance).findFirst());
    }

    private Dialect above(HttpRequest<?> request) {
        List<Dialect> above = dialects.stream()
                .filter(dialect -> isAbove(dialect.path(), request.getPath()))
                .sorted(Comparator.comparingInt(
                                (Dialect dialect) -> dialect.path().length())
                        .reversed())
                .toList();
        Dialect nearest = above.stream().findFirst().orElse(house);
        Optional<SharedPath.Door> own = Optional.of(SharedPath.Door.of(request));
        return nearest.door().isEmpty()
                ? nearest
                : above.stream()
                        .filter(dialect -> dialect.door().equals(own))
                        .findFirst()
                        .orElse(nearest);
    }

    private static boolean isAbove(String prefix, String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
