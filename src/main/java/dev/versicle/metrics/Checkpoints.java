package dev.versicle.metrics;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Times the making of versions, each under what it came to. */
final class Checkpoints {
    private static final String NAME = "versicle.checkpoints";

    enum Outcome {
        SAVED,
        UNCHANGED,
        /** A new prompt's first version. */
        CREATED,
        STALE,
        CONTENDED,
        /** Refused for what was asked. */
        REFUSED,
        /** Broken, as by a disk. */
        FAILED
    }

    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

    /** Registers every outcome, so that each is there before it first happens. */
    Checkpoints(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder(NAME)
                            .description("Versions saved, restored and created, by what it came to")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(Buckets.ends())
                            .register(registry));
        }
    }

    /** Does the work; {@code outcome} tells what a result means. */
    <R> R time(Supplier<R> work, Function<R, Outcome> outcome) {
        Timer.Sample sample = Timer.start();
        Outcome ended = Outcome.FAILED;
        try {
            R result = work.get();
            ended = outcome.apply(result);
            return result;
        } catch (PromptException e) {
            ended = of(e.problem());
            throw e;
        } finally {
            sample.stop(timers.get(ended));
        }
    }

    private static Outcome of(Problem problem) {
        return switch (problem) {
            case Problem.Stale ignored -> Outcome.STALE;
            case Problem.Contended ignored -> Outcome.CONTENDED;
            case Problem.Unauthenticated ignored -> Outcome.REFUSED;
            case Problem.Denied ignored -> Outcome.REFUSED;
            case Problem.Forbidden ignored -> Outcome.REFUSED;
            case Problem.Generated ignored -> Outcome.REFUSED;
            case Problem.PromptNotFound ignored -> Outcome.REFUSED;
            case Problem.VersionNotFound ignored -> Outcome.REFUSED;
            case Problem.BadVersionId ignored -> Outcome.REFUSED;
            case Problem.Invalid ignored -> Outcome.REFUSED;
            case Problem.TooLarge ignored -> Outcome.REFUSED;
            case Problem.NameTaken ignored -> Outcome.REFUSED;
            case Problem.DeniedByName ignored -> Outcome.REFUSED;
            case Problem.UnknownModel ignored -> Outcome.REFUSED;
            case Problem.UnknownIntegration ignored -> Outcome.REFUSED;
            case Problem.ModelDenied ignored -> Outcome.REFUSED;
            case Problem.ProviderFailed ignored -> Outcome.FAILED;
            case Problem.RemoteFailed ignored -> Outcome.FAILED;
            case Problem.UnderWay ignored -> Outcome.REFUSED;
            case Problem.Starting ignored -> Outcome.REFUSED;
            case Problem.Busy ignored -> Outcome.REFUSED;
            case Problem.MissingVariables ignored -> Outcome.REFUSED;
            case Problem.EnvironmentNotFound ignored -> Outcome.REFUSED;
            case Problem.PreconditionRequired ignored -> Outcome.REFUSED;
            case Problem.KeyNotFound ignored -> Outcome.REFUSED;
            case Problem.WebhookNotFound ignored -> Outcome.REFUSED;
            case Problem.DeliveryNotFound ignored -> Outcome.REFUSED;
            case Problem.Pinned ignored -> Outcome.REFUSED;
            case Problem.ReleaseExists ignored -> Outcome.REFUSED;
            case Problem.BranchNotFound ignored -> Outcome.REFUSED;
            case Problem.BranchTaken ignored -> Outcome.REFUSED;
            case Problem.Conflicts ignored -> Outcome.REFUSED;
            case Problem.Unmergeable ignored -> Outcome.REFUSED;
        };
    }
}
