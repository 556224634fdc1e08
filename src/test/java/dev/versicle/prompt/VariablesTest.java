package dev.versicle.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways of writing a place for a value: which names there are, and how values come into them. */
class VariablesTest {
    private static final int SEEDS = 500;
    private static final int PIECES_MAX = 40;
    private static final Map<String, String> VALUES = Map.of(
            "country", "Japan", "a b", "blank", "self", "${self} {{country}}", "dollar", "$1 \\ $0", "empty", "");

    /** What is no place, with what stands there afterwards; none can join its neighbours to one. */
    private static final Map<String, String> TEXTS = Map.of(
            "word ", "word ",
            "$${no}", "${no}",
            "$${no}}", "${no}}",
            "{ {no} }", "{ {no} }",
            "${}", "${}",
            "{{ }}", "{{ }}",
            "{{a\nb}}", "{{a\nb}}",
            "\ud83d\ude00 \u0645\u0631\u062d\u0628\u0627 \u65e5\u672c",
                    "\ud83d\ude00 \u0645\u0631\u062d\u0628\u0627 \u65e5\u672c",
            "\\", "\\",
            "\r\n", "\r\n");

    private static final List<String> NAMES =
            List.of("a", "user name", "x.y[0]", "ü", "\ud83d\ude00", "1", "#if", "a\"b");

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", Set.of()),
                Arguments.of("${b} {{a}} {{ b }}", Set.of("a", "b")),
                Arguments.of("$${a} $${b}}", Set.of()),
                Arguments.of("{{{a}}} ${{b}}", Set.of("a", "b")),
                Arguments.of("{{${a}}}", Set.of("a")),
                Arguments.of("{{a} } { {b}} {{}} {{ }}", Set.of()),
                Arguments.of("{{a{{b}}", Set.of("b")),
                Arguments.of("{{" + "x".repeat(Placeholders.CHARACTERS_MAX) + "}}", Set.of("x".repeat(200))),
                Arguments.of("{{" + "x".repeat(Placeholders.CHARACTERS_MAX + 1) + "}}", Set.of()),
                Arguments.of("{{".repeat(100_000), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aNameStandsAfterADollarOrInTwoBraces(String text, Set<String> names) {
        assertEquals(names, Variables.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'In ${country}, {{country}}!', 'In Japan, Japan!'",
        "'${ country }{{ country }}', JapanJapan",
        "'{{a b}}[${empty}]', blank[]",
        "'${self}{{self}}', '${self} {{country}}${self} {{country}}'",
        "'{{dollar}}', '$1 \\ $0'",
        "'$${country} $${year}', '${country} ${year}'",
        "'${} {{ }}', '${} {{ }}'",
        "'{{{country}}}', '{Japan}'"
    })
    void aValueStandsWhereItsNameStoodAndNowhereElse(String text, String rendered) {
        assertEquals(rendered, Rendering.render(text, VALUES));
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        PromptException refused = assertThrows(
                PromptException.class, () -> Rendering.render("{{b}} ${country} ${a} $${no} {{b}}", VALUES));

        assertEquals(new Problem.MissingVariables(new TreeSet<>(Set.of("a", "b"))), refused.problem());
    }

    @Test
    void whatValuesCanGrowToIsLimited() {
        String half = "x".repeat(Placeholders.RENDERED_BYTES_MAX / 2);

        assertEquals(half + half, Rendering.render("${x}{{x}}", Map.of("x", half)));
        PromptException refused =
                assertThrows(PromptException.class, () -> Rendering.render("{{x}}".repeat(100_000), Map.of("x", half)));
        assertInstanceOf(Problem.TooLarge.class, refused.problem());
        assertThrows(PromptException.class, () -> Rendering.render("${x}{{x}}.", Map.of("x", half)));
    }

    @Test
    void aValueThatGitCannotCarryIsRefused() {
        PromptException refused =
                assertThrows(PromptException.class, () -> Rendering.render("{{x}}", Map.of("x", "\ud800")));

        assertInstanceOf(Problem.Invalid.class, refused.problem());
    }

    /** A value holds what looks like places, and still comes out as it is. */
    @Test
    void whateverStandsAroundThemTheNamesAreFoundAndEachPlaceGetsItsValue() {
        List<String> texts = List.copyOf(TEXTS.keySet().stream().sorted().toList());
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomGenerator random = new Random(seed);
            StringBuilder text = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            Map<String, String> values = new TreeMap<>();
            int pieces = random.nextInt(PIECES_MAX);
            for (int i = 0; i < pieces; i++) {
                String around = texts.get(random.nextInt(texts.size()));
                String name = NAMES.get(random.nextInt(NAMES.size()));
                String value = values.computeIfAbsent(name, key -> "${" + key + "} {{a}} $$" + random.nextInt());
                text.append(around).append(random.nextBoolean() ? "${" + name + "}" : "{{ " + name + " }}");
                expected.append(TEXTS.get(around)).append(value);
            }
            assertEquals(values.keySet(), Variables.of(text.toString()), "seed " + seed);
            assertEquals(expected.toString(), Rendering.render(text.toString(), values), "seed " + seed);
        }
    }
}
