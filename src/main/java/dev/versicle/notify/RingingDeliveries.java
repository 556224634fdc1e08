package dev.versicle.notify;

import dev.versicle.prompt.Deliveries;
import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.DeliveryQueue.Letter;
import dev.versicle.prompt.Payloads;
import dev.versicle.prompt.Webhook;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The queue as people see it; what they ask for is on its way when they are answered. */
public final class RingingDeliveries implements Deliveries {
    private final DeliveryQueue queue;
    private final Payloads payloads;
    private final Bell bell;
    private final Supplier<UUID> ids;

    public RingingDeliveries(DeliveryQueue queue, Payloads payloads, Bell bell, Supplier<UUID> ids) {
        this.queue = queue;
        this.payloads = payloads;
        this.bell = bell;
        this.ids = ids;
    }

    @Override
    public Delivery.Part of(String webhook, Optional<Long> cursor, int limit) {
        return queue.of(webhook, cursor, limit);
    }

    @Override
    public Optional<Delivery> find(UUID id) {
        return queue.find(id);
    }

    @Override
    public List<Delivery.Attempt> attempts(UUID id) {
        return queue.attempts(id);
    }

    @Override
    public void again(UUID id) {
        queue.again(id).ifPresent(bell::ring);
    }

    @Override
    public UUID ping(Webhook to) {
        UUID id = ids.get();
        queue.ping(new Letter(id, to.id(), Optional.empty(), Delivery.PING, 0, payloads.ping(to)));
        bell.ring(to.id());
        return id;
    }

    @Override
    public void forget(String webhook) {
        queue.forget(webhook);
        bell.ring(webhook);
    }
}
