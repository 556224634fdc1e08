package dev.versicle.prompt;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Whole prompts, out of this server and into it, each as a Git bundle. A bundle carries everything, the current body
 * and the grants too, so only an owner gets one; and it comes in wholly or not at all.
 */
public final class Transfers {
    /** Of one export or import. */
    public static final int PROMPTS_MAX = 100_000;

    /** What an export says of a prompt, beside its bundle. */
    public record Listed(PromptId id, Namespace namespace, PromptName name) {}

    /** Which prompts are to go out. */
    public sealed interface Selection {
        /** All of a namespace that the caller owns; an administrator owns all. */
        record Whole(Namespace namespace) implements Selection {}

        /** These. */
        record These(List<PromptId> ids) implements Selection {
            public These {
                ids = List.copyOf(new LinkedHashSet<>(ids));
            }
        }
    }

    /** What came of one prompt. */
    public sealed interface Outcome {
        /** It is here now, as {@code listed} says. */
        record Imported(Listed listed) implements Outcome {}

        /** There was a prompt of its id, which is as it was. */
        record Exists() implements Outcome {}

        /** Nothing of it is here. */
        record Refused(Problem problem) implements Outcome {}
    }

    private final PromptStore store;
    private final PromptIndex index;
    private final Namespaces namespaces;
    private final InstantSource clock;

    public Transfers(PromptStore store, PromptIndex index, Namespaces namespaces, InstantSource clock) {
        this.store = store;
        this.index = index;
        this.namespaces = namespaces;
        this.clock = clock;
    }

    /** The prompts of a selection. Throws where one that is named is not there, or not the caller's to take away. */
    public List<Listed> select(Caller caller, Selection wanted) {
        List<Listed> listed = switch (wanted) {
            case Selection.These these ->
                these.ids().stream().map(id -> owned(caller, id)).toList();
            case Selection.Whole whole ->
                index.readableIn(caller, whole.namespace()).stream()
                        .flatMap(id -> Prompts.ifReadable(() -> owned(caller, id)))
                        .toList();
        };
        if (listed.size() > PROMPTS_MAX) {
            throw Texts.invalid("namespace", "must have at most " + PROMPTS_MAX + " prompts to be exported in one");
        }
        return listed;
    }

    private Listed owned(Caller caller, PromptId id) {
        try (PromptRepository prompt = store.open(id)) {
            PromptSettings settings = prompt.settings();
            if (!settings.allows(caller, Right.OWNER)) {
                throw new PromptException(new Problem.Denied(id, Right.OWNER));
            }
            return new Listed(id, settings.namespace(), settings.name());
        }
    }

    /** Writes a prompt as a Git bundle, all of it at one moment. Throws {@link Problem.PromptNotFound}. */
    public void write(Caller caller, PromptId id, OutputStream out) {
        try (PromptRepository prompt = store.open(id)) {
            if (!prompt.settings().allows(caller, Right.OWNER)) {
                throw new PromptException(new Problem.Denied(id, Right.OWNER));
            }
            prompt.bundle(out);
        }
    }

    /** Throws {@link Problem.Forbidden} where the caller may import nothing. */
    public void requireImports(Caller caller) {
        if (!caller.creates()) {
            throw new PromptException(new Problem.Forbidden("importing prompts"));
        }
    }

    /**
     * Takes a prompt in under an id. An administrator's keeps namespace, owner and grants; anybody else's comes into
     * the caller's own namespace, belongs to the caller, and nobody was granted anything on it.
     */
    public Outcome read(Caller caller, PromptId id, PromptFile.Content bundle) {
        requireImports(caller);
        return admitted(caller, id, bundle, found -> {
            PromptSettings settings = found.orElseThrow(() -> Texts.invalid("bundle", "must have settings"));
            return caller.has(Role.ADMIN) ? settings : settings.handedTo(caller);
        });
    }

    /** Writes a bundle of a repository that lies elsewhere, for {@link #adopt}. */
    public void write(Path bare, OutputStream out) {
        store.bundle(bare, out);
    }

    /** Takes in what {@code bare} holds; where that was no prompt before, it becomes the caller's under this name. */
    public Outcome adopt(Caller caller, PromptId id, String name, PromptFile.Content bundle) {
        return admitted(
                caller,
                id,
                bundle,
                found -> found.orElseGet(() -> PromptSettings.of(
                        caller,
                        new NewPrompt(new PromptName(name), Optional.empty(), Optional.empty()),
                        clock.instant())));
    }

    /** Takes in a history under settings that are asked for when all of it was found sound, whatever it says itself. */
    Outcome found(Caller caller, PromptId id, PromptFile.Content bundle, Supplier<PromptSettings> settings) {
        return admitted(caller, id, bundle, ignored -> settings.get());
    }

    /** Throws {@link Problem.NameTaken} where a prompt has the name; it may be taken a moment later. */
    void requireFree(Namespace namespace, PromptName name) {
        if (index.find(namespace, name).isPresent()) {
            throw new PromptException(new Problem.NameTaken(name));
        }
    }

    private Outcome admitted(Caller caller, PromptId id, PromptFile.Content bundle, PromptStore.Admission admission) {
        AtomicReference<Optional<PromptSettings>> claimed = new AtomicReference<>(Optional.empty());
        boolean done = false;
        try {
            boolean fresh = store.bring(
                    id,
                    bundle,
                    found -> {
                        PromptSettings wanted = admission.admit(found);
                        wanted.name().requireFree();
                        index.claim(wanted.namespace(), wanted.name(), id);
                        claimed.set(Optional.of(wanted));
                        namespaces.ensure(wanted.namespace(), caller);
                        return wanted;
                    },
                    caller);
            done = true;
            return fresh ? new Outcome.Imported(listed(id, claimed.get().orElseThrow())) : new Outcome.Exists();
        } catch (PromptException e) {
            return new Outcome.Refused(e.problem());
        } finally {
            if (!done) {
                claimed.get().ifPresent(settings -> index.release(settings.namespace(), settings.name(), id));
            }
        }
    }

    private static Listed listed(PromptId id, PromptSettings settings) {
        return new Listed(id, settings.namespace(), settings.name());
    }
}
