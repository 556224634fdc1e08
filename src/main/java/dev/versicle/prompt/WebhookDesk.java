package dev.versicle.prompt;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Subscriptions to events, and what became of each delivery. One is seen and removed by who made it, by who owns the
 * prompt that it is for, and by administrators; for anybody else there is none.
 *
 * <p>One for a prompt that is deleted stays and is silent, until the prompt is back or somebody removes it.
 */
public final class WebhookDesk {
    /** How many there may be in all. */
    public static final int WEBHOOKS_MAX = 1_000;

    /** How many there may be for one prompt, and for one namespace as a whole. */
    public static final int PER_SCOPE_MAX = 20;

    private static final int ID_DIGITS = 12;

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final WebhookRules rules;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** So that two do not count the same last place as free; for this process, which is the only one. */
    private final ReentrantLock making = new ReentrantLock();

    public WebhookDesk(
            Webhooks webhooks, Deliveries deliveries, WebhookRules rules, InstantSource clock, RandomGenerator random) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.rules = rules;
        this.clock = clock;
        this.random = random;
    }

    /** Those that the caller may see, newest first. Looks at every one there is. */
    public List<Webhook> webhooks(Caller caller) {
        return rules.seen(caller, webhooks.all()).stream()
                .sorted(Comparator.comparing(Webhook::createdAt)
                        .thenComparing(Webhook::id)
                        .reversed())
                .toList();
    }

    /** Throws {@link Problem.WebhookNotFound}. */
    public Webhook webhook(Caller caller, String id) {
        return rules.seen(caller, webhooks.find(id).stream().toList()).stream()
                .findFirst()
                .orElseThrow(() -> new PromptException(new Problem.WebhookNotFound(id)));
    }

    /** Makes one; it counts when this returns, and a ping is on its way. */
    public Webhook create(Caller caller, NewWebhook wanted) {
        rules.require(caller, wanted);
        making.lock();
        try {
            requireRoom(wanted.scope());
            Webhook made = new Webhook(
                    freeId(),
                    wanted.url(),
                    wanted.server(),
                    wanted.secret(),
                    wanted.events(),
                    wanted.scope(),
                    caller,
                    clock.instant());
            webhooks.add(made, caller);
            deliveries.ping(made);
            return made;
        } finally {
            making.unlock();
        }
    }

    private void requireRoom(Webhook.Scope scope) {
        List<Webhook> all = webhooks.all();
        requireFewer(all.size(), WEBHOOKS_MAX, "");
        long alike = all.stream().filter(other -> other.scope().equals(scope)).count();
        switch (scope) {
            case Webhook.Scope.OfPrompt ignored -> requireFewer(alike, PER_SCOPE_MAX, "of this prompt ");
            case Webhook.Scope.OfNamespace ignored -> requireFewer(alike, PER_SCOPE_MAX, "of this namespace ");
            case Webhook.Scope.Everything ignored -> {}
        }
    }

    private static void requireFewer(long count, int max, String whose) {
        if (count >= max) {
            throw Texts.invalid("webhooks", whose + "are " + max + " already, which is as many as there may be");
        }
    }

    private String freeId() {
        return Stream.generate(() -> HexFormat.of().toHexDigits(random.nextLong(), ID_DIGITS))
                .filter(id -> webhooks.find(id).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Removes one with all that it was told; nothing is sent any more, but for what is being sent. */
    public void remove(Caller caller, String id) {
        Webhook webhook = webhook(caller, id);
        webhooks.remove(webhook.id(), caller);
        deliveries.forget(webhook.id());
    }

    /** A delivery and the attempts at it, newest first; as many as are kept. */
    public record Traced(Delivery delivery, List<Delivery.Attempt> attempts) {
        public Traced {
            attempts = List.copyOf(attempts);
        }
    }

    /** What one was told and is to be told, newest first, from {@code cursor} on; 1 to 100 at a time. */
    public Delivery.Part deliveries(Caller caller, String id, Optional<Long> cursor, int limit) {
        Page.Window window = new Page.Window(1, limit);
        return deliveries.of(webhook(caller, id).id(), cursor, window.limit());
    }

    /** Throws {@link Problem.DeliveryNotFound}. */
    public Traced delivery(Caller caller, String id, UUID delivery) {
        return new Traced(find(webhook(caller, id), delivery), deliveries.attempts(delivery));
    }

    /** Has something sent once more, under its own id; what is still to be sent is sent anyway. */
    public Delivery again(Caller caller, String id, UUID delivery) {
        Webhook webhook = webhook(caller, id);
        if (find(webhook, delivery).status() != Delivery.Status.PENDING) {
            deliveries.again(delivery);
        }
        return find(webhook, delivery);
    }

    /** Has a ping sent. */
    public Delivery ping(Caller caller, String id) {
        Webhook webhook = webhook(caller, id);
        return find(webhook, deliveries.ping(webhook));
    }

    private Delivery find(Webhook webhook, UUID id) {
        return deliveries
                .find(id)
                .filter(delivery -> delivery.webhook().equals(webhook.id()))
                .orElseThrow(() -> new PromptException(new Problem.DeliveryNotFound(id.toString())));
    }
}
