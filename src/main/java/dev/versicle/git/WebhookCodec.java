package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Webhook;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A subscription's file, in which the secret is as {@link Seal} wrote it. */
final class WebhookCodec {
    private static final String ID = "id";
    private static final String URL = "url";
    private static final String SERVER = "server";
    private static final String SEALED = "secret_sealed";
    private static final String EVENTS = "events";
    private static final String PROMPT = "prompt";
    private static final String NAMESPACE = "namespace";
    private static final String OWNER = "owner";
    private static final String CREATED_AT = "created_at";

    private WebhookCodec() {}

    static ObjectNode write(Webhook webhook, String sealed) {
        ObjectNode file = Json.object();
        file.put(ID, webhook.id());
        file.put(URL, webhook.url());
        file.put(SERVER, webhook.server());
        file.put(SEALED, sealed);
        ArrayNode events = file.putArray(EVENTS);
        webhook.events().stream().map(EventKind::text).sorted().forEach(events::add);
        switch (webhook.scope()) {
            case Webhook.Scope.OfPrompt one -> file.put(PROMPT, one.id().hex());
            case Webhook.Scope.OfNamespace all ->
                file.put(NAMESPACE, all.namespace().text());
            case Webhook.Scope.Everything ignored -> file.putNull(PROMPT);
        }
        CallerCodec.write(webhook.owner(), file.putObject(OWNER));
        file.put(CREATED_AT, Moments.write(webhook.createdAt()));
        return file;
    }

    /** Reads a file; {@code secret} opens what is sealed for an id. */
    static Webhook read(ObjectNode file, BiFunction<String, String, Secret> secret) throws IOException {
        try {
            String id = Json.require(file, ID);
            return new Webhook(
                    id,
                    Json.require(file, URL),
                    Json.require(file, SERVER),
                    secret.apply(id, Json.require(file, SEALED)),
                    events(file),
                    scope(file),
                    CallerCodec.read(file.path(OWNER)),
                    Moments.read(Json.require(file, CREATED_AT)).orElseThrow());
        } catch (PromptException | NoSuchElementException e) {
            throw new IOException("a webhook is not as this server writes it", e);
        }
    }

    private static Set<EventKind> events(ObjectNode file) {
        return StreamSupport.stream(file.path(EVENTS).spliterator(), false)
                .map(event -> EventKind.of(event.asText()))
                .collect(Collectors.toSet());
    }

    private static Webhook.Scope scope(ObjectNode file) {
        Optional<Webhook.Scope> prompt =
                Json.text(file, PROMPT).map(PromptId::parse).map(Webhook.Scope.OfPrompt::new);
        Optional<Webhook.Scope> namespace =
                Json.text(file, NAMESPACE).map(Namespace::new).map(Webhook.Scope.OfNamespace::new);
        return prompt.or(() -> namespace).orElseGet(Webhook.Scope.Everything::new);
    }
}
