package dev.versicle.prompt;

import java.util.List;

/**
 * A file that two sides changed so that only a person can tell what it shall be. {@code ours} is main's side, {@code
 * theirs} the branch's.
 *
 * @param binary whether a side is no UTF-8 text without NUL: then there are no regions
 * @param regions where the texts differ, first line first
 * @param complete whether these are all of its regions: a merge's are told up to {@link #REGIONS_MAX} and {@link
 *     #CHARACTERS_MAX}
 */
public record MergeConflict(String path, Kind kind, boolean binary, List<Region> regions, boolean complete) {
    /** How many regions of one merge are told. */
    public static final int REGIONS_MAX = 1_000;

    /** How long the texts of all regions of one merge may be together. */
    public static final int CHARACTERS_MAX = 1 << 18;

    public enum Kind {
        /** Both changed the same lines. */
        CONTENT,
        /** Both added it, and not the same. */
        BOTH_ADDED,
        /** Main deleted what the branch changed. */
        DELETED_BY_US,
        /** The branch deleted what main changed. */
        DELETED_BY_THEM,
        /** Both have the same content, and the one made it executable that the other did not. */
        MODE,
        /** What is a file to one is a directory to the other. */
        FILE_DIRECTORY
    }

    /** The same place on both sides, and in what both come from. */
    public record Region(Lines base, Lines ours, Lines theirs) {
        int characters() {
            return base.text().length() + ours.text().length() + theirs.text().length();
        }
    }

    /**
     * Lines of one side.
     *
     * @param start the first one, counted from 1; where there are none the line before, as Git has it
     * @param text with the line feeds that end them
     */
    public record Lines(int start, int lines, String text) {}

    public MergeConflict {
        regions = List.copyOf(regions);
    }
}
