package dev.versicle.http.v1;

import dev.versicle.http.JsonBody;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewWebhook;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Webhook;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What clients send of webhooks. */
final class WebhookBodies {
    /** Java would read shorter ones, too. */
    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private WebhookBodies() {}

    /** {@code {url, secret, events[], prompt? | namespace?}}; {@code server} is what the client calls this server. */
    static NewWebhook webhook(byte[] bytes, String server) {
        JsonBody body = JsonBody.read(bytes);
        Set<EventKind> events =
                body.texts("events").stream().map(WebhookBodies::event).collect(Collectors.toSet());
        return new NewWebhook(
                body.required("url"), server, NewWebhook.secret(body.required("secret")), events, scope(body));
    }

    private static EventKind event(String name) {
        return EventKind.find(name).orElseThrow(() -> V1Json.invalid("events", "has none named " + name + rule()));
    }

    private static String rule() {
        return Arrays.stream(EventKind.values())
                .filter(EventKind::told)
                .map(EventKind::text)
                .collect(Collectors.joining(", ", "; there are ", ""));
    }

    private static Webhook.Scope scope(JsonBody body) {
        Optional<Webhook.Scope> prompt =
                body.text("prompt").map(PromptId::parse).map(Webhook.Scope.OfPrompt::new);
        Optional<Webhook.Scope> namespace =
                body.text("namespace").map(Namespace::new).map(Webhook.Scope.OfNamespace::new);
        if (prompt.isPresent() && namespace.isPresent()) {
            throw V1Json.invalid("namespace", "must not be there beside prompt");
        }
        return prompt.or(() -> namespace).orElseGet(Webhook.Scope.Everything::new);
    }

    /** The delivery that a path names. */
    static UUID delivery(String text) {
        if (!UUID_SHAPE.matcher(text).matches()) {
            throw new PromptException(new Problem.DeliveryNotFound(text));
        }
        return UUID.fromString(text);
    }
}
