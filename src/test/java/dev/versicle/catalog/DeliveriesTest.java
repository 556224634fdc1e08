package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.Delivery.Attempt;
import dev.versicle.prompt.Delivery.Status;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.DeliveryQueue.Due;
import dev.versicle.prompt.DeliveryQueue.Letter;
import dev.versicle.prompt.DeliveryQueue.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due when, and what is kept of it. */
class DeliveriesTest {
    private static final String HOOK = "aaaaaaaaaaaa";
    private static final String OTHER = "bbbbbbbbbbbb";
    private static final String FOLLOWER = "webhooks";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int ALL = 1_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(Samples.MOMENT);
    private final Path file;

    private SqliteCatalog catalog;
    private DeliveryQueue queue;

    DeliveriesTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    @BeforeEach
    void open() {
        catalog = SqliteCatalog.open(file, now::get);
        queue = catalog.deliveries();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private static Letter letter(String webhook, int prompt, long event) {
        return new Letter(
                UUID.randomUUID(),
                webhook,
                Optional.of(Samples.id(prompt)),
                "push",
                event,
                "{\"event\": " + event + "}");
    }

    private static Letter ping(String webhook) {
        return new Letter(UUID.randomUUID(), webhook, Optional.empty(), Delivery.PING, 0, "{}");
    }

    private void pass(Duration time) {
        now.accumulateAndGet(Instant.EPOCH, (moment, ignored) -> moment.plus(time));
    }

    private List<Due> due(String webhook) {
        return queue.due(webhook, now.get(), ALL);
    }

    private List<Long> dueEvents(String webhook) {
        return due(webhook).stream().map(due -> due.letter().event()).toList();
    }

    private Due only(String webhook) {
        List<Due> due = due(webhook);
        assertEquals(1, due.size());
        return due.getFirst();
    }

    private Attempt attempt(Due due, int status) {
        return new Attempt(due.attempts() + 1, now.get(), Optional.of(status), SECOND, "said " + status);
    }

    private void end(Due due, Status status) {
        queue.attempted(new Result(due.letter().id(), attempt(due, 200), status, Optional.empty()));
    }

    private void retry(Due due, Duration after) {
        Optional<Instant> next = Optional.of(now.get().plus(after));
        queue.attempted(new Result(due.letter().id(), attempt(due, 500), Status.PENDING, next));
    }

    @Test
    void ofALineTheFirstAloneIsDueUntilItIsDeliveredOrParked() {
        queue.add(List.of(letter(HOOK, 1, 11), letter(HOOK, 1, 12), letter(HOOK, 1, 13)));

        assertEquals(List.of(11L), dueEvents(HOOK));
        end(only(HOOK), Status.DELIVERED);
        assertEquals(List.of(12L), dueEvents(HOOK));
        end(only(HOOK), Status.PARKED);
        assertEquals(List.of(13L), dueEvents(HOOK));
        end(only(HOOK), Status.DELIVERED);
        assertEquals(List.of(), dueEvents(HOOK));
    }

    @Test
    void whatFailedKeepsItsPlaceAndIsDueAgainLater() {
        queue.add(List.of(letter(HOOK, 1, 11), letter(HOOK, 1, 12)));

        retry(only(HOOK), SECOND);

        assertEquals(List.of(), dueEvents(HOOK));
        assertEquals(Optional.of(now.get().plus(SECOND)), queue.next(HOOK, now.get()));
        pass(SECOND);
        Due again = only(HOOK);
        assertEquals(11, again.letter().event());
        assertEquals(1, again.attempts());
        assertEquals(Optional.of(Samples.MOMENT), again.first());
        assertEquals(Optional.empty(), queue.next(HOOK, now.get()));
    }

    @Test
    void otherPromptsAndOtherSubscribersDoNotWait() {
        queue.add(List.of(letter(HOOK, 1, 11), letter(HOOK, 2, 12), letter(OTHER, 1, 11), letter(HOOK, 1, 13)));

        assertEquals(List.of(11L, 12L), dueEvents(HOOK));
        assertEquals(List.of(11L), dueEvents(OTHER));
        assertEquals(List.of(HOOK, OTHER), queue.subscribers());
    }

    @Test
    void aLineThatWasEmptyBeginsAgain() {
        queue.add(List.of(letter(HOOK, 1, 11)));
        end(only(HOOK), Status.DELIVERED);

        queue.add(List.of(letter(HOOK, 1, 12)));

        assertEquals(List.of(12L), dueEvents(HOOK));
    }

    @Test
    void anEventThatComesTwiceIsOneDeliveryWithItsFirstId() {
        Letter first = letter(HOOK, 1, 11);
        queue.add(List.of(first, letter(OTHER, 1, 11)), FOLLOWER, 11);
        queue.add(List.of(letter(HOOK, 1, 11), letter(OTHER, 1, 11), letter(HOOK, 1, 12)), FOLLOWER, 12);

        assertEquals(first, only(HOOK).letter());
        assertEquals(3, queue.waiting());
        assertEquals(Optional.of(12L), catalog.events().position(FOLLOWER));
    }

    @Test
    void aFollowersPositionIsNotedAlsoWhereNobodyWantsToKnow() {
        queue.add(List.of(), FOLLOWER, 7);

        assertEquals(Optional.of(7L), catalog.events().position(FOLLOWER));
    }

    @Test
    void aPingGoesAheadAndIsSentOnce() {
        queue.add(List.of(letter(HOOK, 1, 11)));
        pass(SECOND);
        Letter ping = ping(HOOK);
        queue.ping(ping);
        queue.ping(ping(HOOK));

        List<Due> due = due(HOOK);

        assertEquals(3, due.size());
        assertEquals(ping, due.getFirst().letter());
        assertTrue(due.get(1).once());
        assertFalse(due.get(2).once());
        assertEquals(
                List.of(ping),
                queue.due(HOOK, now.get(), 1).stream().map(Due::letter).toList());
    }

    @Test
    void aRedeliveryIsTheSameLetterOnceMoreOutOfOrder() {
        Letter first = letter(HOOK, 1, 11);
        queue.add(List.of(first, letter(HOOK, 1, 12), letter(HOOK, 1, 13)));
        end(only(HOOK), Status.PARKED);
        retry(only(HOOK), SECOND);

        assertEquals(Optional.of(HOOK), queue.again(first.id()));

        Due again = only(HOOK);
        assertEquals(first, again.letter());
        assertTrue(again.once());
        assertEquals(1, again.attempts());
        end(again, Status.DELIVERED);
        assertEquals(List.of(), dueEvents(HOOK));
        assertEquals(Status.DELIVERED, queue.find(first.id()).orElseThrow().status());
        pass(SECOND);
        assertEquals(List.of(12L), dueEvents(HOOK));
    }

    @Test
    void whatIsPendingOrUnknownIsNotSentAgain() {
        Letter first = letter(HOOK, 1, 11);
        queue.add(List.of(first));

        assertEquals(Optional.empty(), queue.again(first.id()));
        assertEquals(Optional.empty(), queue.again(UUID.randomUUID()));
        assertFalse(only(HOOK).once());
    }

    @Test
    void theListIsNewestFirstAndGoesOnByACursor() {
        queue.add(IntStream.rangeClosed(1, 5)
                .mapToObj(event -> letter(HOOK, event % 2, event))
                .toList());
        queue.add(List.of(letter(OTHER, 1, 1)));

        Delivery.Part first = queue.of(HOOK, Optional.empty(), 2);
        Delivery.Part second = queue.of(HOOK, first.next(), 2);
        Delivery.Part third = queue.of(HOOK, second.next(), 2);

        assertEquals(List.of(5L, 4L), events(first));
        assertEquals(List.of(3L, 2L), events(second));
        assertEquals(List.of(1L), events(third));
        assertEquals(Optional.empty(), third.next());
        assertEquals(Optional.empty(), queue.of(HOOK, Optional.empty(), 5).next());
    }

    private static List<Long> events(Delivery.Part part) {
        return part.items().stream().map(Delivery::event).toList();
    }

    @Test
    void aDeliveryTellsOfItsLastAttemptAndWhenTheNextIs() {
        Letter letter = letter(HOOK, 1, 11);
        queue.add(List.of(letter));
        Delivery before = queue.find(letter.id()).orElseThrow();
        Attempt attempt = attempt(only(HOOK), 500);
        retry(only(HOOK), SECOND);

        assertEquals(
                new Delivery(
                        letter.id(),
                        HOOK,
                        letter.prompt(),
                        "push",
                        11,
                        Status.PENDING,
                        1,
                        Optional.of(attempt),
                        Optional.of(now.get().plus(SECOND))),
                queue.find(letter.id()).orElseThrow());
        assertEquals(Optional.empty(), before.last());
        assertEquals(Optional.of(Samples.MOMENT), before.nextAttemptAt());
        assertEquals(List.of(attempt), queue.attempts(letter.id()));
    }

    @Test
    void anAttemptWithoutAnAnswerSaysWhy() {
        Letter letter = letter(HOOK, 1, 11);
        queue.add(List.of(letter));
        Attempt silent = new Attempt(1, now.get(), Optional.empty(), SECOND, "The server did not answer in time.");

        queue.attempted(new Result(letter.id(), silent, Status.PARKED, Optional.empty()));

        assertEquals(List.of(silent), queue.attempts(letter.id()));
    }

    @Test
    void theNewestAttemptsAreKept() {
        Letter letter = letter(HOOK, 1, 11);
        queue.add(List.of(letter));
        int made = DeliveryQueue.ATTEMPTS_KEPT_MAX + 3;

        IntStream.range(0, made).forEach(i -> retry(only(HOOK), Duration.ZERO));

        List<Attempt> kept = queue.attempts(letter.id());
        assertEquals(
                IntStream.range(0, DeliveryQueue.ATTEMPTS_KEPT_MAX)
                        .mapToObj(i -> made - i)
                        .toList(),
                kept.stream().map(Attempt::number).toList());
    }

    @Test
    void ofAForgottenSubscriberNothingIsLeft() {
        List<Letter> letters = IntStream.rangeClosed(1, 1_200)
                .mapToObj(event -> letter(HOOK, event % 7, event))
                .toList();
        queue.add(letters);
        queue.add(List.of(letter(OTHER, 1, 1)));
        Due underWay = due(HOOK).getFirst();

        queue.forget(HOOK);
        end(underWay, Status.DELIVERED);

        assertEquals(List.of(OTHER), queue.subscribers());
        assertEquals(List.of(), due(HOOK));
        assertEquals(Optional.empty(), queue.find(underWay.letter().id()));
        assertEquals(List.of(), queue.attempts(underWay.letter().id()));
        assertEquals(1, queue.waiting());
    }

    @Test
    void whatIsOldIsDroppedAndItsLineGoesOn() {
        Letter old = letter(HOOK, 1, 11);
        queue.add(List.of(old, letter(HOOK, 1, 12), letter(HOOK, 2, 13)));
        retry(due(HOOK).getFirst(), Duration.ofDays(1));
        pass(SECOND);
        queue.add(List.of(letter(HOOK, 1, 14), letter(HOOK, 2, 15)));
        Instant moment = now.get();

        assertTrue(queue.drop(moment, 1));
        assertEquals(List.of(13L, 12L), dueEvents(HOOK));
        assertEquals(List.of(), queue.attempts(old.id()));
        assertTrue(queue.drop(moment, ALL));
        assertFalse(queue.drop(moment, ALL));

        assertEquals(List.of(14L, 15L), dueEvents(HOOK).stream().sorted().toList());
        assertEquals(2, queue.waiting());
    }

    @Test
    void whatWaitsIsCounted() {
        Letter first = letter(HOOK, 1, 11);
        queue.add(List.of(first, letter(HOOK, 1, 12)));
        queue.ping(ping(HOOK));
        assertEquals(3, queue.waiting());

        due(HOOK).forEach(due -> end(due, Status.DELIVERED));
        assertEquals(1, queue.waiting());

        assertEquals(Optional.of(HOOK), queue.again(first.id()));
        assertEquals(2, queue.waiting());
    }

    @Test
    void aKillTakesNothingBackThatWasAdded() throws IOException {
        Letter first = letter(HOOK, 1, 11);
        queue.add(List.of(first, letter(HOOK, 1, 12)), FOLLOWER, 12);
        Path copy = Samples.killed(file);

        try (SqliteCatalog after = SqliteCatalog.open(copy, now::get)) {
            DeliveryQueue left = after.deliveries();
            assertEquals(
                    List.of(first),
                    left.due(HOOK, now.get(), ALL).stream().map(Due::letter).toList());
            assertEquals(2, left.waiting());
            assertEquals(Optional.of(12L), after.events().position(FOLLOWER));
        }
    }

    @RepeatedTest(10)
    void whateverComesOfAttemptsEachLineIsSentInItsOrder() {
        long seed = Long.getLong("versicle.seed", System.nanoTime());
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, List<Long>> added = new HashMap<>();
        Map<String, List<Long>> ended = new HashMap<>();
        for (int event = 1; event <= 200; event++) {
            Letter letter = letter(chance.nextBoolean() ? HOOK : OTHER, chance.nextInt(3), event);
            queue.add(List.of(letter));
            added.computeIfAbsent(line(letter), line -> new ArrayList<>()).add(letter.event());
            step(chance, ended);
        }
        while (queue.waiting() > 0) {
            step(chance, ended);
        }
        assertEquals(added, ended, "seed " + seed);
    }

    private static String line(Letter letter) {
        return letter.webhook() + letter.prompt();
    }

    /** An attempt at something that is due, while time goes on. */
    private void step(RandomGenerator chance, Map<String, List<Long>> ended) {
        pass(Duration.ofMillis(chance.nextInt(1_000)));
        List<Due> due = due(chance.nextBoolean() ? HOOK : OTHER);
        due.stream()
                .skip(due.isEmpty() ? 0 : chance.nextInt(due.size()))
                .findFirst()
                .ifPresent(one -> {
                    if (chance.nextInt(3) == 0) {
                        retry(one, Duration.ofMillis(chance.nextInt(3_000)));
                    } else {
                        end(one, chance.nextBoolean() ? Status.DELIVERED : Status.PARKED);
                        ended.computeIfAbsent(line(one.letter()), line -> new ArrayList<>())
                                .add(one.letter().event());
                    }
                });
    }
}
