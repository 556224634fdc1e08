package dev.versicle.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Payloads;
import dev.versicle.prompt.Pointers;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Webhook;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Writes what subscribers are told, with what its owner may read at this moment: nothing of a prompt, or of a version,
 * that has gone since or was closed to that owner.
 */
public final class PayloadWriter implements Payloads {
    private final Prompts prompts;
    private final BranchDesk branches;
    private final Optional<String> address;

    /** {@code address} is what this server is called, where it was told; else whoever made a subscription said it. */
    public PayloadWriter(Prompts prompts, BranchDesk branches, Optional<String> address) {
        this.prompts = prompts;
        this.branches = branches;
        this.address = address;
    }

    @Override
    public Optional<String> of(Event event, Webhook to) {
        try {
            return body(event, to).map(Bodies::text);
        } catch (PromptException e) {
            if (isNothingToTell(e.problem())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isNothingToTell(Problem problem) {
        return problem instanceof Problem.PromptNotFound
                || problem instanceof Problem.VersionNotFound
                || problem instanceof Problem.Denied
                || problem instanceof Problem.Unauthenticated;
    }

    private Optional<ObjectNode> body(Event event, Webhook to) {
        Links links = links(to);
        Caller owner = to.owner();
        PromptId id = event.prompt().id();
        FactBody body = new FactBody(event, links);
        return switch (event.fact()) {
            case Event.Pushed push -> {
                PromptSettings settings = prompts.settings(owner, id);
                yield Optional.of(new PushBody(event, push, settings, links).write(branches.pushed(owner, id, push)));
            }
            case Event.VersionCreated created -> Optional.of(version(owner, id, created.commit(), body::created));
            case Event.MetadataChanged change -> {
                prompts.settings(owner, id);
                yield Optional.of(
                        change.deleted() ? body.deleted(change) : version(owner, id, change.commit(), body::changed));
            }
            case Event.EnvironmentMoved move -> {
                prompts.settings(owner, id);
                yield Optional.of(body.moved(move));
            }
            case Event.Created ignored -> {
                prompts.settings(owner, id);
                yield Optional.of(body.write());
            }
            case Event.Deleted deleted ->
                deleted.wasReadBy(owner, event.prompt().namespace()) ? Optional.of(body.write()) : Optional.empty();
            case Event.Renamed ignored -> Optional.empty();
        };
    }

    private ObjectNode version(
            Caller owner, PromptId id, CommitId commit, BiFunction<Version, Pointers, ObjectNode> body) {
        Version version = prompts.version(owner, id, new VersionRef.Id(commit.hex()));
        return body.apply(version, prompts.pointers(owner, id, commit));
    }

    private Links links(Webhook to) {
        return new Links(address.orElse(to.server()));
    }

    @Override
    public String ping(Webhook to) {
        return Bodies.text(new PingBody(to).write());
    }
}
