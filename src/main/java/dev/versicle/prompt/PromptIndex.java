package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
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
        /** It is new or was broken: prompts must be read into it. */
        EMPTY
    }

    /**
     * The refs' values that an entry was made from, each 40 hex digits or empty where there is no such ref: when they
     * equal what is there, the entry is up to date.
     */
    record Tips(String main, String notes, String settings, String draft) {}

    /** A prompt's entry. {@code latest} is the highest live number, 0 if none; {@code live} counts live versions. */
    record PromptEntry(Tips tips, Prompt.Counts counts, Instant updatedAt) {}

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

    /** All that changes in one step; a version entry that is current makes every other of its number overwritten. */
    record Change(PromptSettings settings, Tips tips, Instant updatedAt, List<VersionEntry> versions) {
        public Change {
            versions = List.copyOf(versions);
        }
    }

    State state();

    /** Takes a name for a prompt, before the prompt is made or renamed. Throws {@link Problem.NameTaken}. */
    void claim(Namespace namespace, PromptName name, PromptId id);

    /** Gives back a name that {@code id} claimed and did not come to bear. */
    void release(Namespace namespace, PromptName name, PromptId id);

    /**
     * Makes the entry of a prompt, and of the versions named, what {@code change} says, in one step; the prompt bears
     * exactly the name in its settings afterwards. Throws {@link Problem.NameTaken} where another has that name.
     */
    void record(PromptId id, Change change);

    /** Drops a prompt with all that belongs to it. */
    void forget(PromptId id);

    Optional<PromptId> find(Namespace namespace, PromptName name);

    Optional<PromptEntry> prompt(PromptId id);

    /** The version that the number stands for, deleted or not. */
    Optional<VersionEntry> byNumber(PromptId id, int number);

    /** Main's newest commit among those with the highest number that is at most {@code number}. */
    Optional<VersionEntry> floor(PromptId id, int number);

    /** The version whose commit id begins with {@code hex} (24 to 40 digits), overwritten and deleted ones too. */
    Optional<VersionEntry> byCommit(PromptId id, String hex);

    /** Commits whose ids begin with {@code hex}, overwritten and deleted ones too: two at most, which tells one of many. */
    List<VersionEntry> beginningWith(PromptId id, String hex);

    /** The live version with the highest number. */
    Optional<VersionEntry> latest(PromptId id);

    /** The live version that got this display version last; at the same moment, the highest number. */
    Optional<VersionEntry> carrier(PromptId id, DisplayVersion text);

    /** Live versions, highest number first. */
    List<VersionEntry> live(PromptId id, Page.Window window);

    /** Live versions with smaller numbers, highest first. */
    List<VersionEntry> liveBelow(PromptId id, int number, int limit);

    /**
     * Main's version with the highest number below {@code below} whose moment is not after {@code at}; deleted and
     * overwritten ones too.
     */
    Optional<VersionEntry> newestAt(PromptId id, Instant at, int below);

    /** What the number stood for then: the newest commit with it whose moment is not after {@code at}. */
    Optional<VersionEntry> numberAt(PromptId id, int number, Instant at);

    /** The prompts that the caller may read, newest change first. */
    Page<PromptId> readable(Caller caller, Page.Window window);

    /** All prompts of a namespace that the caller may read, newest change first. */
    List<PromptId> readableIn(Caller caller, Namespace namespace);

    /** How many prompts there are. */
    long count();

    /** Every prompt with an entry or a claim: for the start only. */
    List<PromptId> known();

    /** Declares that every prompt is in the index now, after a start that found it otherwise. */
    void complete();
}
