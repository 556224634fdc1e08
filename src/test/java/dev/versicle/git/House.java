package dev.versicle.git;

import dev.versicle.Crowd;
import dev.versicle.Git;
import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Settlement;
import dev.versicle.prompt.Source;
import dev.versicle.storage.Repositories;
import dev.versicle.storage.local.DataDirectory;
import dev.versicle.storage.local.LocalRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Heart, cellar and index on a real disk, without doors; its clock stands still until it is moved. */
public final class House implements AutoCloseable {
    public static final Caller ALICE = new Caller(
            "alice", Optional.of("Alice Adams"), Optional.of("alice@example.org"), Namespace.DEFAULT, Set.of());
    public static final Caller BOB = new Caller("bob", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of());

    private static final long CACHE_BYTES = 8 << 20;
    private static final int OPEN_MAX = 64;
    private static final int JUDGES = 2;

    public final Path root;
    public final AtomicReference<Instant> now;
    public final DataDirectory data;
    public final LocalRepositories repositories;
    public final SqliteCatalog catalog;
    public final GitPromptStore store;
    public final GitSystem system;
    public final Prompts prompts;
    public final NamedPrompts named;
    public final Settlement settlement;

    public House(Path root) {
        this(root, Instant.parse("2026-04-22T10:14:00.123Z"));
    }

    public House(Path root, Instant start) {
        this(root, start, Between.NOTHING);
    }

    /** What stands between the cellar and what it lies on: a test's eyes, or its hand. */
    public interface Between {
        Between NOTHING = new Between() {};

        default Repositories repositories(Repositories real) {
            return real;
        }

        default PromptIndex index(PromptIndex real) {
            return real;
        }

        /** Whether the index is made to agree with the prompts before the first call. */
        default boolean settles() {
            return true;
        }
    }

    public House(Path root, Instant start, Between between) {
        this.root = root;
        this.now = new AtomicReference<>(start);
        this.data = DataDirectory.open(root);
        this.repositories = new LocalRepositories(data, OPEN_MAX, now::get);
        this.catalog = SqliteCatalog.open(data.catalog());
        PromptIndex index = between.index(catalog);
        this.store = new GitPromptStore(between.repositories(repositories), index, CACHE_BYTES, now::get);
        this.system = GitSystem.open(repositories, now::get);
        this.prompts = new Prompts(store, index, system, now::get, new Random(7));
        this.settlement = new Settlement(store, index);
        this.named = new NamedPrompts(prompts, index, House::requireModels);
        if (between.settles()) {
            settlement.reach(() -> true);
        }
    }

    /** The models of this house: whatever {@code openai} has, which BOB may not use. */
    private static void requireModels(Caller caller, Collection<ModelName> models) {
        for (ModelName model : models) {
            if (!model.provider().equals("openai")) {
                throw new PromptException(new Problem.UnknownModel(model));
            }
            if (caller.equals(BOB)) {
                throw new PromptException(new Problem.ModelDenied(model));
            }
        }
    }

    public void tick(long seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }

    public PromptId create(String name, String text) {
        NewPrompt wanted = new NewPrompt(new PromptName(name), Optional.empty(), Optional.of(new PromptText(text)));
        return prompts.create(ALICE, wanted).id();
    }

    public CheckpointResult save(PromptId id, String text) {
        return prompts.checkpoint(ALICE, id, Draft.checkpoint(body(text)), Expected.NOTHING);
    }

    public CheckpointResult save(PromptId id, Draft draft) {
        return prompts.checkpoint(ALICE, id, draft, Expected.NOTHING);
    }

    public static Draft.Content body(String text) {
        return new Draft.Content.Body(new PromptText(text));
    }

    public static Draft draft(String text, Draft.Slot slot, Metadata metadata) {
        return new Draft(body(text), slot, Optional.empty(), metadata, Source.CHECKPOINT);
    }

    public Path repository(PromptId id) {
        return root.resolve("prompts").resolve(id.hex().substring(22)).resolve(id.hex() + ".git");
    }

    public Git git(PromptId id) {
        return new Git(repository(id));
    }

    /** Fails unless every repository is sound. */
    public void requireSound() {
        try (Stream<Path> all = Files.walk(root, 3)) {
            List<Path> found = all.filter(path -> path.toString().endsWith(".git"))
                    .filter(path -> !path.startsWith(root.resolve("trash")))
                    .toList();
            Crowd.of(JUDGES, judge -> {
                for (int i = judge; i < found.size(); i += JUDGES) {
                    new Git(found.get(i)).requireSound();
                }
                return judge;
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        catalog.close();
        repositories.close();
        data.close();
    }
}
