package dev.versicle.git;

import dev.versicle.git.LineDiff.Block;
import dev.versicle.prompt.Diff.Line;
import dev.versicle.prompt.Diff.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/**
 * Compares lines that stand in the place of others word by word. A word is a run of letters, marks and digits of any
 * script, a run of white space, or any other single character; the end of a line is one, too.
 */
final class WordDiff {
    /** A block with more words than this is not compared: each of its lines is one word. */
    static final int BLOCK_WORDS_MAX = 4_000;

    /** How many words of all blocks together are compared. */
    static final int WORDS_COMPARED_MAX = 400_000;

    private static final String LINE_END = "\n";

    private int compared;

    /** Adds the lines of a change: those removed, then those added. */
    void add(List<Line> lines, Block removed, Block added) {
        if (removed.size() == 0 || added.size() == 0 || !compare(lines, removed, added)) {
            removed.addTo(lines, Line.Kind.REMOVED, Word.Kind.REMOVED);
            added.addTo(lines, Line.Kind.ADDED, Word.Kind.ADDED);
        }
    }

    private boolean compare(List<Line> lines, Block removed, Block added) {
        List<List<String>> before = words(removed);
        List<List<String>> after = words(added);
        Words a = Words.of(before);
        Words b = Words.of(after);
        int count = a.size() + b.size();
        if (count > BLOCK_WORDS_MAX || compared + count > WORDS_COMPARED_MAX) {
            return false;
        }
        compared += count;
        EditList edits = new HistogramDiff().diff(new ByText(), a, b);
        BitSet gone = new BitSet();
        BitSet come = new BitSet();
        for (Edit edit : edits) {
            gone.set(edit.getBeginA(), edit.getEndA());
            come.set(edit.getBeginB(), edit.getEndB());
        }
        addLines(lines, Line.Kind.REMOVED, removed, marked(before, gone, Word.Kind.REMOVED));
        addLines(lines, Line.Kind.ADDED, added, marked(after, come, Word.Kind.ADDED));
        return true;
    }

    private static void addLines(List<Line> lines, Line.Kind kind, Block block, List<List<Word>> words) {
        List<String> texts = block.lines();
        for (int i = 0; i < texts.size(); i++) {
            lines.add(new Line(kind, texts.get(i), block.isEnded(i), words.get(i)));
        }
    }

    /** The words of each line, neighbours of one kind joined. */
    private static List<List<Word>> marked(List<List<String>> lines, BitSet changed, Word.Kind kind) {
        List<List<Word>> marked = new ArrayList<>();
        int place = 0;
        for (List<String> line : lines) {
            List<Word> words = new ArrayList<>();
            for (String text : line) {
                join(words, new Word(changed.get(place) ? kind : Word.Kind.SAME, text));
                place++;
            }
            marked.add(words);
            place++; // the line's end
        }
        return marked;
    }

    private static void join(List<Word> words, Word next) {
        boolean joins = !words.isEmpty() && words.getLast().kind() == next.kind();
        words.add(joins ? new Word(next.kind(), words.removeLast().text() + next.text()) : next);
    }

    private static List<List<String>> words(Block block) {
        return block.lines().stream().map(WordDiff::words).toList();
    }

    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (int begin = 0; begin < line.length(); ) {
            Sort sort = Sort.of(line.codePointAt(begin));
            int end = line.offsetByCodePoints(begin, 1);
            while (sort != Sort.SINGLE && end < line.length() && Sort.of(line.codePointAt(end)) == sort) {
                end = line.offsetByCodePoints(end, 1);
            }
            words.add(line.substring(begin, end));
            begin = end;
        }
        return words;
    }

    private enum Sort {
        WORD,
        BLANK,
        SINGLE;

        static Sort of(int character) {
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                return BLANK;
            }
            if (Character.isIdeographic(character)) {
                // Written without blanks between words: a run of them would be a whole sentence.
                return SINGLE;
            }
            return Character.isLetterOrDigit(character) || isMark(character) ? WORD : SINGLE;
        }

        private static boolean isMark(int character) {
            int type = Character.getType(character);
            return type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK
                    || type == Character.ENCLOSING_MARK;
        }
    }

    /** Words as JGit compares them. */
    private static final class Words extends Sequence {
        private final List<String> texts;

        private Words(List<String> texts) {
            this.texts = texts;
        }

        static Words of(List<List<String>> lines) {
            List<String> texts = new ArrayList<>();
            for (List<String> line : lines) {
                texts.addAll(line);
                texts.add(LINE_END);
            }
            return new Words(texts);
        }

        String text(int place) {
            return texts.get(place);
        }

        @Override
        public int size() {
            return texts.size();
        }
    }

    private static final class ByText extends SequenceComparator<Words> {
        @Override
        public boolean equals(Words a, int placeA, Words b, int placeB) {
            return a.text(placeA).equals(b.text(placeB));
        }

        @Override
        public int hash(Words words, int place) {
            return words.text(place).hashCode();
        }
    }
}
