package dev.versicle.prompt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds prompts and versions without walking through them. It is derived: everything in it can be read again from the
 * prompts themselves, and whoever writes a prompt records the change here after it is durable there.
 */
public interface PromptIndex {
    /** What an index file was found to be at the start. */
    enum State {
        /** Everything that was acknowledged is in it. */
        COMPLETE,
        /** The server was not stopped in order: prompts must be compared with it. */
        UNCERTAIN,
        /** It is new, was broken, or never came to be complete: prompts must be read into it. */
        EMPTY
    }

    /**
     * The refs' values that an entry was made from, each 40 hex digits or empty where there is no such ref: when they
     * equal what is there, the entry is up to date.
     */
    record Tips(String main, String notes, String settings, String draft) {}

    /**
     * A prompt's entry. {@code latest} is the highest live number, 0 if none; {@code live} counts live versions.
     *
     * @param environments the value of the environments' ref up to which events told of them, empty text for none;
     *     absent while what the prompt came with is not adopted
     */
    record PromptEntry(Tips tips, Optional<String> environments, Prompt.Counts counts, Instant updatedAt) {}

    /** A commit that is or was a version. */
    record VersionEntry(int number, CommitId commit, Instant moment, Standing standing, Optional<Displayed> displayed) {
        public boolean live() {
            return standing.current() && !standing.deleted();
        }
    }

    /**
     * What a commit is among those with its number.
     *
     * @param main whether it lies on main's first-parent line, not on a slot's own
     * @param current whether it is what its number stands for; an overwritten one is not
     */
    record Standing(boolean main, boolean current, boolean deleted) {}

    /** The display version in force, and when it was set. */
    record Displayed(DisplayVersion text, Instant at) {}

    /**
     * What the events about a change say.
     *
     * @param by the subject that made it, where that is known
     * @param main what clones call the ref of {@link Tips#main}
     * @param notes what they call that of {@link Tips#notes}
     */
    record Telling(Optional<String> by, String main, String notes) {
        /** Of a change of nobody known, by the tips' own names. */
        private static final Telling PLAIN = new Telling(Optional.empty(), "main", "notes");
    }

    /**
     * All that changes in one step; a version entry that is current makes every other of its number overwritten.
     *
     * @param text the latest live version's, empty where there is none; absent where it stays what it was
     */
    record Change(
            PromptSettings settings,
            Tips tips,
            Instant updatedAt,
            List<VersionEntry> versions,
            Optional<String> text,
            Telling telling) {
        public Change {
            versions = List.copyOf(versions);
        }

        /** A change of nobody known. */
        public Change(
                PromptSettings settings,
                Tips tips,
                Instant updatedAt,
                List<VersionEntry> versions,
                Optional<String> text) {
            this(settings, tips, updatedAt, versions, text, Telling.PLAIN);
        }

        /** A change of nobody known, that leaves the latest version's text as it was. */
        public Change(PromptSettings settings, Tips tips, Instant updatedAt, List<VersionEntry> versions) {
            this(settings, tips, updatedAt, versions, Optional.empty());
        }
    }

    /**
     * What became of a prompt's environments between two values of their ref, each 40 hex digits or empty.
     *
     * @param moves oldest first
     * @param now where all of them point at {@code to}
     */
    record EnvironmentMoves(
            String from, String to, List<Event.EnvironmentMoved> moves, Map<EnvironmentName, Environment.Target> now) {
        public EnvironmentMoves {
            moves = List.copyOf(moves);
            now = Map.copyOf(now);
        }
    }

    /** What a ref is now, 40 hex digits; empty where it is gone. */
    record RefValue(String ref, Optional<String> id) {}

    /** A prompt of which an environment points to a version. */
    record Pointed(PromptId id, PromptName name, Environment.Target target) {}

    /** A release, and the commit that it was put on. */
    record Released(SemVer release, CommitId commit) {}

    /** A release, and the version that it points to. */
    record ReleaseEntry(SemVer release, VersionEntry version) {}

    /** A prompt that lies in the trash, as it was; {@code at} is when it went there, in whole seconds. */
    record Trashed(PromptId id, Namespace namespace, PromptName name, String owner, Instant at) {
        public Trashed {
            at = at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /** How far a start has come with comparing prompts: {@code done} of {@code total}, both 0 where none need be. */
    record Progress(State state, long done, long total) {}

    State state();

    Progress progress();

    /** Says how far the start has come. */
    void reached(long done, long total);

    /**
     * Takes a name for a prompt, before the prompt is made or renamed. Throws {@link Problem.NameTaken}, and {@link
     * Problem.Starting} while not all names are known.
     */
    void claim(Namespace namespace, PromptName name, PromptId id);

    /** Gives back a name that {@code id} claimed and did not come to bear. */
    void release(Namespace namespace, PromptName name, PromptId id);

    /**
     * Makes the entry of a prompt, and of the versions named, what {@code change} says, in one step; the prompt bears
     * exactly the name in its settings afterwards. Throws {@link Problem.NameTaken} where another has that name.
     */
    void record(PromptId id, Change change);

    /**
     * Records moves of environments, unless the index has seen them already: unless it is not at {@code moves.from} any
     * more.
     */
    void moved(PromptId id, EnvironmentMoves moves);

    /**
     * Says what refs are that people see and that no other call tells of: tags, branches of environments, people's own.
     * Each that is not what the index knew is an event.
     */
    void refs(PromptId id, List<RefValue> refs, Optional<String> by);

    /** As {@link #refs}, with all such refs there are, of which few differ from what the index knows. */
    void allRefs(PromptId id, Map<String, String> refs);

    /**
     * Takes what a prompt came with for known, where the index has just learned of it: all such refs, and where its
     * environments point. None of it is an event.
     */
    void adopt(PromptId id, Map<String, String> refs, EnvironmentMoves environments);

    /** All prompts of a namespace that have an environment, at one moment: for what was lost, never for a request. */
    List<Pointed> pointing(Namespace namespace, EnvironmentName environment);

    /** Adds releases of a prompt; its place in lists stays. One that is there already points elsewhere afterwards. */
    void released(PromptId id, List<Released> releases);

    /** Counts one more download. */
    void downloaded(PromptId id);

    /**
     * Has the index know none of a prompt's versions and releases, before it is recorded anew; which commits were
     * versions is remembered until then, so that only others are events.
     */
    void restart(PromptId id);

    /**
     * Drops a prompt that is not there any more, with all that belongs to it, in one step with the event that it was
     * deleted; keeps its place in the trash if it has one.
     */
    void vanished(PromptId id);

    /** Drops a prompt likewise and lists it as deleted, in one step with the event that says so. */
    void trash(Trashed prompt, Event.Deleted deleted, Optional<String> by);

    /** Lists a prompt as deleted where no other of its id is there: for the start only. */
    void trashed(Trashed prompt);

    /** Drops a prompt from the list of the deleted: it is recovered, or gone for good. */
    void untrash(PromptId id);

    /** The prompts in the trash, newest there first: all for an administrator, else those that the caller owned. */
    Page<Trashed> trashed(Caller caller, Page.Part part);

    /** A deleted prompt. */
    Optional<Trashed> trashed(PromptId id);

    /** The prompt that bears the name. Throws {@link Problem.Starting} while not all names are known. */
    Optional<PromptId> find(Namespace namespace, PromptName name);

    /**
     * The prompt that had the name last and bears another now, unless some prompt bears it. Throws {@link
     * Problem.Starting} while not all names are known.
     */
    Optional<PromptId> former(Namespace namespace, PromptName name);

    Optional<PromptEntry> prompt(PromptId id);

    /** The version that the number stands for, deleted or not. */
    Optional<VersionEntry> byNumber(PromptId id, int number);

    /** Main's newest commit among those with the highest number that is at most {@code number}. */
    Optional<VersionEntry> floor(PromptId id, int number);

    /** The version whose commit id begins with {@code hex} (24 to 40 digits), overwritten and deleted ones too. */
    Optional<VersionEntry> byCommit(PromptId id, String hex);

    /** Commits whose ids begin with {@code hex}, overwritten and deleted ones too: two at most, to tell one of many. */
    List<VersionEntry> beginningWith(PromptId id, String hex);

    /** The live version with the highest number. */
    Optional<VersionEntry> latest(PromptId id);

    /** The live version that got this display version last; at the same moment, the highest number. */
    default Optional<VersionEntry> carrier(PromptId id, DisplayVersion text) {
        return carriers(id, text, 1).stream().findFirst();
    }

    /** The live versions that carry this display version, at most {@code limit}; the one that got it last first. */
    List<VersionEntry> carriers(PromptId id, DisplayVersion text, int limit);

    /** Live versions, highest number first. */
    List<VersionEntry> live(PromptId id, Page.Window window);

    /** Live versions with numbers below {@code number}, highest first. */
    List<VersionEntry> liveBelow(PromptId id, int number, int limit);

    /**
     * Main's newest commit among those with the highest number below {@code below} and no later moment than {@code at};
     * overwritten and deleted ones too.
     */
    Optional<VersionEntry> newestAt(PromptId id, Instant at, int below);

    /** What the number stood for then: the newest commit with it that is no later than {@code at}, deleted or not. */
    Optional<VersionEntry> numberAt(PromptId id, int number, Instant at);

    /** The releases that point to a version, lowest first. */
    List<SemVer> releases(PromptId id, CommitId version);

    /** The releases that point to live versions, highest first. */
    Page<ReleaseEntry> releases(PromptId id, Page.Part part);

    /** The highest releases, highest first; those of overwritten versions, too. */
    List<SemVer> highest(PromptId id, int limit);

    /** The display versions of live versions, each once, the one that was set last first. */
    List<DisplayVersion> displayed(PromptId id, int limit);

    /** The prompts that the caller may read, newest change first. */
    default Page<PromptId> readable(Caller caller, Page.Window window) {
        return search(caller, Search.EVERYTHING, new Page.Part(window.offset(), window.limit()));
    }

    /**
     * The prompts that the caller may read and that are looked for. With words: those whose names have all of them
     * first, the name that is the text itself before all others; then the better match, then the newer change. Without:
     * in a folder of one namespace by name, else newest change first. Sees every write that was acknowledged before,
     * once the start is complete.
     */
    Page<PromptId> search(Caller caller, Search wanted, Page.Part part);

    /** All prompts of a namespace that the caller may read, newest change first. */
    List<PromptId> readableIn(Caller caller, Namespace namespace);

    /** How many prompts there are. */
    long count();

    /** Something broke in the midst of a write: the next start compares every prompt, however this one stops. */
    void doubt();

    /** Every prompt with an entry: for the start only. */
    List<PromptId> known();

    /**
     * Declares that every prompt, in the trash or not, is in the index now, after a start that found it otherwise. What
     * this start did not list as deleted is so no more.
     */
    void complete();
}
