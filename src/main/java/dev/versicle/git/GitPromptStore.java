package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Trashed;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptStore;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every prompt in a bare repository of its own. */
public final class GitPromptStore implements PromptStore {
    private static final Logger LOG = LoggerFactory.getLogger(GitPromptStore.class);

    private final Workshop shop;

    /** Keeps at most {@code cacheBytes} of versions that were read. */
    public GitPromptStore(Repositories repositories, PromptIndex index, long cacheBytes, InstantSource clock) {
        this.shop = new Workshop(repositories, index, new Snapshots(cacheBytes), new WriteLocks(), clock);
    }

    /** How the cache of versions does. */
    public CacheUse cacheUse() {
        return shop.snapshots().use();
    }

    @Override
    public void create(PromptId id, PromptSettings settings, Optional<Draft> first, Caller by) {
        Scribe scribe = new Scribe(by, shop.now());
        run(() -> {
            shop.repositories().create(id.hex(), git -> fill(git, id, settings, first, scribe));
            return id;
        });
        opened(id, Optional.of(by)).close();
    }

    /** Writes what a new prompt begins with; the rename that publishes it is the commit point. */
    private void fill(Repository git, PromptId id, PromptSettings settings, Optional<Draft> first, Scribe scribe)
            throws IOException {
        Truths nothing = Truths.of(git);
        new SettingsWriter(shop, id, git).write(settings, nothing, scribe);
        if (first.isPresent()) {
            ObjectId commit = firstVersion(git, first.get(), scribe);
            shop.move(git, RefNames.MAIN, nothing.main(), commit);
        }
    }

    private static ObjectId firstVersion(Repository git, Draft draft, Scribe scribe) throws IOException {
        PlannedTree tree = switch (draft.content()) {
            case Draft.Content.Body body -> TreeCodec.body(git.newObjectReader(), Optional.empty(), body.text());
            case Draft.Content.Template template ->
                TreeCodec.template(git.newObjectReader(), Optional.empty(), template);
            case Draft.Content.Files files -> TreeCodec.files(files.files());
            case Draft.Content.Current ignored ->
                throw new IllegalArgumentException("a new prompt has no current body");
        };
        VersionMessage message = new VersionMessage(
                Optional.of(draft.firstNumber()),
                draft.metadata(),
                draft.metadata().displayVersion().map(text -> scribe.moment()),
                draft.release(),
                new VersionMessage.Made(
                        draft.source(), Optional.of(scribe.caller().subject()), Optional.empty()));
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId commit = scribe.commit(inserter, tree.insertInto(inserter), List.of(), CommitCodec.write(message));
            inserter.flush();
            return commit;
        }
    }

    @Override
    public boolean bring(PromptId id, PromptFile.Content bundle, Admission admission, Caller by) {
        Arrival arrival = new Arrival(shop, id, new Scribe(by, shop.now()));
        return shop.locks().locked(id.hex(), () -> {
            if (isThere(id)) {
                return false;
            }
            run(() -> {
                shop.repositories().create(id.hex(), git -> arrival.fill(git, bundle, admission));
                return id;
            });
            settle(id, by);
            return true;
        });
    }

    private boolean isThere(PromptId id) {
        Optional<Repository> found = run(() -> shop.repositories().open(id.hex()));
        found.ifPresent(Repository::close);
        return found.isPresent();
    }

    /** What cannot be opened, whatever the checks before missed, does not stay. */
    private void settle(PromptId id, Caller by) {
        boolean usable = false;
        try {
            opened(id, Optional.of(by)).close();
            usable = true;
        } finally {
            if (!usable) {
                run(() -> shop.repositories().trash(id.hex()));
                shop.locks().gone(id.hex());
                shop.index().vanished(id);
            }
        }
    }

    @Override
    public void bundle(Path bare, OutputStream out) {
        run(() -> {
            try (Repository git = shop.repositories().elsewhere(bare)) {
                Bundles.write(git, Bundles.foreignRefs(git), out);
            }
            return bare;
        });
    }

    @Override
    public PromptRepository open(PromptId id) {
        return opened(id, Optional.empty());
    }

    /** Opens what {@code by} has just brought here, or what was here. */
    private GitPromptRepository opened(PromptId id, Optional<Caller> by) {
        GitPromptRepository prompt = run(() -> shop.repositories().open(id.hex()))
                .map(git -> new GitPromptRepository(shop, id, git))
                .orElseThrow(() -> new PromptException(new Problem.PromptNotFound(id.hex())));
        boolean usable = false;
        try {
            prompt.recover(by.map(Caller::subject));
            usable = true;
            return prompt;
        } finally {
            if (!usable) {
                prompt.close();
            }
        }
    }

    @Override
    public void trash(PromptId id, Caller by) {
        shop.locks().locked(id.hex(), () -> {
            trashLocked(id, by);
            return id;
        });
    }

    private void trashLocked(PromptId id, Caller by) {
        PromptSettings settings;
        try (GitPromptRepository prompt = opened(id, Optional.empty())) {
            settings = prompt.settings();
        }
        Instant at = run(() -> shop.repositories().trash(id.hex()))
                .orElseThrow(() -> new PromptException(new Problem.PromptNotFound(id.hex())));
        shop.locks().gone(id.hex());
        String owner = settings.access().owner();
        shop.index()
                .trash(
                        new PromptIndex.Trashed(id, settings.namespace(), settings.name(), owner, at),
                        settings.access().deleted(),
                        Optional.of(by.subject()));
    }

    @Override
    public boolean untrash(PromptIndex.Trashed deleted, Caller by) {
        PromptId id = deleted.id();
        boolean back = shop.locks()
                .locked(id.hex(), () -> run(() -> shop.repositories().untrash(id.hex(), deleted.at())));
        shop.index().untrash(id);
        if (back) {
            opened(id, Optional.of(by)).close();
        }
        return back;
    }

    @Override
    public void deleteVersion(PromptId id, int number, Caller by) {
        shop.locks().locked(id.hex(), () -> {
            boolean last;
            try (GitPromptRepository prompt = opened(id, Optional.empty())) {
                last = prompt.deletesLast(number);
                if (!last) {
                    prompt.delete(number, by);
                }
            }
            if (last) {
                trashLocked(id, by);
            }
            return id;
        });
    }

    @Override
    public void index(PromptId id) {
        shop.locks().locked(id.hex(), () -> {
            if (has(id)) {
                indexed(id);
            } else {
                shop.index().vanished(id);
            }
            return id;
        });
    }

    private boolean has(PromptId id) {
        Optional<Repository> found = run(() -> shop.repositories().open(id.hex()));
        found.ifPresent(Repository::close);
        return found.isPresent();
    }

    private void indexed(PromptId id) {
        try {
            open(id).close();
        } catch (PromptException | UncheckedIOException e) {
            LOG.error("Prompt {} cannot be read; the start goes on without it", id, e);
        }
    }

    @Override
    public Stream<PromptId> ids() {
        return run(() -> shop.repositories().ids()).map(PromptId::new);
    }

    @Override
    public Stream<Trashed> trashed() {
        return run(() -> shop.repositories().trashed()).stream().flatMap(away -> trashed(away).stream());
    }

    private Optional<Trashed> trashed(Repositories.Away away) {
        try {
            return run(() -> read(away));
        } catch (PromptException | UncheckedIOException e) {
            LOG.error("Prompt {} in the trash cannot be read; it is not listed", away.id(), e);
            return Optional.empty();
        }
    }

    private Optional<Trashed> read(Repositories.Away away) throws IOException {
        PromptId id = new PromptId(away.id());
        Optional<Repository> found = shop.repositories().openTrashed(away);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Repository git = found.get()) {
            PromptSettings settings = new PromptReader(shop, id, git).settings(Truths.of(git));
            return Optional.of(new Trashed(
                    id, settings.namespace(), settings.name(), settings.access().owner(), away.at()));
        }
    }

    private static <R> R run(GitPromptRepository.Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
