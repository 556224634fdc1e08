package dev.versicle;

import dev.versicle.storage.local.DataDirectory;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** {@code /health} is DOWN (503) from the first failed write to the disk on: nothing is acknowledged any more. */
@Singleton
@Readiness
final class StorageHealth implements HealthIndicator {
    private final DataDirectory data;

    StorageHealth(DataDirectory data) {
        this.data = data;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthResult.Builder result = HealthResult.builder("storage");
        if (data.failure().isPresent()) {
            result.status(HealthStatus.DOWN)
                    .details(Map.of("reason", "A write to the disk failed; nothing is written until a restart."));
        } else {
            result.status(HealthStatus.UP);
        }
        return Publishers.just(result.build());
    }
}
