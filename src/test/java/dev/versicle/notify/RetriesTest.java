package dev.versicle.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Delivery.Attempt;
import dev.versicle.prompt.Delivery.Status;
import dev.versicle.prompt.DeliveryQueue.Due;
import dev.versicle.prompt.DeliveryQueue.Letter;
import dev.versicle.prompt.DeliveryQueue.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When what failed is tried again, and when no more. */
class RetriesTest {
    private static final Pace PACE = Pace.USUAL;
    private static final Duration TOOK = Duration.ofSeconds(1);
    private static final Letter LETTER =
            new Letter(UUID.randomUUID(), "aaaaaaaaaaaa", Optional.of(Known.prompt(1)), "push", 1, "{}");

    private static RandomGenerator chance(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Due due(int attempts, Optional<Instant> first, boolean once) {
        return new Due(LETTER, attempts, first, once);
    }

    private static Attempt attempt(int number, Instant at, Optional<Integer> status) {
        return new Attempt(number, at, status, TOOK, "");
    }

    private static Result judged(Due due, Instant at, Optional<Integer> status) {
        return new Retries(PACE, chance(1)).judge(due, attempt(due.attempts() + 1, at, status));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void anAnswerOfSuccessIsDelivered(int status) {
        Result result = judged(due(0, Optional.empty(), false), Known.MOMENT, Optional.of(status));

        assertEquals(Status.DELIVERED, result.status());
        assertEquals(Optional.empty(), result.next());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 301, 307, 400, 404, 410, 429, 500, 503, 999})
    void anyOtherAnswerIsTriedAgain(int status) {
        Result result = judged(due(0, Optional.empty(), false), Known.MOMENT, Optional.of(status));

        assertEquals(Status.PENDING, result.status());
        assertTrue(result.next().isPresent());
    }

    @Test
    void noAnswerIsTriedAgain() {
        Result result = judged(due(0, Optional.empty(), false), Known.MOMENT, Optional.empty());

        assertEquals(Status.PENDING, result.status());
    }

    @Test
    void whatIsSentOnceIsNotTriedAgain() {
        Result result = judged(due(0, Optional.empty(), true), Known.MOMENT, Optional.of(500));

        assertEquals(Status.PARKED, result.status());
        assertEquals(Optional.empty(), result.next());
    }

    @Test
    void afterItsTimeIsOverADeliveryIsParked() {
        Instant first = Known.MOMENT;
        Instant late = first.plus(PACE.whole());

        assertEquals(
                Status.PARKED,
                judged(due(5, Optional.of(first), false), late, Optional.of(500))
                        .status());
        assertEquals(
                Status.DELIVERED,
                judged(due(5, Optional.of(first), false), late, Optional.of(200))
                        .status());
        assertEquals(
                Status.PENDING,
                judged(
                                due(5, Optional.of(first), false),
                                late.minus(PACE.most()).minus(TOOK),
                                Optional.of(500))
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "4, 80", "8, 1280", "9, 2560", "10, 3600", "11, 3600", "2147483647, 3600"})
    void pausesAreAnyUpToABoundThatDoublesUntilAnHour(int failures, int secondsMax) {
        Duration bound = Duration.ofSeconds(secondsMax);
        RandomGenerator chance = chance(failures);
        List<Duration> pauses =
                Stream.generate(() -> PACE.pause(failures, chance)).limit(1_000).toList();

        assertTrue(pauses.stream().noneMatch(Duration::isNegative));
        assertTrue(pauses.stream().allMatch(pause -> pause.compareTo(bound) <= 0));
        assertTrue(pauses.stream()
                .anyMatch(pause -> pause.compareTo(bound.multipliedBy(9).dividedBy(10)) > 0));
        assertTrue(pauses.stream().anyMatch(pause -> pause.compareTo(bound.dividedBy(10)) < 0));
    }

    @RepeatedTest(20)
    void aDeliveryThatAlwaysFailsIsTriedForADayAndFewEnoughTimesToKeepThemAll() {
        long seed = Long.getLong("versicle.seed", System.nanoTime());
        Retries retries = new Retries(PACE, chance(seed));
        List<Instant> tried = new ArrayList<>(List.of(Known.MOMENT));
        Optional<Instant> next = Optional.of(Known.MOMENT);
        while (next.isPresent()) {
            Due due = due(tried.size() - 1, Optional.of(Known.MOMENT).filter(first -> tried.size() > 1), false);
            next = retries.judge(due, attempt(tried.size(), next.get(), Optional.of(500)))
                    .next();
            next.ifPresent(tried::add);
        }

        assertTrue(IntStream.range(1, tried.size()).noneMatch(i -> tried.get(i).isBefore(tried.get(i - 1))));
        assertFalse(tried.getLast().isAfter(Known.MOMENT.plus(PACE.whole())), "seed " + seed);
        assertTrue(
                tried.getLast()
                        .isAfter(Known.MOMENT
                                .plus(PACE.whole())
                                .minus(PACE.most())
                                .minus(TOOK)),
                "seed " + seed);
        assertTrue(tried.size() > 20 && tried.size() <= 100, () -> "seed " + seed + ": " + tried.size());
    }
}
