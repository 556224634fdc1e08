package dev.versicle.metrics;

import dev.versicle.metrics.Checkpoints.Outcome;
import dev.versicle.prompt.Blame;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.CurrentBody;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptBranches;
import dev.versicle.prompt.PromptPackage;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.PushedCommits;
import dev.versicle.prompt.Release;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Wire;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** Times what makes versions of an open prompt: a save, and a restore and a merge, which are some. */
final class MeteredRepository implements PromptRepository {
    private final PromptRepository prompt;
    private final Checkpoints checkpoints;

    MeteredRepository(PromptRepository prompt, Checkpoints checkpoints) {
        this.prompt = prompt;
        this.checkpoints = checkpoints;
    }

    static Outcome outcome(CheckpointResult result) {
        return switch (result) {
            case CheckpointResult.Saved ignored -> Outcome.SAVED;
            case CheckpointResult.Unchanged ignored -> Outcome.UNCHANGED;
        };
    }

    @Override
    public CheckpointResult save(Draft draft, Caller by, Expected expected) {
        return checkpoints.time(() -> prompt.save(draft, by, expected), MeteredRepository::outcome);
    }

    @Override
    public CheckpointResult restore(VersionRef ref, Caller by) {
        return checkpoints.time(() -> prompt.restore(ref, by), MeteredRepository::outcome);
    }

    @Override
    public PromptSettings settings() {
        return prompt.settings();
    }

    @Override
    public Prompt prompt() {
        return prompt.prompt();
    }

    @Override
    public Optional<CommitId> lastEdit() {
        return prompt.lastEdit();
    }

    @Override
    public Optional<CommitId> lastMove() {
        return prompt.lastMove();
    }

    @Override
    public Version version(VersionRef ref) {
        return prompt.version(ref);
    }

    @Override
    public Page<Version> versions(Page.Window window) {
        return prompt.versions(window);
    }

    @Override
    public Version version(VersionRef ref, Instant at) {
        return prompt.version(ref, at);
    }

    @Override
    public List<Version> log(int below, int limit) {
        return prompt.log(below, limit);
    }

    @Override
    public Diff diff(VersionRef from, VersionRef to) {
        return prompt.diff(from, to);
    }

    @Override
    public Blame blame(VersionRef ref) {
        return prompt.blame(ref);
    }

    @Override
    public List<PromptPackage.Entry> files(Version version) {
        return prompt.files(version);
    }

    @Override
    public <R> R read(VersionRef ref, Function<PromptPackage, R> work) {
        return prompt.read(ref, work);
    }

    @Override
    public Version edit(VersionRef ref, MetadataEdit edit, Caller by, Expected expected) {
        return prompt.edit(ref, edit, by, expected);
    }

    @Override
    public void change(UnaryOperator<PromptSettings> settings, Optional<PromptText> body, Caller by) {
        prompt.change(settings, body, by);
    }

    @Override
    public List<Environment> environments() {
        return prompt.environments();
    }

    @Override
    public List<EnvironmentName> environmentsAt(CommitId commit) {
        return prompt.environmentsAt(commit);
    }

    @Override
    public Environment.Placed moveEnvironment(
            EnvironmentName name, EnvironmentDesk.Wish wish, Caller by, Expected expected) {
        return prompt.moveEnvironment(name, wish, by, expected);
    }

    @Override
    public void dropEnvironment(EnvironmentName name, Caller by, Expected expected) {
        prompt.dropEnvironment(name, by, expected);
    }

    @Override
    public Environment.Moves moves(EnvironmentName name, Optional<CommitId> from, int limit) {
        return prompt.moves(name, from, limit);
    }

    @Override
    public boolean released(SemVer release) {
        return prompt.released(release);
    }

    @Override
    public Page<Release> releases(Page.Part part) {
        return prompt.releases(part);
    }

    @Override
    public CurrentBody current() {
        return prompt.current();
    }

    @Override
    public void dropDraft(Caller by) {
        prompt.dropDraft(by);
    }

    @Override
    public PromptBranches branches() {
        return new MeteredBranches(prompt.branches(), checkpoints);
    }

    @Override
    public PushedCommits pushed(Event.Pushed push) {
        return prompt.pushed(push);
    }

    @Override
    public void bundle(OutputStream out) {
        prompt.bundle(out);
    }

    @Override
    public void advertise(GitService service, Wire wire, Caller to) {
        prompt.advertise(service, wire, to);
    }

    @Override
    public void upload(Wire wire, Caller to) {
        prompt.upload(wire, to);
    }

    @Override
    public void receive(Wire wire, Caller by, IntFunction<String> address) {
        prompt.receive(wire, by, address);
    }

    @Override
    public void close() {
        prompt.close();
    }
}
