package dev.versicle.metrics;

import dev.versicle.http.EndedRequest;
import dev.versicle.http.RequestWatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;

/**
 * Times every request by method, route and status. In the place of the framework's own filter, which comes after the
 * lock on the doors and so never sees who was turned away.
 */
@Singleton
final class RequestTimers implements RequestWatcher {
    private static final String NAME = "http.server.requests";

    private final MeterRegistry registry;

    RequestTimers(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(EndedRequest request) {
        Timer.builder(NAME)
                .description("Requests, from their head to the end of the answer")
                .tag("method", request.method())
                .tag("uri", request.route())
                .tag("status", request.status())
                .serviceLevelObjectives(Buckets.ends())
                .register(registry)
                .record(request.took());
    }
}
