package dev.versicle.metrics;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Times every version that is made in another store, and changes nothing else about it. */
public final class MeteredStore implements PromptStore {
    private final PromptStore store;
    private final Checkpoints checkpoints;

    public MeteredStore(PromptStore store, MeterRegistry registry) {
        this.store = store;
        this.checkpoints = new Checkpoints(registry);
    }

    @Override
    public void create(PromptId id, PromptSettings settings, Optional<Draft> first, Caller by) {
        if (first.isEmpty()) {
            store.create(id, settings, first, by);
            return;
        }
        checkpoints.time(
                () -> {
                    store.create(id, settings, first, by);
                    return id;
                },
                created -> Checkpoints.Outcome.CREATED);
    }

    @Override
    public boolean bring(PromptId id, PromptFile.Content bundle, Admission admission, Caller by) {
        return store.bring(id, bundle, admission, by);
    }

    @Override
    public void bundle(Path bare, OutputStream out) {
        store.bundle(bare, out);
    }

    @Override
    public PromptRepository open(PromptId id) {
        return new MeteredRepository(store.open(id), checkpoints);
    }

    @Override
    public void trash(PromptId id, Caller by) {
        store.trash(id, by);
    }

    @Override
    public boolean untrash(PromptIndex.Trashed deleted, Caller by) {
        return store.untrash(deleted, by);
    }

    @Override
    public void deleteVersion(PromptId id, int number, Caller by) {
        store.deleteVersion(id, number, by);
    }

    @Override
    public void index(PromptId id) {
        store.index(id);
    }

    @Override
    public Stream<PromptId> ids() {
        return store.ids();
    }

    @Override
    public Stream<PromptIndex.Trashed> trashed() {
        return store.trashed();
    }
}
