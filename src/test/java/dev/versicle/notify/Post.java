package dev.versicle.notify;

import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.egress.AddressRange;
import dev.versicle.egress.AddressRules;
import dev.versicle.egress.Egress;
import dev.versicle.egress.Names;
import dev.versicle.egress.SystemNames;
import dev.versicle.prompt.Deliveries;
import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.Webhook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The bell with all that hangs on it, over a queue on the disk; it may call this machine. */
final class Post implements AutoCloseable {
    /** Tries again at once, and for ever. */
    static final Pace QUICK =
            new Pace(Duration.ofMinutes(1), Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofDays(1));

    static final Names NAMES = new SystemNames();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final AddressRules HERE =
            new AddressRules(List.of(AddressRange.parse("127.0.0.1").orElseThrow()));

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final Known known;
    private final SqliteCatalog catalog;
    private final DeliveryQueue queue;
    private final Bell bell;
    private final Fanout fanout;
    private final Deliveries deliveries;

    Post(Path file, Known known, Pace pace, Names names) {
        this.known = known;
        this.catalog = SqliteCatalog.open(file, clock);
        this.queue = catalog.deliveries();
        Courier courier = new Courier(new Egress(HERE, names), "Versicle/test", clock, pace);
        Retries retries = new Retries(pace, RandomGenerator.getDefault());
        this.bell = new Bell(queue, known, courier, retries, clock);
        this.fanout = new Fanout(known, known, queue, bell, UUID::randomUUID);
        this.deliveries = new RingingDeliveries(queue, known, bell, UUID::randomUUID);
    }

    static Post quick(Path file) {
        return new Post(file, new Known(), QUICK, NAMES);
    }

    Webhook subscribe(int number, String url) {
        return known.add(Known.webhook(number, url));
    }

    /** Tells of one event after the other: the first of prompt 0, the next of prompt 1, and so on in turn. */
    void tell(int events, int prompts) {
        fanout.tell(IntStream.rangeClosed(1, events)
                .mapToObj(number -> Known.event(number, number % prompts))
                .toList());
    }

    Known known() {
        return known;
    }

    Bell bell() {
        return bell;
    }

    Fanout fanout() {
        return fanout;
    }

    DeliveryQueue queue() {
        return queue;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    void pass(Duration time) {
        ahead.accumulateAndGet(time, Duration::plus);
        bell.wake();
    }

    List<Delivery> deliveries(Webhook to) {
        return deliveries.of(to.id(), Optional.empty(), 10_000).items();
    }

    /** The only one to this subscriber, as soon as it is as wanted. */
    Delivery await(Webhook to, Predicate<Delivery> wanted) {
        awaitAll(to, wanted);
        return deliveries(to).getFirst();
    }

    /** Waits until every delivery to this subscriber is as wanted. */
    void awaitAll(Webhook to, Predicate<Delivery> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!deliveries(to).stream().allMatch(wanted)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(deliveries(to).toString());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static boolean delivered(Delivery delivery) {
        return delivery.status() == Delivery.Status.DELIVERED;
    }

    static boolean parked(Delivery delivery) {
        return delivery.status() == Delivery.Status.PARKED;
    }

    static boolean tried(Delivery delivery) {
        return delivery.attempts() > 0;
    }

    @Override
    public void close() {
        bell.close();
        catalog.close();
    }
}
