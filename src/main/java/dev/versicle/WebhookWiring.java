package dev.versicle;

import dev.versicle.egress.Egress;
import dev.versicle.git.GitSystem;
import dev.versicle.git.GitWebhooks;
import dev.versicle.git.Seal;
import dev.versicle.http.ServerAddress;
import dev.versicle.notify.GuardedTargets;
import dev.versicle.notify.PayloadWriter;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Deliveries;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.WebhookDesk;
import dev.versicle.prompt.WebhookRules;
import dev.versicle.prompt.WebhookTargets;
import dev.versicle.prompt.Webhooks;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** {@link Wiring}'s part for who is told of events: what they subscribe by, and what they are told. */
@Factory
final class WebhookWiring {
    @Singleton
    ServerAddress address(Settings settings, HttpHostResolver hosts) {
        return new ServerAddress(settings.url(), hosts);
    }

    @Singleton
    GitWebhooks webhooks(GitSystem system, Seal seal) {
        return system.webhooks(seal);
    }

    @Singleton
    GuardedTargets targets(Egress egress) {
        return new GuardedTargets(egress);
    }

    @Singleton
    WebhookRules rules(Prompts prompts, WebhookTargets targets) {
        return new WebhookRules(prompts, targets);
    }

    @Singleton
    WebhookDesk webhookDesk(
            Webhooks webhooks, Deliveries deliveries, WebhookRules rules, InstantSource clock, SecureRandom random) {
        return new WebhookDesk(webhooks, deliveries, rules, clock, random);
    }

    @Singleton
    PayloadWriter payloads(Prompts prompts, BranchDesk branches, Settings settings) {
        return new PayloadWriter(prompts, branches, settings.url());
    }
}
