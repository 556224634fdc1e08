package dev.versicle.notify;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Payloads;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.Webhooks;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Subscriptions kept in memory, bodies made of nothing, and events of no prompt, for the tests of this room. */
final class Known implements Webhooks, Payloads {
    static final Instant MOMENT = Instant.parse("2026-11-22T10:14:00Z");
    static final Secret SECRET = new Secret("a-secret-of-two-people");
    static final Caller OWNER =
            new Caller("ada", Optional.empty(), Optional.empty(), Namespace.DEFAULT, java.util.Set.of());

    private final Map<String, Webhook> webhooks = new ConcurrentSkipListMap<>();

    static Webhook webhook(int number, String url) {
        return new Webhook(
                "%012x".formatted(number),
                url,
                "https://versicle.example",
                SECRET,
                EnumSet.of(EventKind.PROMPT_CREATED),
                new Webhook.Scope.Everything(),
                OWNER,
                MOMENT);
    }

    static PromptId prompt(int number) {
        return new PromptId("%024x".formatted(number));
    }

    static Event event(long number, int prompt) {
        Event.Place place = new Event.Place(prompt(prompt), Namespace.DEFAULT, new PromptName("prompt " + prompt));
        return new Event(number, MOMENT, Optional.of("ada"), place, new Event.Created());
    }

    Webhook add(Webhook webhook) {
        webhooks.put(webhook.id(), webhook);
        return webhook;
    }

    @Override
    public Optional<Webhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    @Override
    public List<Webhook> all() {
        return List.copyOf(webhooks.values());
    }

    @Override
    public void add(Webhook webhook, Caller by) {
        add(webhook);
    }

    @Override
    public void remove(String id, Caller by) {
        webhooks.remove(id);
    }

    @Override
    public Optional<String> of(Event event, Webhook to) {
        return Optional.of("{\"event\": " + event.number() + ", \"to\": \"" + to.id() + "\"}");
    }

    @Override
    public String ping(Webhook to) {
        return "{\"hook\": \"" + to.id() + "\"}";
    }
}
