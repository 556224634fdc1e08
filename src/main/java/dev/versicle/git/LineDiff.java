package dev.versicle.git;

import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Diff.Line;
import dev.versicle.prompt.Diff.Word;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/**
 * Compares texts line by line, and what stands in the place of what word by word; one object for all texts of a
 * comparison, since they share its limits.
 *
 * <p>The time that comparing takes can grow with the square of what differs. Texts beyond the limit are still compared
 * rightly, but coarsely: all between their equal beginnings and ends counts as replaced.
 */
final class LineDiff {
    /** How many lines of all texts together are compared finely. */
    static final int LINES_COMPARED_MAX = 40_000;

    private static final DiffAlgorithm FINE = new HistogramDiff();

    private final WordDiff words = new WordDiff();
    private int compared;
    private int shown;

    /** The edits that make one text of the other; none is next to another. */
    EditList edits(RawText from, RawText to) {
        EditList coarse = new Replacing().diff(RawTextComparator.DEFAULT, from, to);
        int differing = coarse.stream()
                .mapToInt(edit -> edit.getLengthA() + edit.getLengthB())
                .sum();
        if (compared + (long) differing > LINES_COMPARED_MAX) {
            return coarse;
        }
        compared += differing;
        return FINE.diff(RawTextComparator.DEFAULT, from, to);
    }

    /** Leaves off equal lines at both ends, and replaces the rest. */
    private static final class Replacing extends DiffAlgorithm {
        @Override
        public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> comparator, S a, S b) {
            return EditList.singleton(new Edit(0, a.size(), 0, b.size()));
        }
    }

    List<Diff.Hunk> hunks(RawText from, RawText to) {
        List<Diff.Hunk> hunks = new ArrayList<>();
        EditList edits = edits(from, to);
        for (int first = 0; first < edits.size(); ) {
            int end = first + 1;
            while (end < edits.size() && isNear(edits.get(end - 1), edits.get(end))) {
                end++;
            }
            hunks.add(hunk(from, to, edits.subList(first, end)));
            first = end;
        }
        return hunks;
    }

    private static boolean isNear(Edit edit, Edit next) {
        return next.getBeginA() - edit.getEndA() <= 2 * Diff.CONTEXT_LINES;
    }

    private Diff.Hunk hunk(RawText from, RawText to, List<Edit> edits) {
        int before = Math.min(edits.getFirst().getBeginA(), Diff.CONTEXT_LINES);
        int beginA = edits.getFirst().getBeginA() - before;
        int beginB = edits.getFirst().getBeginB() - before;
        int after = Math.min(from.size() - edits.getLast().getEndA(), Diff.CONTEXT_LINES);
        int endA = edits.getLast().getEndA() + after;
        int endB = edits.getLast().getEndB() + after;
        requireRoom(edits, endA - beginA);
        List<Line> lines = new ArrayList<>();
        int next = beginA;
        for (Edit edit : edits) {
            addContext(lines, from, next, edit.getBeginA());
            words.add(
                    lines,
                    new Block(from, edit.getBeginA(), edit.getEndA()),
                    new Block(to, edit.getBeginB(), edit.getEndB()));
            next = edit.getEndA();
        }
        addContext(lines, from, next, endA);
        return new Diff.Hunk(start(beginA, endA), endA - beginA, start(beginB, endB), endB - beginB, lines);
    }

    private void requireRoom(List<Edit> edits, int old) {
        shown += old + edits.stream().mapToInt(Edit::getLengthB).sum();
        if (shown > Diff.LINES_MAX) {
            throw new PromptException(
                    new Problem.Invalid("to", "must not differ in more than " + Diff.LINES_MAX + " lines"));
        }
    }

    private static int start(int begin, int end) {
        return begin == end ? begin : begin + 1;
    }

    private static void addContext(List<Line> lines, RawText text, int begin, int end) {
        new Block(text, begin, end).addTo(lines, Line.Kind.CONTEXT, Word.Kind.SAME);
    }

    /** Some lines of a text. */
    record Block(RawText text, int begin, int end) {
        int size() {
            return end - begin;
        }

        List<String> lines() {
            return IntStream.range(begin, end).mapToObj(text::getString).toList();
        }

        /** Whether a line feed ends the line that is {@code offset} lines behind the first. */
        boolean isEnded(int offset) {
            return begin + offset < text.size() - 1 || !text.isMissingNewlineAtEnd();
        }

        /** Adds the lines, each of one word. */
        void addTo(List<Line> lines, Line.Kind kind, Word.Kind words) {
            List<String> texts = lines();
            for (int i = 0; i < texts.size(); i++) {
                String line = texts.get(i);
                List<Word> whole = line.isEmpty() ? List.of() : List.of(new Word(words, line));
                lines.add(new Line(kind, line, isEnded(i), whole));
            }
        }
    }
}
