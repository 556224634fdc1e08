package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the caller has seen and builds on: any of the stamps must still hold. None at all always holds. */
public record Expected(List<Stamp> stamps) {
    public static final Expected NOTHING = new Expected(List.of());

    /**
     * One state of one version, or of an environment that points to it.
     *
     * @param commit the first 24 to 40 hex digits of a version's commit
     * @param note the first 8 hex digits of its note blob, or of the environment's file, where the caller named them
     */
    public record Stamp(String commit, Optional<String> note) {}

    /** The caller saw this very commit. */
    static Expected commit(CommitId id) {
        return new Expected(List.of(new Stamp(id.hex(), Optional.empty())));
    }

    public Expected {
        stamps = List.copyOf(stamps);
    }

    /** Holds when the caller saw this very commit, whatever was said about it since; asks for it only if need be. */
    public void requireCommit(Supplier<Optional<CommitId>> latest) {
        if (!stamps.isEmpty()) {
            Optional<CommitId> there = latest.get();
            if (stamps.stream().noneMatch(stamp -> names(stamp, there))) {
                throw new PromptException(new Problem.Stale(there));
            }
        }
    }

    /** Whether one of the stamps is this commit's. */
    public boolean names(Optional<CommitId> commit) {
        return stamps.stream().anyMatch(stamp -> names(stamp, commit));
    }

    /** Holds when the caller saw this very commit with this very metadata. */
    public void requireVersion(Version version) {
        if (!stamps.isEmpty() && stamps.stream().noneMatch(stamp -> covers(stamp, version))) {
            throw new PromptException(new Problem.Stale(Optional.of(version.commit())));
        }
    }

    /** Holds when the caller saw this very move of an environment; nothing expected always holds. */
    public void requireEnvironment(Optional<Environment> there) {
        if (!stamps.isEmpty()
                && stamps.stream()
                        .noneMatch(stamp -> there.filter(environment -> covers(stamp, environment))
                                .isPresent())) {
            throw new PromptException(new Problem.Stale(
                    there.map(environment -> environment.target().commit())));
        }
    }

    private static boolean covers(Stamp stamp, Environment environment) {
        return names(stamp, Optional.of(environment.target().commit()))
                && stamp.note()
                        .map(file -> environment.stamp().endsWith("-" + file))
                        .orElse(true);
    }

    private static boolean names(Stamp stamp, Optional<CommitId> commit) {
        return commit.filter(id -> id.hex().startsWith(stamp.commit())).isPresent();
    }

    private static boolean covers(Stamp stamp, Version version) {
        return names(stamp, Optional.of(version.commit()))
                && stamp.note()
                        .map(note -> version.stamp().endsWith("-" + note))
                        .orElse(true);
    }
}
