package dev.versicle.notify;

import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.Delivery.Attempt;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.DeliveryQueue.Due;
import dev.versicle.prompt.DeliveryQueue.Result;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what is due sent. One task looks after whoever it is told of, or whose next delivery has come due, and rests
 * otherwise; each attempt has a thread of its own, and each subscriber so many of them and no more, so that one who is
 * slow takes nothing from another.
 *
 * <p>The queue is the only memory: an attempt that did not get to its result, as when the process is killed, is made
 * again. That no letter is sent twice at once rests on there being one bell for a queue.
 */
public final class Bell implements AutoCloseable {
    /** To one subscriber. */
    static final int AT_ONCE_MAX = 4;

    /** How long a stop waits for the attempts under way. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

    private final DeliveryQueue queue;
    private final Webhooks webhooks;
    private final Courier courier;
    private final Retries retries;
    private final InstantSource clock;
    private final Agenda agenda;
    private final UnderWay underWay = new UnderWay();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder parked = new LongAdder();
    private final Thread task;
    private volatile boolean closing;
    private volatile boolean brokenOff;

    /** Begins at once with what an earlier run left. */
    public Bell(DeliveryQueue queue, Webhooks webhooks, Courier courier, Retries retries, InstantSource clock) {
        this.queue = queue;
        this.webhooks = webhooks;
        this.courier = courier;
        this.retries = retries;
        this.clock = clock;
        this.agenda = new Agenda(clock);
        queue.subscribers().forEach(agenda::now);
        this.task = Thread.ofVirtual().name("bell").start(this::lookForEver);
    }

    /** Attempts that were answered with a 2xx, since the start. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that were not. */
    public long failed() {
        return failed.sum();
    }

    /** Deliveries given up since the start, but for those of one attempt. */
    public long parked() {
        return parked.sum();
    }

    /** Says that there may be something new for a subscriber, or that it is gone. */
    void ring(String webhook) {
        agenda.now(webhook);
    }

    /** Says that the clock was put forward. */
    void wake() {
        agenda.wake();
    }

    private void lookForEver() {
        try {
            while (!closing) {
                String webhook = agenda.next();
                if (!lookedAfter(webhook)) {
                    agenda.at(webhook, clock.instant().plus(PAUSE_AFTER_FAILURE));
                }
            }
        } catch (InterruptedException e) {
            // The server stops; the next start goes on.
        }
    }

    private boolean lookedAfter(String webhook) {
        try {
            webhooks.find(webhook).ifPresentOrElse(this::lookAfter, () -> queue.forget(webhook));
            return true;
        } catch (RuntimeException e) {
            LOG.error("Webhook {}: what is due could not be found, and is looked for again", webhook, e);
            return false;
        }
    }

    private void lookAfter(Webhook to) {
        Instant now = clock.instant();
        // Before the queue is asked, not after: what ends in between may be in its answer, and would be sent twice. Its
        // end has somebody look again.
        Set<UUID> sent = underWay.to(to.id());
        int free = AT_ONCE_MAX - sent.size();
        if (free > 0) {
            queue.due(to.id(), now, AT_ONCE_MAX).stream()
                    .filter(due -> !sent.contains(due.letter().id()))
                    .limit(free)
                    .forEach(due -> underWay.start(to.id(), due.letter().id(), () -> attempt(due, to)));
        }
        queue.next(to.id(), now).ifPresent(moment -> agenda.at(to.id(), moment));
    }

    private void attempt(Due due, Webhook to) {
        UUID id = due.letter().id();
        try {
            Attempt attempt = courier.deliver(due, to);
            if (!brokenOff) {
                ended(due, attempt);
            }
        } catch (RuntimeException e) {
            LOG.error("Webhook {}: delivery {} has no result, and is made again", to.id(), id, e);
            pause();
        } finally {
            underWay.end(to.id(), id);
            agenda.now(to.id());
        }
    }

    private void ended(Due due, Attempt attempt) {
        Result result = retries.judge(due, attempt);
        // First: whoever sees the result finds it counted.
        (result.status() == Delivery.Status.DELIVERED ? delivered : failed).increment();
        queue.attempted(result);
        String webhook = due.letter().webhook();
        Optional<Integer> status = attempt.status();
        LOG.debug(
                "Webhook {}: delivery {}, attempt {}: {} in {} ms",
                webhook,
                result.delivery(),
                attempt.number(),
                status.map(String::valueOf).orElse("no answer"),
                attempt.took().toMillis());
        // Whoever asked for a single attempt looks after it.
        if (result.status() == Delivery.Status.PARKED && !due.once()) {
            parked.increment();
            LOG.warn("Webhook {}: delivery {} is parked, at attempt {}", webhook, result.delivery(), attempt.number());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            // The server stops.
        }
    }

    /** Lets attempts under way end for a while; those that do not are made again by the next start. */
    @Override
    public void close() {
        closing = true;
        task.interrupt();
        try {
            task.join();
            if (!underWay.awaitNone(GRACE)) {
                brokenOff = true;
                underWay.breakOff(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
