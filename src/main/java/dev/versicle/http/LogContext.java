package dev.versicle.http;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the request's id, and the caller once it is known, into the log's context of whichever thread works for the
 * request. The caller is looked up anew on each thread, as nobody is known yet when a request comes in.
 */
record LogContext(HttpRequest<?> request) implements ThreadPropagatedContextElement<LogContext.Before> {
    static final String REQUEST = "request";
    static final String CALLER = "caller";

    /** What the thread's log had in these places. */
    record Before(@Nullable String request, @Nullable String caller) {}

    @Override
    public Before updateThreadContext() {
        Before before = new Before(MDC.get(REQUEST), MDC.get(CALLER));
        put(REQUEST, RequestIds.of(request));
        put(CALLER, request.getUserPrincipal().map(Principal::getName).orElse(null));
        return before;
    }

    @Override
    public void restoreThreadContext(@Nullable Before before) {
        put(REQUEST, before == null ? null : before.request());
        put(CALLER, before == null ? null : before.caller());
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** Does something on this thread that logs about the request, whether or not the thread works for it. */
    static void with(HttpRequest<?> request, Runnable logging) {
        PropagatedContext.getOrEmpty()
                .plus(new LogContext(request))
                .wrap(logging)
                .run();
    }
}
