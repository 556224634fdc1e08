package dev.versicle.notify;

import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.DeliveryQueue.Letter;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Payloads;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a letter for each subscriber that wants to know of an event. It is written once and kept with its id, so that
 * every attempt sends the same bytes; and it is durable before the first attempt. Events that come twice lead to no
 * letter that is there already.
 */
public final class Fanout {
    /** By this name it follows the events. */
    public static final String FOLLOWER = "webhooks";

    /** How much is written at once, unless a single letter is longer. */
    private static final int BYTES_AT_ONCE_MAX = 8 << 20;

    /** An event whose letters cannot be written may be somebody's broken prompt: the others do not wait for ever. */
    static final int TRIES_MAX = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);

    private final Webhooks webhooks;
    private final Payloads payloads;
    private final DeliveryQueue queue;
    private final Bell bell;
    private final Supplier<UUID> ids;
    private long failing;
    private int tries;

    public Fanout(Webhooks webhooks, Payloads payloads, DeliveryQueue queue, Bell bell, Supplier<UUID> ids) {
        this.webhooks = webhooks;
        this.payloads = payloads;
        this.queue = queue;
        this.bell = bell;
        this.ids = ids;
    }

    /** Letters that are written but not in the queue yet. */
    private final class Bag {
        private final List<Letter> letters = new ArrayList<>();
        private final Set<String> subscribers = new LinkedHashSet<>();
        private long bytes;

        void put(Event event, Webhook to, String body) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            if (length > DeliveryQueue.BODY_BYTES_MAX) {
                LOG.error("Webhook {} is not told of event {}: {} bytes are too many", to.id(), event.number(), length);
                return;
            }
            letters.add(new Letter(
                    ids.get(),
                    to.id(),
                    Optional.of(event.prompt().id()),
                    event.kind().text(),
                    event.number(),
                    body));
            subscribers.add(to.id());
            bytes += length;
            if (bytes > BYTES_AT_ONCE_MAX) {
                queue.add(letters);
                empty();
            }
        }

        void end(long reached) {
            queue.add(letters, FOLLOWER, reached);
            empty();
        }

        private void empty() {
            subscribers.forEach(bell::ring);
            subscribers.clear();
            letters.clear();
            bytes = 0;
        }
    }

    /** Has everybody told of these events, in their order, and notes that they are. */
    public synchronized void tell(List<Event> events) {
        List<Webhook> all = webhooks.all();
        Bag bag = new Bag();
        for (Event event : events) {
            for (Webhook webhook : all) {
                if (webhook.wants(event)) {
                    body(event, webhook).ifPresent(body -> bag.put(event, webhook, body));
                }
            }
        }
        bag.end(events.getLast().number());
    }

    private Optional<String> body(Event event, Webhook to) {
        try {
            return payloads.of(event, to);
        } catch (RuntimeException e) {
            requireStarted(e);
            tries = failing == event.number() ? tries + 1 : 1;
            failing = event.number();
            if (tries < TRIES_MAX) {
                throw e;
            }
            LOG.error("Webhook {} is not told of event {}: it cannot be written", to.id(), event.number(), e);
            return Optional.empty();
        }
    }

    /** What waits for the index is worth any number of tries. */
    private static void requireStarted(RuntimeException failure) {
        if (failure instanceof PromptException e && e.problem() instanceof Problem.Starting) {
            throw failure;
        }
    }
}
