package dev.versicle.prompt;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * One prompt, open, in one thread's hands. Reads wait for nobody and all see the prompt as it was at the first of them,
 * or at the first after a write of this one's own. Each write is one step that is durable when the method returns, and
 * a write that lost too many races is refused with {@link Problem.Contended}. Asks nobody for leave: that is {@link
 * Prompts}' part, but for a push, whose commands need different rights.
 */
public interface PromptRepository extends AutoCloseable {
    PromptSettings settings();

    Prompt prompt();

    /** The version, a deleted one excepted ({@link Problem.VersionNotFound}). */
    Version version(VersionRef ref);

    /** The live versions, newest first. */
    Page<Version> versions(Page.Window window);

    /**
     * The version as it was at {@code at}: {@code ref} is the latest one, a number or an environment, and stands for
     * what it stood for then, with what people said of it then. A version's moment is whole seconds, so one that was
     * saved later within the second of {@code at} counts; of edits, deletions and moves the milliseconds count. {@code
     * matchesCurrent} is false. Throws {@link Problem.VersionNotFound} where there was none, {@link Problem.Invalid}
     * for any other reference.
     *
     * <p>Costs a step for each edit of metadata since, and for each version that is deleted; by environment, a step for
     * each move since of any of the prompt's environments, too.
     */
    Version version(VersionRef ref, Instant at);

    /** The live versions with smaller numbers than {@code below}, newest first, {@code limit} of them at most. */
    List<Version> log(int below, int limit);

    /** What changed from one version to another. Throws {@link Problem.TooLarge}. */
    Diff diff(VersionRef from, VersionRef to);

    /**
     * Who brought each line of a version's body. Costs a step for each version before it, up to {@link
     * Blame#VERSIONS_MAX} of them, and a comparison of two texts for each that changed the body.
     */
    Blame blame(VersionRef ref);

    /** The last edit or deletion of any version; another commit after each, and none that it was before. */
    Optional<CommitId> lastEdit();

    /** The files of a version that was read from here, deleted or not. */
    List<PromptPackage.Entry> files(Version version);

    /** Gives {@code work} the files of a version, which it may read until it returns. */
    <R> R read(VersionRef ref, Function<PromptPackage, R> work);

    /** Saves a version; {@code expected} is compared with the latest. */
    CheckpointResult save(Draft draft, Caller by, Expected expected);

    /** Edits what people say about a version; {@code expected} is compared with it. An overwritten one is not found. */
    Version edit(VersionRef ref, MetadataEdit edit, Caller by, Expected expected);

    /** Saves a new version with the tree of an old one, and the current body with it. */
    CheckpointResult restore(VersionRef ref, Caller by);

    /** Changes the settings, then the current body where given; {@code settings} is applied to what is in force. */
    void change(UnaryOperator<PromptSettings> settings, Optional<PromptText> body, Caller by);

    boolean released(SemVer release);

    /** The releases of live versions, highest first. */
    Page<Release> releases(Page.Part part);

    /** The environments, by name. */
    List<Environment> environments();

    /** The environments that point to a commit, by name; costs no more than a look at one ref once they are known. */
    List<EnvironmentName> environmentsAt(CommitId commit);

    /**
     * Makes an environment, or moves it to a live version; where it points there already, nothing is written. Throws
     * {@link Problem.PreconditionRequired} where it is there and nothing is expected of it.
     */
    Environment.Placed moveEnvironment(EnvironmentName name, EnvironmentDesk.Wish wish, Caller by, Expected expected);

    /** Drops an environment. Throws {@link Problem.EnvironmentNotFound}. */
    void dropEnvironment(EnvironmentName name, Caller by, Expected expected);

    /**
     * The moves of an environment, newest first, from the one that the commit {@code from} made; none where it never
     * was. Costs a step for each move of any of the prompt's environments, from the newest down to the last one told.
     */
    Environment.Moves moves(EnvironmentName name, Optional<CommitId> from, int limit);

    /** The last move of any environment; another commit after each, and none that it was before. */
    Optional<CommitId> lastMove();

    /** The current body. */
    CurrentBody current();

    /** Makes the current body the latest version's again. */
    void dropDraft(Caller by);

    /** Its branches; to be used while this is open. */
    PromptBranches branches();

    /**
     * What came with a move of a ref; {@link PushedCommits#NONE} where that is not there any more. Never fails of it.
     */
    PushedCommits pushed(Event.Pushed push);

    /** Writes all of it, as one Git bundle that {@link PromptStore#bring} reads and {@code git clone} too. */
    void bundle(OutputStream out);

    /** Tells a Git client of the refs that the caller may see. */
    void advertise(GitService service, Wire wire, Caller to);

    /** Gives a Git client what it asks for and the caller may see. */
    void upload(Wire wire, Caller to);

    /**
     * Takes in a Git client's push: each of its commands is judged by what the caller may do, and executed or refused
     * with a sentence.
     *
     * @param address where a version of a number can be seen, for people
     */
    void receive(Wire wire, Caller by, IntFunction<String> address);

    @Override
    void close();
}
