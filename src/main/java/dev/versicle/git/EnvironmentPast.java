package dev.versicle.git;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Pointed;
import dev.versicle.prompt.PromptIndex.PromptEntry;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Finds what environments were when an event had happened, and no later one: what the index and the prompts say now,
 * less what the log says happened since.
 */
final class EnvironmentPast {
    private static final int PAGE = 1_000;
    private static final int MOVES_MAX = 10_000;

    private final Workshop shop;
    private final EventLog log;
    private final PromptSources sources;

    EnvironmentPast(Workshop shop, EventLog log) {
        this.shop = shop;
        this.log = log;
        this.sources = new PromptSources(shop.repositories(), shop.index());
    }

    /**
     * A prompt that an environment points to.
     *
     * @param since how many moves of this pointer came later
     */
    record Standing(PromptId id, PromptName name, Environment.Target target, int since) {}

    /** The prompts of an environment after the event {@code number}, by name. */
    List<Standing> at(EnvironmentPlace place, long number) throws IOException {
        Map<PromptId, Standing> all = new HashMap<>();
        for (Pointed prompt : shop.index().pointing(place.namespace(), place.environment())) {
            all.put(prompt.id(), new Standing(prompt.id(), prompt.name(), prompt.target(), 0));
        }
        // Only now: whatever the index knew has its event by then.
        for (Map.Entry<PromptId, List<Event>> prompt : since(number).entrySet()) {
            all.remove(prompt.getKey());
            before(prompt.getKey(), prompt.getValue(), place, number)
                    .ifPresent(standing -> all.put(prompt.getKey(), standing));
        }
        SortedMap<String, Standing> sorted = new TreeMap<>();
        all.values().forEach(standing -> sorted.put(standing.name().text(), standing));
        return List.copyOf(sorted.values());
    }

    /** What happened later to each prompt, oldest first, so far as it counts here. */
    private Map<PromptId, List<Event>> since(long number) {
        Map<PromptId, List<Event>> all = new LinkedHashMap<>();
        List<Event> page = log.after(number, PAGE);
        while (!page.isEmpty()) {
            for (Event event : page) {
                if (counts(event.fact())) {
                    all.computeIfAbsent(event.prompt().id(), id -> new ArrayList<>())
                            .add(event);
                }
            }
            page = log.after(page.getLast().number(), PAGE);
        }
        return all;
    }

    private static boolean counts(Event.Fact fact) {
        return switch (fact) {
            case Event.EnvironmentMoved ignored -> true;
            case Event.Created ignored -> true;
            case Event.Deleted ignored -> true;
            case Event.Renamed ignored -> true;
            case Event.Pushed ignored -> false;
            case Event.VersionCreated ignored -> false;
            case Event.MetadataChanged ignored -> false;
        };
    }

    /** What a prompt was before these events, which are those after {@code number}, where it was in the environment. */
    private Optional<Standing> before(PromptId id, List<Event> events, EnvironmentPlace place, long number)
            throws IOException {
        boolean existed = events.stream()
                .map(Event::fact)
                .filter(fact -> fact instanceof Event.Created || fact instanceof Event.Deleted)
                .findFirst()
                .map(Event.Deleted.class::isInstance)
                .orElse(true);
        Event.Place first = events.getFirst().prompt();
        Event.Place then = events.stream()
                .map(Event::fact)
                .filter(Event.Renamed.class::isInstance)
                .map(Event.Renamed.class::cast)
                .map(renamed -> new Event.Place(id, renamed.namespace(), renamed.name()))
                .findFirst()
                .orElse(first);
        return existed && then.namespace().equals(place.namespace())
                ? Optional.ofNullable(pointers(id, then.name(), number).get(place.environment()))
                : Optional.empty();
    }

    /** Where the environments of a prompt pointed when it had this event's name, at the event. */
    Map<EnvironmentName, Standing> at(Event event) throws IOException {
        return pointers(event.prompt().id(), event.prompt().name(), event.number());
    }

    /** Where they pointed after the event {@code number}. */
    private Map<EnvironmentName, Standing> pointers(PromptId id, PromptName name, long number) throws IOException {
        Map<EnvironmentName, Standing> then = new TreeMap<>();
        sources.read(id, git -> told(id, git))
                .orElse(Collections.emptySortedMap())
                .forEach((environment, pointer) -> then.put(environment, new Standing(id, name, pointer.target(), 0)));
        // Only now: whatever was told has its event by then.
        moves(log.of(id, number, MOVES_MAX)).forEach((environment, later) -> {
            then.remove(environment);
            later.getFirst()
                    .from()
                    .ifPresent(target -> then.put(environment, new Standing(id, name, target, later.size())));
        });
        return then;
    }

    /** Where events told that a prompt's environments point: it may have moved already when there is no event yet. */
    private SortedMap<EnvironmentName, Pointer> told(PromptId id, Repository git) throws IOException {
        EnvironmentReader reader = new EnvironmentReader(shop, id, git);
        // First: it cannot move before the index has adopted it.
        ObjectId tip = reader.tip();
        Optional<String> told = shop.index().prompt(id).flatMap(PromptEntry::environments);
        return reader.at(told.map(Truths::parse).orElse(tip));
    }

    private static Map<EnvironmentName, List<Environment.Move>> moves(List<Event> events) {
        Map<EnvironmentName, List<Environment.Move>> moves = new HashMap<>();
        for (Event event : events) {
            if (event.fact() instanceof Event.EnvironmentMoved moved) {
                moves.computeIfAbsent(moved.environment(), ignored -> new ArrayList<>())
                        .add(moved.move());
            }
        }
        return moves;
    }

    /** Gives {@code work} the prompt as it is to be listed, and its files; false where it has gone for good. */
    boolean read(EnvironmentName environment, Standing standing, Work work) throws IOException {
        return sources.read(standing.id(), git -> {
                    Listed listed = new Listed(
                            standing.id(), standing.name(), standing.target(), moved(git, environment, standing));
                    return read(git, listed, work);
                })
                .orElse(false);
    }

    /** Gives {@code work} the files of a prompt where it points; false where it has gone for good. */
    boolean read(Listed listed, Work work) throws IOException {
        return sources.read(listed.id(), git -> read(git, listed, work)).orElse(false);
    }

    /** What is done with a prompt's files. */
    @FunctionalInterface
    interface Work {
        void with(Listed listed, PromptTree files) throws IOException;
    }

    private boolean read(Repository git, Listed listed, Work work) throws IOException {
        try (ObjectReader reader = git.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(
                    ObjectId.fromString(listed.target().commit().hex()));
            work.with(listed, new PromptTree(reader, commit.getTree()));
            return true;
        }
    }

    /** The move that brought a pointer where it was. */
    private Environment.Moved moved(Repository git, EnvironmentName environment, Standing standing) throws IOException {
        EnvironmentReader reader = new EnvironmentReader(shop, standing.id(), git);
        Optional<Pointer> now = reader.find(environment);
        if (standing.since() == 0
                && now.map(Pointer::target).filter(standing.target()::equals).isPresent()) {
            return now.orElseThrow().moved();
        }
        try (EnvironmentHistory history = new EnvironmentHistory(git, environment, reader.tip())) {
            return history.page(Optional.empty(), MOVES_MAX).items().stream()
                    .skip(standing.since())
                    .filter(move -> move.to().filter(standing.target()::equals).isPresent())
                    .map(Environment.Move::moved)
                    .findFirst()
                    .orElseGet(() -> new Environment.Moved(EnvironmentCommit.SERVER, shop.now(), Optional.empty()));
        }
    }
}
