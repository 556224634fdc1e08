package dev.versicle.prompt;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What changed from one version of a prompt to another: files line by line, lines word by word. A file that was moved
 * is one removed and one added.
 *
 * @param files those that differ, in Git's order; a file that is equal in both is not among them
 * @param variables of the two bodies
 */
public record Diff(Version from, Version to, List<FileDiff> files, Names variables) {
    /** How much the files that differ may hold in all, both sides together. */
    public static final long BYTES_MAX = 32L << 20;

    /** How many lines all hunks together may have. */
    public static final int LINES_MAX = 200_000;

    /** How many unchanged lines stand before and after a change. */
    public static final int CONTEXT_LINES = 3;

    public Diff {
        files = List.copyOf(files);
    }

    public enum Change {
        ADDED,
        REMOVED,
        MODIFIED
    }

    /** The variables that only the newer body has, and those that only the older one has. */
    public record Names(SortedSet<String> added, SortedSet<String> removed) {
        public Names {
            added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
            removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
        }

        static Names between(String from, String to) {
            SortedSet<String> added = new TreeSet<>(Variables.of(to));
            SortedSet<String> removed = new TreeSet<>(Variables.of(from));
            SortedSet<String> kept = new TreeSet<>(added);
            kept.retainAll(removed);
            added.removeAll(kept);
            removed.removeAll(kept);
            return new Names(added, removed);
        }
    }

    /**
     * One file that differs; at least one side is there.
     *
     * @param binary whether a side that is there is no UTF-8 text without NUL: then there are no hunks
     * @param hunks oldest line first; none where only the mode differs, or an empty file came or went
     */
    public record FileDiff(String path, Optional<Side> from, Optional<Side> to, boolean binary, List<Hunk> hunks) {
        public FileDiff {
            hunks = List.copyOf(hunks);
        }

        public Change change() {
            if (from.isEmpty()) {
                return Change.ADDED;
            }
            return to.isEmpty() ? Change.REMOVED : Change.MODIFIED;
        }
    }

    /**
     * A file as one version has it.
     *
     * @param id of its blob, 40 hex digits
     */
    public record Side(String id, boolean executable) {
        /** As Git writes it: {@code 100644} or {@code 100755}. */
        public String mode() {
            return executable ? "100755" : "100644";
        }
    }

    /**
     * Lines that changed, and a few around them. Lines count from 1; where a side has none, its start is the line
     * before, as Git has it.
     */
    public record Hunk(int oldStart, int oldLines, int newStart, int newLines, List<Line> lines) {
        public Hunk {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One line of a hunk.
     *
     * @param text without the line feed that ends it; a carriage return before that belongs to the text
     * @param ended whether a line feed ends it; only a file's last line can lack it
     * @param words which, joined, are the text; of a line that stands alone on its side, one word
     */
    public record Line(Line.Kind kind, String text, boolean ended, List<Word> words) {
        public enum Kind {
            CONTEXT,
            ADDED,
            REMOVED
        }

        public Line {
            words = List.copyOf(words);
        }
    }

    /** A part of a line: kept where lines of the two versions were compared with each other. */
    public record Word(Word.Kind kind, String text) {
        public enum Kind {
            SAME,
            ADDED,
            REMOVED
        }
    }

    /** Compares the bodies' variables itself. */
    public static Diff of(Version from, Version to, List<FileDiff> files) {
        return new Diff(from, to, files, Names.between(from.text(), to.text()));
    }
}
