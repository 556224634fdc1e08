package dev.versicle;

import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Progress;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Says how far the start has come with the index; the server answers meanwhile, so this is always UP. */
@Singleton
final class IndexHealth implements HealthIndicator {
    private final PromptIndex index;

    IndexHealth(PromptIndex index) {
        this.index = index;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Progress progress = index.progress();
        String state = switch (progress.state()) {
            case COMPLETE -> "complete";
            case UNCERTAIN -> "comparing";
            case EMPTY -> "rebuilding";
        };
        return Publishers.just(HealthResult.builder("index")
                .status(HealthStatus.UP)
                .details(Map.of("state", state, "done", progress.done(), "total", progress.total()))
                .build());
    }
}
