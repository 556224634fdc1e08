package dev.versicle.prompt;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds out who may see events, once for all who follow them. What was found holds for {@link #REMEMBERED}, and not for
 * events that came after it: so whoever is denied a prompt is told no more of it after that time at the latest.
 */
final class Audiences {
    static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int PROMPTS_MAX = 1_000;

    private final PromptStore store;
    private final EventLog log;
    private final InstantSource clock;
    private final ConcurrentMap<PromptId, Found> found = new ConcurrentHashMap<>();

    /** Read at {@code at}, when events up to {@code number} were known. */
    private record Found(Audience audience, long number, Instant at) {
        boolean holds(Event event, Instant now) {
            return event.number() <= number && now.isBefore(at.plus(REMEMBERED));
        }
    }

    Audiences(PromptStore store, EventLog log, InstantSource clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /** The audience of an event; {@code last} is the newest event that is known. */
    Audience of(Event event, long last) {
        if (found.size() > PROMPTS_MAX) {
            found.clear();
        }
        PromptId id = event.prompt().id();
        Instant now = clock.instant();
        return Optional.ofNullable(found.get(id))
                .filter(known -> known.holds(event, now))
                .orElseGet(() -> read(event, last))
                .audience();
    }

    /** One thread reads; the others that want the same wait for it. */
    private Found read(Event event, long last) {
        return found.compute(event.prompt().id(), (id, known) -> {
            Instant now = clock.instant();
            return known != null && known.holds(event, now) ? known : found(read(event), last, now);
        });
    }

    /** A prompt may come back and be deleted again: of what came in between a deletion tells nothing. */
    private static Found found(Audience audience, long last, Instant now) {
        long number = audience instanceof Audience.FormerReaders former
                ? former.deletion().map(Event::number).orElse(last)
                : last;
        return new Found(audience, Math.min(number, last), now);
    }

    private Audience read(Event event) {
        Optional<Audience> known = known(event);
        if (known.isEmpty()) {
            // A prompt is gone before the log says so. Behind this the log does.
            store.index(event.prompt().id());
            known = known(event);
        }
        return known.orElse(Audience.FormerReaders.UNKNOWN);
    }

    /** Empty where the prompt is not there, and nothing is told of a deletion since the event. */
    private Optional<Audience> known(Event event) {
        PromptId id = event.prompt().id();
        try (PromptRepository prompt = store.open(id)) {
            PromptSettings settings = prompt.settings();
            return Optional.of(new Audience.Readers(settings.namespace(), settings.access()));
        } catch (PromptException e) {
            return log.deletion(id)
                    .filter(deletion -> deletion.number() >= event.number())
                    .map(deletion -> new Audience.FormerReaders(Optional.of(deletion)));
        } catch (UncheckedIOException e) {
            // Nobody reads a broken prompt, and it must not end the streams of those who follow others.
            return Optional.of(Audience.FormerReaders.UNKNOWN);
        }
    }
}
