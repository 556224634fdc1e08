package dev.versicle.prompt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The one entrance: what may be asked of prompts, by whom, and what it comes to. Every door calls it, and every
 * refusal leaves it as a {@link PromptException}; a broken disk as an {@link java.io.UncheckedIOException}.
 */
public final class Prompts {
    private final PromptStore store;
    private final PromptIndex index;
    private final Namespaces namespaces;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Prompts(
            PromptStore store, PromptIndex index, Namespaces namespaces, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.index = index;
        this.namespaces = namespaces;
        this.clock = clock;
        this.random = random;
    }

    /** Makes a prompt in the caller's namespace, owned by the caller. Throws {@link Problem.NameTaken}. */
    public Prompt create(Caller caller, NewPrompt wanted) {
        Optional<Draft> first = wanted.body().map(text -> Draft.checkpoint(new Draft.Content.Body(text)));
        return prompt(caller, create(caller, wanted, first));
    }

    PromptId create(Caller caller, NewPrompt wanted, Optional<Draft> first) {
        if (!caller.creates()) {
            throw new PromptException(new Problem.Forbidden("creating prompts"));
        }
        wanted.name().requireFree();
        namespaces.ensure(caller.namespace(), caller);
        PromptId id = PromptId.next(clock, random);
        PromptSettings settings = PromptSettings.of(caller, wanted, clock.instant());
        claiming(caller.namespace(), wanted.name(), id, () -> store.create(id, settings, first, caller));
        return id;
    }

    public Prompt prompt(Caller caller, PromptId id) {
        return with(caller, id, Right.READ, PromptRepository::prompt);
    }

    /** The prompts that the caller may read, newest change first. */
    public Page<Prompt> list(Caller caller, Page.Window window) {
        return prompts(caller, index.readable(caller, window));
    }

    /** The prompts that the caller may read and that have what is wanted, the best match first. */
    public Page<Prompt> search(Caller caller, Search wanted, Page.Part part) {
        return prompts(caller, index.search(caller, wanted, part));
    }

    private Page<Prompt> prompts(Caller caller, Page<PromptId> ids) {
        List<Prompt> prompts = ids.items().stream()
                .flatMap(id -> ifReadable(() -> prompt(caller, id)))
                .toList();
        return new Page<>(prompts, ids.total());
    }

    /** The prompt that has this name, or had it last; one that the caller may not read is not found either. */
    public Located locate(Caller caller, Namespace namespace, PromptName name) {
        Optional<PromptId> bearer = index.find(namespace, name);
        return bearer.or(() -> index.former(namespace, name))
                .filter(id -> allows(caller, id, Right.READ))
                .map(id -> new Located(id, bearer.isEmpty()))
                .orElseThrow(() -> new PromptException(new Problem.PromptNotFound(name.text())));
    }

    /** Changes name, description and current body; makes no version. */
    public Prompt update(Caller caller, PromptId id, PromptEdit edit) {
        return with(caller, id, Right.UPDATE, repository -> {
            PromptSettings before = repository.settings();
            Runnable change = () -> repository.change(
                    settings -> edit.name()
                            .map(settings::renamed)
                            .orElse(settings)
                            .described(edit.description().applyTo(settings.description())),
                    edit.body(),
                    caller);
            claimingPlace(before, edit.name().map(before::renamed).orElse(before), id, change);
            return repository.prompt();
        });
    }

    /** The current body, for those who may change it. */
    public CurrentBody draft(Caller caller, PromptId id) {
        return with(caller, id, Right.UPDATE, PromptRepository::current);
    }

    /** Makes the current body this text; makes no version. */
    public CurrentBody saveDraft(Caller caller, PromptId id, PromptText body) {
        return with(caller, id, Right.UPDATE, repository -> {
            repository.change(UnaryOperator.identity(), Optional.of(body), caller);
            return repository.current();
        });
    }

    /** Makes the current body the latest version's again. */
    public void dropDraft(Caller caller, PromptId id) {
        with(caller, id, Right.UPDATE, repository -> {
            repository.dropDraft(caller);
            return id;
        });
    }

    public PromptSettings settings(Caller caller, PromptId id) {
        return with(caller, id, Right.READ, PromptRepository::settings);
    }

    /** Adds and removes tags; the versions stay as they are. */
    public void tag(Caller caller, PromptId id, TagEdit edit) {
        with(caller, id, Right.UPDATE, repository -> {
            repository.change(settings -> settings.tagged(edit), Optional.empty(), caller);
            return id;
        });
    }

    /** Saves a release, for the owner (seed 004). */
    public CheckpointResult release(Caller caller, PromptId id, Draft draft) {
        return with(caller, id, Right.OWNER, repository -> repository.save(draft, caller, Expected.NOTHING));
    }

    /** Throws {@link Problem.ReleaseExists} where there is one; for the owner. A save decides it again. */
    public void requireFree(Caller caller, PromptId id, SemVer release) {
        with(caller, id, Right.OWNER, repository -> {
            if (repository.released(release)) {
                throw new PromptException(new Problem.ReleaseExists(release));
            }
            return id;
        });
    }

    /** The releases, highest first. */
    public Page<Release> releases(Caller caller, PromptId id, Page.Part part) {
        return with(caller, id, Right.READ, repository -> repository.releases(part));
    }

    /** What points to a version. */
    public Pointers pointers(Caller caller, PromptId id, CommitId version) {
        return with(
                caller,
                id,
                Right.READ,
                repository -> new Pointers(index.releases(id, version), repository.environmentsAt(version)));
    }

    /** Counts a download. */
    public void downloaded(PromptId id) {
        index.downloaded(id);
    }

    /**
     * Deletes a version: its number stands for nothing any more, its commit stays. With the last one the prompt goes to
     * the trash. Throws {@link Problem.Pinned}.
     */
    public void deleteVersion(Caller caller, PromptId id, int number) {
        require(caller, id, Right.DELETE);
        store.deleteVersion(id, number, caller);
    }

    /** Takes the prompt away, to the trash. */
    public void delete(Caller caller, PromptId id) {
        require(caller, id, Right.DELETE);
        store.trash(id, caller);
    }

    public CheckpointResult checkpoint(Caller caller, PromptId id, Draft draft, Expected expected) {
        return with(caller, id, Right.UPDATE, repository -> repository.save(draft, caller, expected));
    }

    public Version version(Caller caller, PromptId id, VersionRef ref) {
        return with(caller, id, Right.READ, repository -> repository.version(ref));
    }

    /** The files of a version that was read before, deleted or not. */
    public List<PromptPackage.Entry> files(Caller caller, Version version) {
        return with(caller, version.prompt(), Right.READ, repository -> repository.files(version));
    }

    /** Gives {@code work} the files of a version, which it may read until it returns. */
    public <R> R read(Caller caller, PromptId id, VersionRef ref, Function<PromptPackage, R> work) {
        return with(caller, id, Right.READ, repository -> repository.read(ref, work));
    }

    public Page<Version> versions(Caller caller, PromptId id, Page.Window window) {
        return with(caller, id, Right.READ, repository -> repository.versions(window));
    }

    /** The version as it was at a moment; see {@link PromptRepository#version(VersionRef, Instant)}. */
    public Version version(Caller caller, PromptId id, VersionRef ref, Instant at) {
        return with(caller, id, Right.READ, repository -> repository.version(ref, at));
    }

    /** The live versions with smaller numbers than {@code below}, newest first, 1 to 100 of them. */
    public List<Version> log(Caller caller, PromptId id, int below, int limit) {
        if (limit < 1 || limit > Page.Window.LIMIT_MAX) {
            throw Texts.invalid("limit", "must be from 1 to " + Page.Window.LIMIT_MAX);
        }
        return with(caller, id, Right.READ, repository -> repository.log(below, limit));
    }

    public Diff diff(Caller caller, PromptId id, VersionRef from, VersionRef to) {
        return with(caller, id, Right.READ, repository -> repository.diff(from, to));
    }

    /** The commit of the last edit of what people say; see {@link PromptRepository#lastEdit}. */
    public Optional<CommitId> lastEdit(Caller caller, PromptId id) {
        return with(caller, id, Right.READ, PromptRepository::lastEdit);
    }

    public Blame blame(Caller caller, PromptId id, VersionRef ref) {
        return with(caller, id, Right.READ, repository -> repository.blame(ref));
    }

    /** The version's text with the values in their places; see {@link Rendering}. */
    public String render(Caller caller, PromptId id, VersionRef ref, Map<String, String> values) {
        return Rendering.render(version(caller, id, ref).text(), values);
    }

    NamedVersion named(Caller caller, PromptId id, VersionRef ref) {
        return with(caller, id, Right.READ, prompt -> new NamedVersion(prompt.settings(), prompt.version(ref)));
    }

    List<NamedVersion> named(Caller caller, PromptId id, int max) {
        return with(
                caller,
                id,
                Right.READ,
                prompt -> IntStream.rangeClosed(1, Math.ceilDiv(max, Page.Window.LIMIT_MAX))
                        .mapToObj(page -> prompt.versions(new Page.Window(page, Page.Window.LIMIT_MAX))
                                .items())
                        .takeWhile(items -> !items.isEmpty())
                        .flatMap(List::stream)
                        .limit(max)
                        .map(version -> new NamedVersion(prompt.settings(), version))
                        .toList());
    }

    boolean allows(Caller caller, PromptId id, Right right) {
        try (PromptRepository repository = store.open(id)) {
            return repository.settings().allows(caller, right);
        }
    }

    public Version edit(Caller caller, PromptId id, VersionRef ref, MetadataEdit edit, Expected expected) {
        return with(caller, id, Right.UPDATE, repository -> repository.edit(ref, edit, caller, expected));
    }

    public CheckpointResult restore(Caller caller, PromptId id, VersionRef ref) {
        return with(caller, id, Right.UPDATE, repository -> repository.restore(ref, caller));
    }

    /** How many prompts there are. */
    public long count() {
        return index.count();
    }

    <R> R with(Caller caller, PromptId id, Right right, Function<PromptRepository, R> work) {
        try (PromptRepository repository = store.open(id)) {
            if (!repository.settings().allows(caller, right)) {
                throw new PromptException(
                        caller.has(Role.NOBODY) ? new Problem.Unauthenticated() : new Problem.Denied(id, right));
            }
            return work.apply(repository);
        }
    }

    /** Throws where the caller lacks the right. */
    public void require(Caller caller, PromptId id, Right right) {
        with(caller, id, right, PromptRepository::settings);
    }

    /** A prompt of a list may have been deleted, or closed to the caller, since the list was made. */
    static <R> Stream<R> ifReadable(Supplier<R> read) {
        try {
            return Stream.of(read.get());
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.PromptNotFound
                    || e.problem() instanceof Problem.VersionNotFound
                    || e.problem() instanceof Problem.Denied
                    || e.problem() instanceof Problem.Unauthenticated) {
                return Stream.empty();
            }
            throw e;
        }
    }

    /** Makes a change to settings; where it gives the prompt another place, holds that place while it is made. */
    void claimingPlace(PromptSettings before, PromptSettings after, PromptId id, Runnable change) {
        if (after.name().equals(before.name()) && after.namespace().equals(before.namespace())) {
            change.run();
        } else {
            after.name().requireFree();
            claiming(after.namespace(), after.name(), id, change);
        }
    }

    /** Holds the name while {@code work} makes it true, and gives it back when that fails. */
    void claiming(Namespace namespace, PromptName name, PromptId id, Runnable work) {
        index.claim(namespace, name, id);
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (!done) {
                index.release(namespace, name, id);
            }
        }
    }
}
