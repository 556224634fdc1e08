package dev.versicle.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values come into a prompt. */
class RenderingTest {
    private static final Map<String, String> VALUES =
            Map.of("country", "Japan", "a b", "blank", "self", "${self} ${country}", "dollar", "$1 \\ $0", "empty", "");

    @ParameterizedTest
    @CsvSource({
        "'In ${country}, ${country}!', 'In Japan, Japan!'",
        "'${ country }', Japan",
        "'${a b}', blank",
        "'[${empty}]', []",
        "'${year}', '${year}'",
        "'${self}', '${self} ${country}'",
        "'${dollar}', '$1 \\ $0'",
        "'$${country}', '${country}'",
        "'$country {country} ${} ${', '$country {country} ${} ${'",
        "'${${country}}', '${Japan}'"
    })
    void aValueStandsWhereItsNameStoodAndNowhereElse(String text, String rendered) {
        assertEquals(rendered, Placeholders.render(text, VALUES));
    }

    @Test
    void whatValuesCanGrowToIsLimited() {
        String half = "x".repeat(Placeholders.RENDERED_BYTES_MAX / 2);

        assertEquals(half + half, Placeholders.render("${x}${x}", Map.of("x", half)));
        PromptException refused = assertThrows(
                PromptException.class, () -> Placeholders.render("${x}".repeat(100_000), Map.of("x", half)));
        assertInstanceOf(Problem.TooLarge.class, refused.problem());
        assertThrows(PromptException.class, () -> Placeholders.render("${x}${x}.", Map.of("x", half)));
    }
}
