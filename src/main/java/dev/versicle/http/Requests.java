package dev.versicle.http;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.event.HttpRequestReceivedEvent;
import io.micronaut.http.context.event.HttpRequestTerminatedEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs every request once, when it has ended, and tells the watchers: method, route, status, milliseconds from the head
 * of the request to the end of the answer. The route is the template, never what was typed, which may hold a token.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Requests implements ApplicationEventListener<HttpRequestTerminatedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final String UNKNOWN = "unknown";
    private static final String UNANSWERED = "unanswered";
    /** Where machines ask every few seconds. */
    private static final Set<String> QUIET = Set.of("/health", "/health/{selector}", "/prometheus");

    /** What a variable of a template must match, which is nobody's concern: {@code {name:[^/]+}}. */
    private static final Pattern PATTERN = Pattern.compile("(\\{\\w+):[^}]*}");

    private static final String BEGUN = "versicle.begun";
    private static final String STATUS = "versicle.status";
    private static final String ENDED = "versicle.ended";

    private final List<RequestWatcher> watchers;

    Requests(List<RequestWatcher> watchers) {
        this.watchers = watchers;
    }

    @EventListener
    void begin(HttpRequestReceivedEvent received) {
        received.getSource().setAttribute(BEGUN, System.nanoTime());
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, HttpResponse<?> response) {
        answered(request, response.code());
    }

    /** Notes the status; of several the last counts, as the framework may answer anew where writing an answer fails. */
    static void answered(HttpRequest<?> request, int status) {
        request.setAttribute(STATUS, status);
    }

    @Override
    public void onApplicationEvent(HttpRequestTerminatedEvent terminated) {
        HttpRequest<?> request = terminated.getSource();
        if (request.getAttribute(ENDED).isPresent()) {
            // Where an answer breaks off, the framework says so once for the answer and once for its connection.
            return;
        }
        request.setAttribute(ENDED, true);
        EndedRequest ended = ended(request);
        LogContext.with(request, () -> log(ended));
        watchers.forEach(watcher -> watcher.ended(ended));
    }

    private static void log(EndedRequest ended) {
        LOG.atLevel(QUIET.contains(ended.route()) ? Level.DEBUG : Level.INFO)
                .log(
                        "{} {} {} {} ms",
                        ended.method(),
                        ended.route(),
                        ended.status(),
                        ended.took().toMillis());
    }

    private static EndedRequest ended(HttpRequest<?> request) {
        long now = System.nanoTime();
        return new EndedRequest(
                request.getMethod().name(),
                route(request),
                request.getAttribute(STATUS, Integer.class).map(String::valueOf).orElse(UNANSWERED),
                Duration.ofNanos(now - request.getAttribute(BEGUN, Long.class).orElse(now)));
    }

    /** The template of the route that matched, such as {@code /api/prompts/{promptId}}; a fixed word where none did. */
    static String route(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request)
                .filter(UriRouteInfo.class::isInstance)
                .map(route -> ((UriRouteInfo<?, ?>) route).getUriMatchTemplate().toPathString())
                .map(template -> PATTERN.matcher(template).replaceAll("$1}"))
                .orElse(UNKNOWN);
    }
}
