package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which version brought each line of a version's body. The line of first parents is followed, so a body is compared
 * with the one before it wherever in the tree either lies.
 */
public record Blame(Version version, List<Line> lines) {
    /** How many versions are looked at, newest first; what none of them brought is the last one's, or older. */
    public static final int VERSIONS_MAX = 10_000;

    /** How much the bodies that are looked at may hold in all, before no older ones are. */
    public static final long BYTES_MAX = 256L << 20;

    public Blame {
        lines = List.copyOf(lines);
    }

    /**
     * One line of the body.
     *
     * @param number counts from 1
     * @param text without the line feed that ends it
     * @param orOlder whether the line may be older than {@code origin}, since no more versions were looked at
     */
    public record Line(int number, String text, Origin origin, boolean orOlder) {}

    /**
     * A version, overwritten or deleted ones too.
     *
     * @param title as it is now
     */
    public record Origin(int number, CommitId commit, Optional<String> title, String createdBy, Instant createdAt) {}
}
