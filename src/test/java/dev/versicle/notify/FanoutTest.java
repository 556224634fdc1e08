package dev.versicle.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.egress.AddressRules;
import dev.versicle.egress.Egress;
import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Payloads;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Webhook;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a letter about what; nobody is reached. */
class FanoutTest {
    private static final int ALL = 10_000;
    private static final String URL = "https://receiver.example/";

    private final Path file;
    private final Known known = new Known();

    private SqliteCatalog catalog;
    private DeliveryQueue queue;
    private Bell bell;

    FanoutTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    @BeforeEach
    void open() {
        InstantSource clock = InstantSource.system();
        catalog = SqliteCatalog.open(file, clock);
        queue = catalog.deliveries();
        Egress nowhere = new Egress(new AddressRules(List.of()), host -> {
            throw new UnknownHostException(host);
        });
        bell = new Bell(
                queue,
                known,
                new Courier(nowhere, "Versicle/test", clock, Pace.USUAL),
                new Retries(Pace.USUAL, RandomGenerator.getDefault()),
                clock);
    }

    @AfterEach
    void close() {
        bell.close();
        catalog.close();
    }

    private Fanout fanout(Payloads payloads) {
        return new Fanout(known, payloads, queue, bell, UUID::randomUUID);
    }

    /** Bodies as a function of the event. */
    private record Written(Function<Event, Optional<String>> bodies) implements Payloads {
        @Override
        public Optional<String> of(Event event, Webhook to) {
            return bodies.apply(event);
        }

        @Override
        public String ping(Webhook to) {
            return "{}";
        }
    }

    private Webhook subscribe(int number, Set<EventKind> kinds, Webhook.Scope scope) {
        Webhook all = Known.webhook(number, URL);
        return known.add(new Webhook(
                all.id(), all.url(), all.server(), all.secret(), kinds, scope, all.owner(), all.createdAt()));
    }

    private List<Delivery> deliveries(Webhook to) {
        return queue.of(to.id(), Optional.empty(), ALL).items().reversed();
    }

    private List<Long> told(Webhook to) {
        return deliveries(to).stream().map(Delivery::event).toList();
    }

    private static List<Event> events(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> Known.event(number, number % 3))
                .toList();
    }

    private Optional<Long> position() {
        return catalog.events().position(Fanout.FOLLOWER);
    }

    @Test
    void eachIsToldOfWhatItWants() {
        Set<EventKind> created = EnumSet.of(EventKind.PROMPT_CREATED);
        Webhook everything = subscribe(1, created, new Webhook.Scope.Everything());
        Webhook other = subscribe(2, EnumSet.of(EventKind.PUSH), new Webhook.Scope.Everything());
        PromptId prompt = Known.prompt(1);
        Webhook one = subscribe(3, created, new Webhook.Scope.OfPrompt(prompt));
        Webhook namespace = subscribe(4, created, new Webhook.Scope.OfNamespace(Namespace.DEFAULT));
        Webhook foreign = subscribe(5, created, new Webhook.Scope.OfNamespace(new Namespace("elsewhere")));

        fanout(known).tell(events(1, 6));

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), told(everything));
        assertEquals(List.of(), told(other));
        assertEquals(List.of(1L, 4L), told(one));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), told(namespace));
        assertEquals(List.of(), told(foreign));
        assertEquals(Optional.of(6L), position());
        assertEquals(Optional.of(prompt), deliveries(one).getFirst().prompt());
        assertEquals("prompt.created", deliveries(one).getFirst().kind());
    }

    @Test
    void theSameEventsTwiceLeadToOneDeliveryEach() {
        Webhook hook = known.add(Known.webhook(1, URL));
        fanout(known).tell(events(1, 6));
        List<UUID> ids = deliveries(hook).stream().map(Delivery::id).toList();

        fanout(known).tell(events(1, 6));
        fanout(known).tell(events(4, 8));

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), told(hook));
        assertEquals(ids, deliveries(hook).stream().map(Delivery::id).limit(6).toList());
        assertEquals(Optional.of(8L), position());
    }

    @Test
    void whatIsNothingToTellIsNotTold() {
        Webhook hook = known.add(Known.webhook(1, URL));

        fanout(new Written(event -> Optional.of("{}").filter(body -> event.number() % 2 == 0)))
                .tell(events(1, 4));

        assertEquals(List.of(2L, 4L), told(hook));
        assertEquals(Optional.of(4L), position());
    }

    @Test
    void withoutSubscribersEventsArePassed() {
        fanout(known).tell(events(1, 4));

        assertEquals(Optional.of(4L), position());
        assertEquals(0, queue.waiting());
    }

    @Test
    void muchAtOnceIsAddedInParts() {
        Webhook hook = known.add(Known.webhook(1, URL));
        String large = "\"" + "é".repeat(DeliveryQueue.BODY_BYTES_MAX / 2 - 1) + "\"";
        String tooLarge = large + " ";

        fanout(new Written(event -> Optional.of(event.number() == 7 ? tooLarge : large)))
                .tell(events(1, 20));

        assertEquals(19, told(hook).size());
        assertEquals(List.of(6L, 8L), told(hook).subList(5, 7));
        assertEquals(Optional.of(20L), position());
    }

    @Test
    void whatCannotBeWrittenIsTriedAgainAndDoesNotHoldTheRestUpForEver() {
        Webhook hook = known.add(Known.webhook(1, URL));
        AtomicInteger tries = new AtomicInteger();
        Fanout fanout = fanout(new Written(event -> {
            if (event.number() == 2) {
                tries.incrementAndGet();
                throw new IllegalStateException("a broken prompt");
            }
            return Optional.of("{}");
        }));
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = 1; i < Fanout.TRIES_MAX; i++) {
            failures.add(assertThrows(IllegalStateException.class, () -> fanout.tell(events(1, 3))));
        }
        assertEquals(Optional.empty(), position());

        fanout.tell(events(1, 3));

        assertEquals(Fanout.TRIES_MAX, tries.get());
        assertEquals(Fanout.TRIES_MAX - 1, failures.size());
        assertEquals(List.of(1L, 3L), told(hook));
        assertEquals(Optional.of(3L), position());
    }

    @Test
    void whatWaitsForTheIndexIsTriedForAsLongAsItTakes() {
        Webhook hook = known.add(Known.webhook(1, URL));
        AtomicInteger tries = new AtomicInteger();
        Fanout fanout = fanout(new Written(event -> {
            if (tries.incrementAndGet() <= 3 * Fanout.TRIES_MAX) {
                throw new PromptException(new Problem.Starting());
            }
            return Optional.of("{}");
        }));

        for (int i = 0; i < 3 * Fanout.TRIES_MAX; i++) {
            assertThrows(PromptException.class, () -> fanout.tell(events(1, 1)));
        }
        fanout.tell(events(1, 1));

        assertEquals(List.of(1L), told(hook));
    }
}
