package dev.versicle.catalog;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a text is for the search: folded, so that case, accents and widths do not matter, and cut into words at white
 * space. What is kept and what is asked are folded alike, character by character, so that a part of a text is a part of
 * it folded.
 */
final class Words {
    /** The index of every three characters in a row finds no word that is shorter. */
    private static final int LONG_CHARACTERS_MIN = 3;

    /** Before a character that stands for itself; no word has it in it. */
    private static final int NONE = ' ';

    private static final int MARKS_FIRST = 0x300;
    private static final int MARKS_LAST = 0x36f;
    private static final int SIGMA = 'σ';
    private static final int SIGMA_AT_THE_END = 'ς';

    private final String folded;
    private final List<String> words;

    private Words(String folded, List<String> words) {
        this.folded = folded;
        this.words = words;
    }

    static Words of(String text) {
        String folded = folded(text);
        Set<String> words = new LinkedHashSet<>();
        StringBuilder word = new StringBuilder();
        (folded + " ").codePoints().forEach(c -> {
            if (!isGap(c)) {
                word.appendCodePoint(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        return new Words(folded.strip(), List.copyOf(words));
    }

    static String folded(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder bare = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(c -> c < MARKS_FIRST || c > MARKS_LAST)
                .map(Words::small)
                .forEach(bare::appendCodePoint);
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }

    // Each character for itself: a whole word's lower case ends in another sigma than the same letters within one.
    private static int small(int character) {
        int small = Character.toLowerCase(character);
        return small == SIGMA_AT_THE_END ? SIGMA : small;
    }

    private static boolean isGap(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** The whole text, folded. */
    String folded() {
        return folded;
    }

    /** Each once: some single characters fold to several words, the same ones every time. */
    List<String> all() {
        return words;
    }

    /** The query for words of three characters or more; empty where there are none. */
    String longQuery() {
        return words.stream()
                .filter(Words::isLong)
                .map(word -> '"' + word.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(" AND "));
    }

    /** The query for words of one and two characters; empty where there are none. */
    String shortQuery() {
        return words.stream()
                .filter(word -> !isLong(word))
                .map(word -> '"' + gram(wholly(word.codePoints().toArray())) + '"')
                .collect(Collectors.joining(" AND "));
    }

    private static boolean isLong(String word) {
        return word.codePointCount(0, word.length()) >= LONG_CHARACTERS_MIN;
    }

    /** Every one and two characters in a row of a folded text, each once; as hex digits, which nothing folds again. */
    static String grams(String folded) {
        // As numbers until they are known to differ: a long text has few that do.
        Set<Long> grams = new LinkedHashSet<>();
        int before = ' ';
        for (int character : folded.codePoints().toArray()) {
            if (!isGap(character)) {
                grams.add(pair(NONE, character));
                if (!isGap(before)) {
                    grams.add(pair(before, character));
                }
            }
            before = character;
        }
        return grams.stream().map(Words::gram).collect(Collectors.joining(" "));
    }

    private static long wholly(int[] characters) {
        return characters.length == 1 ? pair(NONE, characters[0]) : pair(characters[0], characters[1]);
    }

    private static long pair(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }

    private static String gram(long pair) {
        int first = (int) (pair >> Integer.SIZE);
        String second = Integer.toHexString((int) pair);
        return first == NONE ? second : Integer.toHexString(first) + "x" + second;
    }
}
