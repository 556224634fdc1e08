package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.EnvironmentRepositories;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Namespaces;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Progress;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.Wire;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the repositories of environments up to the events. Each event that moves, brings, renames or takes away a
 * prompt is one commit in each repository that it concerns.
 */
public final class GitEnvironments implements EnvironmentRepositories {
    /** Who follows the events for this, by its name in their log. */
    public static final String FOLLOWER = "gitops";

    private static final Logger LOG = LoggerFactory.getLogger(GitEnvironments.class);
    /** For how long a client waits for moves that are acknowledged; then it sees those that there are. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int SNAPSHOT_BYTES = 1 << 20;

    private final Workshop shop;
    private final EventLog log;
    private final EnvironmentPast past;
    private final GeneratedRepository.Bench bench;
    private final Progress followed = new Progress(0);
    private final EnvironmentShelves shelves;

    public GitEnvironments(
            Repositories repositories, PromptIndex index, EventLog log, Namespaces namespaces, InstantSource clock) {
        this.shop = new Workshop(repositories, index, new Snapshots(SNAPSHOT_BYTES), new WriteLocks(), clock);
        this.log = log;
        this.shelves = new EnvironmentShelves(repositories);
        this.past = new EnvironmentPast(shop, log);
        this.bench = new GeneratedRepository.Bench(shop, namespaces, past, log.epoch());
    }

    /**
     * Does what follows from events, in their order; what was done before is not done again. Only while the index is
     * complete.
     */
    public void follow(List<Event> events) {
        events.forEach(this::follow);
        followed.reach(events.getLast().number());
    }

    private void follow(Event event) {
        try {
            switch (event.fact()) {
                case Event.EnvironmentMoved moved -> moved(event, moved);
                case Event.Created ignored -> came(event);
                case Event.Deleted ignored -> went(event);
                case Event.Renamed renamed -> renamed(event, renamed);
                case Event.Pushed ignored -> {}
                case Event.VersionCreated ignored -> {}
                case Event.MetadataChanged ignored -> {}
            }
        } catch (MissingObjectException | IncorrectObjectTypeException | CorruptObjectException e) {
            // Trying again would not help, and keep all others waiting.
            LOG.error("Event {} cannot be shown in the repository of an environment", event.number(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Mark mark(Event event) {
        return new Mark(log.epoch(), event.number());
    }

    private void moved(Event event, Event.EnvironmentMoved fact) throws IOException {
        EnvironmentPlace place = new EnvironmentPlace(event.prompt().namespace(), fact.environment());
        EnvironmentCommit commit = EnvironmentCommit.of(event, fact, mark(event));
        PromptId id = event.prompt().id();
        Optional<Environment.Target> to = fact.move().to();
        if (to.isEmpty()) {
            commit(place, commit, edit -> edit.remove(id));
            return;
        }
        Listed listed =
                new Listed(id, event.prompt().name(), to.get(), fact.move().moved());
        commit(place, commit, edit -> {
            // What was made up for may be ahead of the event.
            boolean told = edit.versions()
                    .find(id)
                    .filter(before ->
                            !before.moved().at().isBefore(listed.moved().at()))
                    .isPresent();
            if (!told && !past.read(listed, edit::put)) {
                LOG.error("Prompt {} has gone before its move to {} was shown", id, place);
            }
        });
    }

    /** Back from the trash, or brought from elsewhere with environments. */
    private void came(Event event) throws IOException {
        for (Map.Entry<EnvironmentName, EnvironmentPast.Standing> pointer :
                past.at(event).entrySet()) {
            EnvironmentPlace place = new EnvironmentPlace(event.prompt().namespace(), pointer.getKey());
            Optional<Environment.Target> target = Optional.of(pointer.getValue().target());
            String text = pointer.getKey() + ": " + event.prompt().name() + " came with "
                    + target.get().version();
            EnvironmentCommit commit = EnvironmentCommit.of(event, target, text, mark(event));
            commit(place, commit, edit -> {
                if (!isListed(edit, pointer.getValue())) {
                    past.read(pointer.getKey(), pointer.getValue(), edit::put);
                }
            });
        }
    }

    private static boolean isListed(EnvironmentEdit edit, EnvironmentPast.Standing standing) throws IOException {
        return edit.versions()
                .find(standing.id())
                .filter(before -> before.name().equals(standing.name()))
                .filter(before -> before.target().equals(standing.target()))
                .isPresent();
    }

    private void went(Event event) throws IOException {
        for (EnvironmentPlace place : shelves.of(event.prompt().namespace())) {
            String text = place.environment() + ": " + event.prompt().name() + " deleted";
            EnvironmentCommit commit = EnvironmentCommit.of(event, Optional.empty(), text, mark(event));
            commit(place, commit, edit -> edit.remove(event.prompt().id()));
        }
    }

    private void renamed(Event event, Event.Renamed before) throws IOException {
        PromptId id = event.prompt().id();
        Namespace home = event.prompt().namespace();
        List<EnvironmentPlace> places = shelves.of(before.namespace());
        if (before.namespace().equals(home)) {
            for (EnvironmentPlace place : places) {
                String text = place.environment() + ": " + before.name() + " is "
                        + event.prompt().name() + " now";
                EnvironmentCommit commit = EnvironmentCommit.of(event, Optional.empty(), text, mark(event));
                commit(place, commit, edit -> edit.rename(id, event.prompt().name()));
            }
            return;
        }
        // It enters all before it leaves one, so that after a kill it can be found where it was.
        for (EnvironmentPlace place : places) {
            new GeneratedRepository(bench, place).read(id, (listed, files) -> enter(event, place, listed, files));
        }
        for (EnvironmentPlace place : places) {
            String text = place.environment() + ": " + before.name() + " left for namespace " + home;
            EnvironmentCommit commit = EnvironmentCommit.of(event, Optional.empty(), text, mark(event));
            commit(place, commit, edit -> edit.remove(id));
        }
    }

    private void enter(Event event, EnvironmentPlace from, Listed listed, PromptTree files) throws IOException {
        EnvironmentPlace place = new EnvironmentPlace(event.prompt().namespace(), from.environment());
        String text = place.environment() + ": " + event.prompt().name() + " came from namespace " + from.namespace()
                + " with " + listed.target().version();
        EnvironmentCommit commit = EnvironmentCommit.of(event, Optional.of(listed.target()), text, mark(event));
        commit(place, commit, edit -> edit.put(listed.named(event.prompt().name()), files));
    }

    private void commit(EnvironmentPlace place, EnvironmentCommit commit, GeneratedRepository.Change change)
            throws IOException {
        locked(place, repository -> repository.follow(commit, change));
    }

    @FunctionalInterface
    private interface Work {
        void on(GeneratedRepository repository) throws IOException;
    }

    private void locked(EnvironmentPlace place, Work work) throws IOException {
        GeneratedRepository repository = new GeneratedRepository(bench, place);
        try {
            shop.locks()
                    .locked(
                            repository.id(),
                            () -> run(() -> {
                                work.on(repository);
                                return place;
                            }));
        } catch (UncheckedIOException e) {
            shop.locks().broken(repository.id());
            throw e.getCause();
        }
    }

    @Override
    public boolean has(EnvironmentPlace place) {
        return run(() -> {
            if (shop.index().state() == PromptIndex.State.COMPLETE) {
                awaitFollowed();
                settle(place);
            }
            Optional<Repository> git = new GeneratedRepository(bench, place).open();
            git.ifPresent(Repository::close);
            return git.isPresent();
        });
    }

    private void awaitFollowed() {
        long newest = log.newest();
        if (log.position(FOLLOWER).orElse(0L) >= newest) {
            return;
        }
        try {
            followed.await(newest, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without a lock where nothing is to be done. */
    private void settle(EnvironmentPlace place) throws IOException {
        if (!new GeneratedRepository(bench, place).isSettled()) {
            long followed = log.position(FOLLOWER).orElse(0L);
            locked(place, repository -> repository.settleAll(followed));
        }
    }

    @Override
    public void advertise(EnvironmentPlace place, Wire wire) {
        serve(place, upload -> upload.advertise(wire));
    }

    @Override
    public void upload(EnvironmentPlace place, Wire wire) {
        serve(place, upload -> upload.upload(wire));
    }

    @FunctionalInterface
    private interface Answer {
        void by(Upload upload) throws IOException;
    }

    private void serve(EnvironmentPlace place, Answer answer) {
        run(() -> {
            try (Repository git = new GeneratedRepository(bench, place)
                    .open()
                    .orElseThrow(() -> new PromptException(new Problem.PromptNotFound(place.toString())))) {
                answer.by(new Upload("environment " + place, git, new EnvironmentSight(git)));
            }
            return place;
        });
    }

    @Override
    public void settle(Namespace namespace, Caller by) {
        run(() -> {
            for (EnvironmentPlace place : shelves.of(namespace)) {
                locked(place, repository -> repository.style(by.subject()));
            }
            return namespace;
        });
    }

    private static <R> R run(GitPromptRepository.Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
