package dev.versicle;

import dev.versicle.storage.local.DataDirectory;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/**
 * The server is ready (200) while a write would be acknowledged: DOWN (503) from the first failed force on, as nothing
 * is acknowledged any more, and as long as the disk cannot be written, because it is full or read-only.
 */
@Singleton
@Readiness
final class StorageHealth implements HealthIndicator {
    private final DataDirectory data;
    private final WriteProbe probe;

    StorageHealth(DataDirectory data, InstantSource clock, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.data = data;
        this.probe = new WriteProbe(data::requireWritable, clock, blocking);
    }

    /** Says nothing of the failure itself: everybody may ask, and the log has it. */
    @Override
    public Publisher<HealthResult> getResult() {
        return data.failure().isPresent()
                ? Publishers.just(down("A write to the disk failed; nothing is written until a restart."))
                : Publishers.fromCompletableFuture(() -> probe.writable().thenApply(StorageHealth::result));
    }

    private static HealthResult result(boolean writable) {
        return writable ? of(HealthStatus.UP).build() : down("The disk cannot be written at the moment.");
    }

    private static HealthResult down(String reason) {
        return of(HealthStatus.DOWN).details(Map.of("reason", reason)).build();
    }

    private static HealthResult.Builder of(HealthStatus status) {
        return HealthResult.builder("storage").status(status);
    }
}
