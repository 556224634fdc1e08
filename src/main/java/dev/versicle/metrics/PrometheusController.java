package dev.versicle.metrics;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** The metrics as Prometheus reads them, in its text format or in OpenMetrics, whichever is asked for first. */
@Controller("/prometheus")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PrometheusController {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final MetricsAccess access;

    PrometheusController(PrometheusMeterRegistry registry, MetricsAccess access) {
        this.registry = registry;
        this.access = access;
    }

    @Get(produces = {TEXT, OPEN_METRICS})
    HttpResponse<String> scrape(@Nullable Caller caller, HttpHeaders headers) {
        if (access.secured() && caller == null) {
            throw new PromptException(new Problem.Unauthenticated());
        }
        String format = format(headers);
        return HttpResponse.ok(registry.scrape(format)).contentType(MediaType.of(format));
    }

    private static String format(HttpHeaders headers) {
        return headers.accept().stream()
                .findFirst()
                .filter(wanted ->
                        wanted.getName().equals(MediaType.of(OPEN_METRICS).getName()))
                .map(wanted -> OPEN_METRICS)
                .orElse(TEXT);
    }
}
