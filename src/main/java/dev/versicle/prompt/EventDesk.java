package dev.versicle.prompt;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be asked of the events of all prompts, by whom. Who may read a prompt sees what happens to it; once it is
 * deleted, who could read it then, the members of its namespace and administrators.
 */
public final class EventDesk {
    /** That are looked at in one step. */
    public static final int EVENTS_MAX = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Prompts prompts;
    private final EventFeed feed;
    private final Audiences audiences;

    public EventDesk(Prompts prompts, PromptStore store, EventFeed feed, EventLog log, InstantSource clock) {
        this.prompts = prompts;
        this.feed = feed;
        this.audiences = new Audiences(store, log, clock);
    }

    /**
     * Which events are wanted: those of one prompt, of one namespace, of some kinds, all at once.
     *
     * @param kinds none for all
     */
    public record Filter(Optional<PromptId> prompt, Optional<Namespace> namespace, Set<EventKind> kinds) {
        public Filter {
            kinds = Set.copyOf(kinds);
        }

        boolean takes(Event event) {
            return event.kind().told()
                    && (kinds.isEmpty() || kinds.contains(event.kind()))
                    && prompt.map(event.prompt().id()::equals).orElse(true)
                    && namespace.map(event.prompt().namespace()::equals).orElse(true);
        }
    }

    /** What there is behind a mark, and the mark to go on from. */
    public sealed interface Heard {
        EventMark mark();

        /** These events, oldest first; none where there are none, or none for this caller. */
        record Told(List<Event> events, EventMark mark) implements Heard {
            public Told {
                events = List.copyOf(events);
            }
        }

        /** What came behind the mark cannot be told: it is kept no more, or the log is another one. */
        record Missed(EventMark mark) implements Heard {}
    }

    /** Throws where the caller may not read the prompt that is asked for, and {@link Problem.Starting}. */
    public void require(Caller caller, Filter filter) {
        filter.prompt().ifPresent(id -> prompts.require(caller, id, Right.READ));
        boolean known;
        try {
            known = feed.await(-1, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            known = false;
        }
        if (!known) {
            throw new PromptException(new Problem.Starting());
        }
    }

    /** The place behind all events until now, for which it waits to be durable. */
    public EventMark now() {
        try {
            return new EventMark(feed.epoch(), feed.now(PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return durable();
        }
    }

    private EventMark durable() {
        return new EventMark(feed.epoch(), feed.told());
    }

    /** What the caller may know of the next events behind the mark; of at most {@link #EVENTS_MAX}. */
    public Heard after(Caller caller, Filter filter, EventMark mark) {
        EventMark now = durable();
        if (!mark.epoch().equals(now.epoch())) {
            return new Heard.Missed(now);
        }
        return feed.since(mark.number(), EVENTS_MAX)
                .<Heard>map(events -> told(caller, filter, events, mark))
                .orElseGet(() -> new Heard.Missed(now));
    }

    private Heard.Told told(Caller caller, Filter filter, List<Event> events, EventMark mark) {
        if (events.isEmpty()) {
            return new Heard.Told(events, mark);
        }
        long last = feed.told();
        List<Event> wanted = events.stream()
                .filter(filter::takes)
                .filter(event -> audiences.of(event, last).includes(caller, event))
                .toList();
        return new Heard.Told(
                wanted, new EventMark(mark.epoch(), events.getLast().number()));
    }

    /** Waits until something is behind the mark; false where that takes longer than {@code patience}. */
    public boolean await(EventMark mark, Duration patience) throws InterruptedException {
        return feed.await(mark.number(), patience);
    }
}
