package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Diff.Hunk;
import dev.versicle.prompt.Diff.Line;
import dev.versicle.prompt.Diff.Word;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.RawText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changed within lines, in whatever script they are. */
class WordDiffTest {
    private static final int TEXTS = 400;

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("Hello,  you!", List.of("Hello", ",", "  ", "you", "!")),
                Arguments.of("it's ${a_b}\r", List.of("it", "'", "s", " ", "$", "{", "a", "_", "b", "}", "\r")),
                Arguments.of("\u00fcber cafe\u0301 42\u0664", List.of("\u00fcber", " ", "cafe\u0301", " ", "42\u0664")),
                Arguments.of(
                        "\u043f\u0440\u0438\u0432\u0435\u0442\u00a0\u3000\u0645\u064e\u0631",
                        List.of("\u043f\u0440\u0438\u0432\u0435\u0442", "\u00a0\u3000", "\u0645\u064e\u0631")),
                Arguments.of("\u4f60\u597d", List.of("\u4f60", "\u597d")),
                Arguments.of(
                        "\ud83d\ude00\ud83d\ude00\ud835\udc00\ud835\udc01",
                        List.of("\ud83d\ude00", "\ud83d\ude00", "\ud835\udc00\ud835\udc01")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsCutIntoWords(String line, List<String> words) {
        assertEquals(words, WordDiff.words(line));
    }

    private static List<Line> compared(String from, String to) {
        return hunks(from, to).stream().flatMap(hunk -> hunk.lines().stream()).toList();
    }

    private static List<Hunk> hunks(String from, String to) {
        return new LineDiff().hunks(text(from), text(to));
    }

    private static RawText text(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Each line with its kind's first letter, and what changed in it in brackets. */
    private static List<String> told(String from, String to) {
        return compared(from, to).stream()
                .map(line -> line.kind().name().charAt(0)
                        + line.words().stream()
                                .map(word -> word.kind() == Word.Kind.SAME ? word.text() : "[" + word.text() + "]")
                                .collect(Collectors.joining()))
                .toList();
    }

    @Test
    void theWordsThatChangedStandOut() {
        assertEquals(
                List.of("RYou are a [helpful] guide.", "AYou are a [patient, kind] guide."),
                told("You are a helpful guide.", "You are a patient, kind guide."));
    }

    @Test
    void aLineThatWasBrokenInTwoKeepsItsWords() {
        assertEquals(
                List.of("RBe kind.[ ]Be brief.", "ABe kind.", "ABe brief."),
                told("Be kind. Be brief.\n", "Be kind.\nBe brief.\n"));
    }

    @Test
    void aLineThatNothingStandsInThePlaceOfIsOneWord() {
        assertEquals(List.of("Cone", "A[two words]", "Cthree"), told("one\nthree\n", "one\ntwo words\nthree\n"));
        assertEquals(List.of("Cone", "R[two words]"), told("one\ntwo words\n", "one\n"));
    }

    @Test
    void aLineThatOnlyLosesItsLineFeedHasNoOtherWords() {
        assertEquals(List.of("Rsame", "Asame"), told("same\n", "same"));
    }

    @Test
    void moreWordsThanTheLimitAreNotCompared() {
        String many = "a ".repeat(WordDiff.BLOCK_WORDS_MAX / 4);

        assertEquals(
                List.of("R" + many.substring(2) + "[x]", "A" + many.substring(2) + "[y]"),
                told(many.substring(2) + "x", many.substring(2) + "y"));
        assertEquals(List.of("R[" + many + "x]", "A[" + many + "y]"), told(many + "x", many + "y"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wordsJoinToTheirLineAndLinesToBothTexts(long seed) {
        Edits edits = new Edits(seed);
        for (int i = 0; i < TEXTS; i++) {
            String from = edits.text();
            String to = edits.edited(from);
            String told = "seed " + seed + ", " + i;
            List<Hunk> hunks = hunks(from, to);
            for (Hunk hunk : hunks) {
                requireJoined(hunk, told);
            }
            assertEquals(to, patched(from, hunks), told);
        }
    }

    private static void requireJoined(Hunk hunk, String told) {
        for (Line line : hunk.lines()) {
            String joined = line.words().stream().map(Word::text).collect(Collectors.joining());
            assertEquals(line.text(), joined, told);
        }
        assertEquals(same(hunk, Line.Kind.REMOVED), same(hunk, Line.Kind.ADDED), told);
    }

    /** What the two sides of a hunk have in common, but for the ends of lines. */
    private static String same(Hunk hunk, Line.Kind kind) {
        return hunk.lines().stream()
                .filter(line -> line.kind() == kind)
                .flatMap(line -> line.words().stream())
                .filter(word -> word.kind() == Word.Kind.SAME)
                .map(Word::text)
                .collect(Collectors.joining());
    }

    private static String patched(String from, List<Hunk> hunks) {
        List<String> lines = from.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(from.split("(?<=\n)")));
        for (Hunk hunk : hunks.reversed()) {
            int begin = hunk.oldLines() == 0 ? hunk.oldStart() : hunk.oldStart() - 1;
            List<String> old = lines.subList(begin, begin + hunk.oldLines());
            assertEquals(side(hunk, Line.Kind.REMOVED), String.join("", old));
            old.clear();
            lines.add(begin, side(hunk, Line.Kind.ADDED));
        }
        return String.join("", lines);
    }

    private static String side(Hunk hunk, Line.Kind kind) {
        return hunk.lines().stream()
                .filter(line -> line.kind() == kind || line.kind() == Line.Kind.CONTEXT)
                .map(line -> line.text() + (line.ended() ? "\n" : ""))
                .collect(Collectors.joining());
    }
}
