package dev.versicle.prompt;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A subscription: where to tell of what.
 *
 * @param id 12 lower-case hex digits
 * @param url where events are posted to
 * @param server the address that people call this server by, without a slash at its end: in what is sent, links begin
 *     with it
 * @param secret what deliveries are signed with
 * @param events at least one kind
 * @param owner who made it: it tells of no prompt that its owner may not read
 */
public record Webhook(
        String id,
        String url,
        String server,
        Secret secret,
        Set<EventKind> events,
        Scope scope,
        Caller owner,
        Instant createdAt) {
    public Webhook {
        events = Set.copyOf(events);
    }

    /** The prompts that it tells of. */
    public sealed interface Scope {
        record OfPrompt(PromptId id) implements Scope {}

        record OfNamespace(Namespace namespace) implements Scope {}

        record Everything() implements Scope {}
    }

    /** Whether it is about such events of such a prompt; whether its owner may read that is another question. */
    public boolean wants(Event event) {
        return events.contains(event.kind())
                && switch (scope) {
                    case Scope.OfPrompt one -> one.id().equals(event.prompt().id());
                    case Scope.OfNamespace all ->
                        all.namespace().equals(event.prompt().namespace());
                    case Scope.Everything ignored -> true;
                };
    }

    /** The one prompt that it is about, where it is about one. */
    public Optional<PromptId> prompt() {
        return scope instanceof Scope.OfPrompt one ? Optional.of(one.id()) : Optional.empty();
    }
}
