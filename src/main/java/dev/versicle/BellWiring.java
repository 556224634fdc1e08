package dev.versicle;

import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.egress.Egress;
import dev.versicle.metrics.WebhookMeters;
import dev.versicle.notify.Bell;
import dev.versicle.notify.Courier;
import dev.versicle.notify.Fanout;
import dev.versicle.notify.Pace;
import dev.versicle.notify.Retries;
import dev.versicle.notify.RingingDeliveries;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.Payloads;
import dev.versicle.prompt.Webhooks;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** How the bell hangs: what tells subscribers of events is made of what. */
@Factory
final class BellWiring {
    static final String FOLLOWER = Fanout.FOLLOWER;

    private static final String AGENT = "Versicle"
            + Optional.ofNullable(BellWiring.class.getPackage().getImplementationVersion())
                    .map(version -> "/" + version)
                    .orElse("");

    @Singleton
    DeliveryQueue deliveryQueue(SqliteCatalog catalog) {
        return catalog.deliveries();
    }

    @Singleton
    Pace pace() {
        return Pace.USUAL;
    }

    @Singleton
    Courier courier(Egress egress, Pace pace, InstantSource clock) {
        return new Courier(egress, AGENT, clock, pace);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Bell bell(DeliveryQueue queue, Webhooks webhooks, Courier courier, Retries retries, InstantSource clock) {
        return new Bell(queue, webhooks, courier, retries, clock);
    }

    @Singleton
    Retries retries(Pace pace, SecureRandom random) {
        return new Retries(pace, random);
    }

    /** Meters are hung up early in a start; the bell is not rung before its end. */
    @Singleton
    WebhookMeters webhookMeters(BeanProvider<Bell> bell, BeanProvider<DeliveryQueue> queue) {
        return new WebhookMeters(
                () -> bell.get().delivered(),
                () -> bell.get().failed(),
                () -> bell.get().parked(),
                () -> queue.get().waiting());
    }

    @Singleton
    RingingDeliveries deliveries(DeliveryQueue queue, Payloads payloads, Bell bell) {
        return new RingingDeliveries(queue, payloads, bell, UUID::randomUUID);
    }

    @Singleton
    Fanout fanout(Webhooks webhooks, Payloads payloads, DeliveryQueue queue, Bell bell) {
        return new Fanout(webhooks, payloads, queue, bell, UUID::randomUUID);
    }

    @Singleton
    @Named(FOLLOWER)
    @Bean(preDestroy = "close")
    Follower webhooksFollower(EventFeed feed, EventLog events, Fanout fanout) {
        return new Follower(FOLLOWER, feed, events, fanout::tell);
    }
}
