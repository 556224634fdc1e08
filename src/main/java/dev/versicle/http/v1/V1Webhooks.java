package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.WebhookDesk;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Optional;

/** What is told of webhooks and deliveries, never a secret; every field is always there, and null where it is unset. */
final class V1Webhooks {
    private V1Webhooks() {}

    /** A subscription; neither {@code prompt} nor {@code namespace} is one to all prompts. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record WebhookJson(
            String id,
            String url,
            List<String> events,
            Optional<String> prompt,
            Optional<String> namespace,
            String createdBy,
            String createdAt) {
        static WebhookJson of(Webhook webhook) {
            return new WebhookJson(
                    webhook.id(),
                    webhook.url(),
                    webhook.events().stream().map(EventKind::text).sorted().toList(),
                    webhook.prompt().map(PromptId::hex),
                    namespace(webhook.scope()),
                    webhook.owner().subject(),
                    Timestamps.text(webhook.createdAt()));
        }

        private static Optional<String> namespace(Webhook.Scope scope) {
            return switch (scope) {
                case Webhook.Scope.OfNamespace all ->
                    Optional.of(all.namespace().text());
                case Webhook.Scope.OfPrompt ignored -> Optional.empty();
                case Webhook.Scope.Everything ignored -> Optional.empty();
            };
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record WebhooksJson(List<WebhookJson> items) {
        static WebhooksJson of(List<Webhook> webhooks) {
            return new WebhooksJson(webhooks.stream().map(WebhookJson::of).toList());
        }
    }

    /** An event on its way to a subscriber; status and milliseconds are those of the last attempt. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DeliveryJson(
            String id,
            String event,
            Optional<String> prompt,
            String status,
            int attempts,
            Optional<Integer> responseStatus,
            Optional<Long> durationMs,
            Optional<String> nextAttemptAt) {
        static DeliveryJson of(Delivery delivery) {
            return new DeliveryJson(
                    delivery.id().toString(),
                    delivery.kind(),
                    delivery.prompt().map(PromptId::hex),
                    delivery.status().text(),
                    delivery.attempts(),
                    delivery.last().flatMap(Delivery.Attempt::status),
                    delivery.last().map(attempt -> attempt.took().toMillis()),
                    delivery.nextAttemptAt().map(Timestamps::text));
        }
    }

    /** A part of a subscription's deliveries, newest first; {@code nextCursor} is null where nothing follows. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DeliveriesJson(List<DeliveryJson> items, Optional<String> nextCursor) {
        static DeliveriesJson of(Delivery.Part part) {
            return new DeliveriesJson(
                    part.items().stream().map(DeliveryJson::of).toList(),
                    part.next().map(Cursor::to));
        }
    }

    /** An attempt; {@code answer} is the beginning of what was answered, or why nothing was. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record AttemptJson(int number, String at, Optional<Integer> responseStatus, long durationMs, String answer) {
        static AttemptJson of(Delivery.Attempt attempt) {
            return new AttemptJson(
                    attempt.number(),
                    Timestamps.text(attempt.at()),
                    attempt.status(),
                    attempt.took().toMillis(),
                    attempt.answer());
        }
    }

    /** A delivery with the attempts at it, newest first, as many as are kept. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record TracedJson(@JsonUnwrapped DeliveryJson delivery, List<AttemptJson> log) {
        static TracedJson of(WebhookDesk.Traced traced) {
            return new TracedJson(
                    DeliveryJson.of(traced.delivery()),
                    traced.attempts().stream().map(AttemptJson::of).toList());
        }
    }
}
