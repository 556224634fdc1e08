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
            return known != null && known.holds(event, now) ? known : new Found(read(id), last, now);
        });
    }

    private Audience read(PromptId id) {
        try (PromptRepository prompt = store.open(id)) {
            PromptSettings settings = prompt.settings();
            return new Audience.Readers(settings.namespace(), settings.access());
        } catch (PromptException e) {
            return new Audience.FormerReaders(log.deletion(id));
        } catch (UncheckedIOException e) {
            // Nobody reads a broken prompt, and it must not end the streams of those who follow others.
            return new Audience.FormerReaders(Optional.empty());
        }
    }
}
