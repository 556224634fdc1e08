package dev.versicle;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * The server lives (200) as long as it answers at all. A restart cures nothing that the disk has, so liveness does not
 * ask it; and the framework's own indicator would tell everybody the stack traces of a deadlock.
 */
@Singleton
@Liveness
final class ProcessHealth implements HealthIndicator {
    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("process").status(HealthStatus.UP).build());
    }
}
