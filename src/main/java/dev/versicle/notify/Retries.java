package dev.versicle.notify;

import dev.versicle.prompt.Delivery.Attempt;
import dev.versicle.prompt.Delivery.Status;
import dev.versicle.prompt.DeliveryQueue.Due;
import dev.versicle.prompt.DeliveryQueue.Result;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Says what an attempt came to, and when there is to be another. */
public final class Retries {
    private static final int SUCCESS = 2;
    private static final int CLASS = 100;

    private final Pace pace;
    private final RandomGenerator chance;

    public Retries(Pace pace, RandomGenerator chance) {
        this.pace = pace;
        this.chance = chance;
    }

    Result judge(Due due, Attempt attempt) {
        if (attempt.status().map(status -> status / CLASS == SUCCESS).orElse(false)) {
            return result(due, attempt, Status.DELIVERED, Optional.empty());
        }
        Instant next = attempt.at().plus(attempt.took()).plus(pace.pause(attempt.number(), chance));
        Instant last = due.first().orElse(attempt.at()).plus(pace.whole());
        return due.once() || next.isAfter(last)
                ? result(due, attempt, Status.PARKED, Optional.empty())
                : result(due, attempt, Status.PENDING, Optional.of(next));
    }

    private static Result result(Due due, Attempt attempt, Status status, Optional<Instant> next) {
        return new Result(due.letter().id(), attempt, status, next);
    }
}
