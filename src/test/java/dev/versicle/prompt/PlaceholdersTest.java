package dev.versicle.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceholdersTest {
    private static final int SEEDS = 200;
    private static final int PIECES_MAX = 40;
    private static final List<String> TEXTS =
            List.of("$", "{", "}", "$ {", "${}", "${ }", "$${no}", "${a{b}", "${a\nb}", " word ", "😀", "\\", "\"");
    private static final List<String> NAMES = List.of("a", "user name", "x.y[0]", "ü", "😀", "1", "-", "a\"b");

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", Set.of()),
                Arguments.of("no place", Set.of()),
                Arguments.of("${b} ${a} ${b}", Set.of("a", "b")),
                Arguments.of("${ a }${a}", Set.of("a")),
                Arguments.of("${a.b[0]}", Set.of("a.b[0]")),
                Arguments.of("$${a}", Set.of()),
                Arguments.of("$ {a} $a {a} ${} ${ }", Set.of()),
                Arguments.of("${a${b}}", Set.of("b")),
                Arguments.of("${a\nb}", Set.of()),
                Arguments.of("${" + "x".repeat(Placeholders.CHARACTERS_MAX) + "}", Set.of("x".repeat(200))),
                Arguments.of("${" + "x".repeat(Placeholders.CHARACTERS_MAX + 1) + "}", Set.of()),
                Arguments.of("${".repeat(100_000), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aNameStandsBetweenDollarBraceAndBrace(String text, Set<String> names) {
        assertEquals(names, Placeholders.of(text).names());
    }

    /** A blank before each piece keeps a dollar from the next one. */
    @Test
    void whateverStandsAroundThemTheNamesAreFoundOnceEach() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGenerator random = new Random(seed);
            StringBuilder text = new StringBuilder();
            Set<String> names = new TreeSet<>();
            random.ints(random.nextInt(PIECES_MAX), 0, TEXTS.size()).forEach(piece -> {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                names.add(name);
                text.append(' ')
                        .append(TEXTS.get(piece))
                        .append(" ${")
                        .append(name)
                        .append('}');
            });
            assertEquals(names, Placeholders.of(text.toString()).names(), "seed " + seed);
        }
    }
}
