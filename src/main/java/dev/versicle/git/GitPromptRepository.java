package dev.versicle.git;

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
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptBranches;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** One prompt in its bare repository: reads straight, writes one at a time and again where a race was lost. */
final class GitPromptRepository implements PromptRepository {
    /** How often a write is decided anew before it is refused. */
    private static final int TRIES_MAX = 8;

    @FunctionalInterface
    interface Work<R> {
        R run() throws IOException;
    }

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final EnvironmentReader environments;
    private final PromptWriter writer;

    /** Where the truths stood when they were looked at; not looked at again before this writes. */
    private Optional<Truths> seen = Optional.empty();

    /** Who brought the prompt here, where this is the first to open it. */
    private Optional<String> maker = Optional.empty();

    GitPromptRepository(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.environments = new EnvironmentReader(shop, id, git);
        this.writer = new PromptWriter(shop, id, git);
    }

    @Override
    public PromptSettings settings() {
        return checked(() -> reader.settings(truths()));
    }

    @Override
    public Prompt prompt() {
        return checked(() -> reader.prompt(truths()));
    }

    @Override
    public Version version(VersionRef ref) {
        return checked(() -> reader.version(ref, truths()));
    }

    @Override
    public Page<Version> versions(Page.Window window) {
        return checked(() -> reader.versions(window, truths()));
    }

    @Override
    public Version version(VersionRef ref, Instant at) {
        return checked(() -> new PastReader(shop, id, git, truths()).version(ref, at));
    }

    @Override
    public List<Version> log(int below, int limit) {
        return checked(() -> reader.versionsBelow(below, limit, truths()));
    }

    @Override
    public Diff diff(VersionRef from, VersionRef to) {
        return checked(() -> new Comparison(git).diff(reader.version(from, truths()), reader.version(to, truths())));
    }

    @Override
    public Blame blame(VersionRef ref) {
        return checked(() -> new BlameReader(shop, id, git, truths()).blame(ref));
    }

    @Override
    public Optional<CommitId> lastEdit() {
        return checked(() -> commit(truths().notes()));
    }

    @Override
    public Optional<CommitId> lastMove() {
        return checked(() -> commit(environments.tip()));
    }

    private static Optional<CommitId> commit(ObjectId tip) {
        return Truths.present(tip).map(present -> new CommitId(present.name()));
    }

    @Override
    public List<PromptPackage.Entry> files(Version version) {
        return checked(() -> {
            try (GitPackage files = GitPackage.open(git, version)) {
                return files.files();
            }
        });
    }

    @Override
    public <R> R read(VersionRef ref, Function<PromptPackage, R> work) {
        return checked(() -> {
            try (GitPackage files = GitPackage.open(git, reader.version(ref, truths()))) {
                return work.apply(files);
            }
        });
    }

    private Truths truths() throws IOException {
        Truths truths = seen.isPresent() ? seen.get() : Truths.of(git);
        seen = Optional.of(truths);
        return truths;
    }

    @Override
    public CheckpointResult save(Draft draft, Caller by, Expected expected) {
        return written(() -> writer.save(draft, by, expected));
    }

    @Override
    public Version edit(VersionRef ref, MetadataEdit edit, Caller by, Expected expected) {
        return written(() -> new NoteWriter(shop, id, git).edit(ref, edit, by, expected));
    }

    @Override
    public CheckpointResult restore(VersionRef ref, Caller by) {
        return written(() -> writer.restore(ref, by));
    }

    @Override
    public void change(UnaryOperator<PromptSettings> settings, Optional<PromptText> body, Caller by) {
        written(() -> {
            writer.change(settings, body, by);
            return id;
        });
    }

    @Override
    public List<Environment> environments() {
        return checked(() -> environments.all(settings()));
    }

    @Override
    public List<EnvironmentName> environmentsAt(CommitId commit) {
        return checked(() -> environments.pointingTo(commit));
    }

    @Override
    public Environment.Placed moveEnvironment(
            EnvironmentName name, EnvironmentDesk.Wish wish, Caller by, Expected expected) {
        return written(() -> new EnvironmentWriter(shop, id, git).place(name, wish, by, expected));
    }

    @Override
    public void dropEnvironment(EnvironmentName name, Caller by, Expected expected) {
        written(() -> {
            new EnvironmentWriter(shop, id, git).drop(name, by, expected);
            return id;
        });
    }

    @Override
    public Environment.Moves moves(EnvironmentName name, Optional<CommitId> from, int limit) {
        return checked(() -> {
            try (EnvironmentHistory history = new EnvironmentHistory(git, name, environments.tip())) {
                return history.page(from, limit);
            }
        });
    }

    @Override
    public boolean released(SemVer release) {
        return checked(() -> new Signs(shop, id, git).released(release));
    }

    @Override
    public Page<Release> releases(Page.Part part) {
        return checked(() -> reader.releases(part, truths()));
    }

    @Override
    public CurrentBody current() {
        return checked(() -> reader.current(truths()));
    }

    @Override
    public void dropDraft(Caller by) {
        written(() -> {
            writer.dropDraft();
            return id;
        });
    }

    @Override
    public PromptBranches branches() {
        return new GitBranches(this, shop, id, git);
    }

    @Override
    public PushedCommits pushed(Event.Pushed push) {
        return checked(() -> new PushedHistory(git).of(push));
    }

    @Override
    public void bundle(OutputStream out) {
        // Under the lock, since no ref may be of a later moment than another: a note's commit would be missing.
        SortedMap<String, ObjectId> refs = shop.locks().locked(id.hex(), () -> checked(() -> Bundles.refs(git)));
        checked(() -> {
            Bundles.write(git, refs, out);
            return id;
        });
    }

    @Override
    public void advertise(GitService service, Wire wire, Caller to) {
        checked(() -> {
            switch (service) {
                case UPLOAD_PACK -> uploadOf(wire, to).advertise(wire);
                case RECEIVE_PACK -> new Reception(shop, id, git).advertise(wire, to);
            }
            return id;
        });
    }

    @Override
    public void upload(Wire wire, Caller to) {
        checked(() -> {
            uploadOf(wire, to).upload(wire);
            return id;
        });
    }

    private Upload uploadOf(Wire wire, Caller to) throws IOException {
        return new Upload(
                "prompt " + id,
                git,
                new PromptSight(shop, id, git, to, wire.limits().tags()));
    }

    @Override
    public void receive(Wire wire, Caller by, IntFunction<String> address) {
        checked(() -> {
            new Reception(shop, id, git)
                    .receive(wire, push -> written(() -> new PushWriter(shop, id, git).execute(push, by, address)));
            return id;
        });
    }

    /** Whether no live version would be left. Throws what {@link #delete} would. */
    boolean deletesLast(int number) {
        return checked(() -> {
            new NoteWriter(shop, id, git).requireDeletable(number);
            return reader.versions(new Page.Window(1, 1), truths()).total() == 1;
        });
    }

    void delete(int number, Caller by) {
        written(() -> {
            new NoteWriter(shop, id, git).delete(number, by);
            return id;
        });
    }

    /**
     * Removes what a kill left in the way and mends what it left undone; before anything else in a process. It was
     * {@code by} who brought the prompt here, where it has just come.
     */
    void recover(Optional<String> by) {
        maker = by;
        if (!shop.locks().isMended(id.hex())) {
            written(() -> id);
        }
    }

    <R> R written(Work<R> work) {
        seen = Optional.empty();
        return shop.locks().locked(id.hex(), () -> {
            boolean ended = false;
            try {
                mend();
                R result = tried(work);
                ended = true;
                return result;
            } catch (PromptException e) {
                ended = decidedBeforeWriting(e.problem());
                throw e;
            } finally {
                if (!ended) {
                    shop.locks().broken(id.hex());
                    shop.index().doubt();
                }
            }
        });
    }

    private void mend() {
        if (!shop.locks().isMended(id.hex())) {
            boolean uncertain = shop.index().state() != PromptIndex.State.COMPLETE
                    || shop.locks().isBroken(id.hex());
            tried(() -> {
                new Mender(shop, id, git).open(uncertain, maker);
                return id;
            });
            shop.locks().mended(id.hex());
        }
    }

    /** Of the refusals these two alone can come when a truth has moved already. */
    private static boolean decidedBeforeWriting(Problem problem) {
        return !(problem instanceof Problem.Contended || problem instanceof Problem.NameTaken);
    }

    private <R> R tried(Work<R> work) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            try {
                return checked(work);
            } catch (LostRace e) {
                // Somebody else moved the truth: what was decided is decided anew.
            }
        }
        throw new PromptException(new Problem.Contended());
    }

    <R> R checked(Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw isGone() ? new PromptException(new Problem.PromptNotFound(id.hex())) : new UncheckedIOException(e);
        }
    }

    /** Whether the prompt was deleted under our hands, so that nothing of it can be read any more. */
    private boolean isGone() {
        try {
            return Truths.absent(Truths.tip(git, RefNames.SETTINGS));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
