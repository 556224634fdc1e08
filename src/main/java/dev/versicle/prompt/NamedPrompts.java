package dev.versicle.prompt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.locks.LockSupport;

/**
 * The entrance for those who know prompts by name: names are those of the caller's namespace. What is asked here goes
 * through {@link Prompts}.
 */
public final class NamedPrompts {
    /** How often a save looks again for a prompt whose name somebody else has just taken. */
    private static final int TRIES_MAX = 100;

    /** How many versions are given at once. */
    public static final int VERSIONS_MAX = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Prompts prompts;
    private final PromptIndex index;
    private final Models models;

    public NamedPrompts(Prompts prompts, PromptIndex index, Models models) {
        this.prompts = prompts;
        this.index = index;
        this.models = models;
    }

    /** Saves a version; where there is no such prompt it is made, and the caller owns it. */
    public void save(Caller caller, NamedDraft wanted) {
        models.require(caller, wanted.draft().models());
        write(caller, wanted);
    }

    /**
     * Saves a version of each prompt, in their order. Everything is checked before the first is written; throws {@link
     * Problem.DeniedByName} with all that the caller may not write.
     */
    public void saveAll(Caller caller, List<NamedDraft> wanted) {
        List<PromptName> denied = new ArrayList<>();
        for (NamedDraft each : wanted) {
            models.require(caller, each.draft().models());
            if (writes(caller, each.name())) {
                requireRoom(caller, each);
            } else {
                denied.add(each.name());
            }
        }
        if (!denied.isEmpty()) {
            throw new PromptException(new Problem.DeniedByName(denied));
        }
        wanted.forEach(each -> write(caller, each));
    }

    private boolean writes(Caller caller, PromptName name) {
        return find(caller, name)
                .map(id -> prompts.allows(caller, id, Right.UPDATE))
                .orElseGet(caller::creates);
    }

    /** Throws {@link Problem.Invalid} where the prompt would have too many tags. */
    private void requireRoom(Caller caller, NamedDraft wanted) {
        SortedSet<Tag> before = find(caller, wanted.name())
                .map(id -> prompts.settings(caller, id).tags())
                .orElse(Collections.emptySortedSet());
        PromptSettings.requireTags(TagEdit.add(wanted.tags()).applyTo(before));
    }

    private void write(Caller caller, NamedDraft wanted) {
        save(caller, wanted.name(), wanted.draft());
        if (!wanted.tags().isEmpty()) {
            tag(caller, wanted.name(), TagEdit.add(wanted.tags()));
        }
    }

    private void save(Caller caller, PromptName name, Draft draft) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<PromptId> id = find(caller, name);
            if (id.isPresent()) {
                prompts.checkpoint(caller, id.get(), draft, Expected.NOTHING);
                return;
            }
            try {
                NewPrompt wanted = new NewPrompt(name, Optional.empty(), Optional.empty());
                prompts.create(caller, wanted, Optional.of(draft));
                return;
            } catch (PromptException e) {
                if (!(e.problem() instanceof Problem.NameTaken)) {
                    throw e;
                }
                // Somebody is making it at this moment: soon it is found, or its name is free again.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        throw new PromptException(new Problem.Contended());
    }

    public NamedVersion version(Caller caller, PromptName name, VersionRef ref) {
        return prompts.named(caller, require(caller, name), ref);
    }

    /** The live versions of a prompt, newest first: all of them, as of one moment, or the newest 1000. */
    public List<NamedVersion> versions(Caller caller, PromptName name) {
        return prompts.named(caller, require(caller, name), VERSIONS_MAX);
    }

    /** The latest version of every prompt that the caller may read and that has one, newest change first. */
    public List<NamedVersion> latest(Caller caller) {
        return index.readableIn(caller, caller.namespace()).stream()
                .flatMap(id -> Prompts.ifReadable(() -> prompts.named(caller, id, new VersionRef.Latest())))
                .toList();
    }

    /** The latest version of every prompt that the caller may read and whose latest version is for the model. */
    public List<NamedVersion> latestFor(Caller caller, ModelName model) {
        return latest(caller).stream()
                .filter(named -> named.version().snapshot().body().models().contains(model))
                .toList();
    }

    /** Makes a prompt be for a model, too: its latest version's text as a new version, unless it is for it already. */
    public void associate(Caller caller, PromptName name, ModelName model) {
        models.require(caller, List.of(model));
        PromptId id = require(caller, name);
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Version latest = prompts.version(caller, id, new VersionRef.Latest());
            try {
                prompts.checkpoint(caller, id, latest.alsoFor(model), Expected.commit(latest.commit()));
                return;
            } catch (PromptException e) {
                if (!(e.problem() instanceof Problem.Stale)) {
                    throw e;
                }
            }
        }
        throw new PromptException(new Problem.Contended());
    }

    public void delete(Caller caller, PromptName name) {
        prompts.delete(caller, require(caller, name));
    }

    /** Deletes a version; with its last one the prompt goes, too. */
    public void deleteVersion(Caller caller, PromptName name, int number) {
        prompts.deleteVersion(caller, require(caller, name), number);
    }

    public PromptSettings settings(Caller caller, PromptName name) {
        return prompts.settings(caller, require(caller, name));
    }

    public void tag(Caller caller, PromptName name, TagEdit edit) {
        prompts.tag(caller, require(caller, name), edit);
    }

    private Optional<PromptId> find(Caller caller, PromptName name) {
        return index.find(caller.namespace(), name);
    }

    private PromptId require(Caller caller, PromptName name) {
        return find(caller, name).orElseThrow(() -> new PromptException(new Problem.PromptNotFound(name.text())));
    }
}
