package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Field;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {
    @Test
    void aTextAnAbsentAndANullFieldAreToldApart() {
        JsonBody body = read("{\"set\": \"grüß \\ud83d\\ude00\", \"null\": null}");
        assertEquals(new Field.Set<>("grüß 😀"), body.change("set"));
        assertEquals(new Field.Clear<>(), body.change("null"));
        assertEquals(new Field.Keep<>(), body.change("absent"));
        assertEquals(Optional.of("grüß 😀"), body.text("set"));
        assertEquals(Optional.empty(), body.text("null"));
        assertEquals(Optional.empty(), body.text("absent"));
        assertTrue(body.has("null"));
        assertFalse(body.has("absent"));
    }

    @Test
    void theEmptyTextIsThere() {
        assertEquals("", read("{\"prompt\": \"\"}").required("prompt"));
    }

    @Test
    void whatIsRequiredMustBeThere() {
        JsonBody body = read("{\"name\": null}");
        assertEquals(new Problem.Invalid("name", "is required"), refusal(() -> body.required("name")));
        assertEquals(new Problem.Invalid("prompt", "is required"), refusal(() -> body.required("prompt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}", "1.5"})
    void anotherTypeIsRefusedByTheFieldsName(String value) {
        JsonBody body = read("{\"title\": " + value + "}");
        Problem expected = new Problem.Invalid("title", "must be a string");
        assertEquals(expected, refusal(() -> body.text("title")));
        assertEquals(expected, refusal(() -> body.change("title")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "1", "\"text\"", "[]", "[{}]"})
    void anythingButAnObjectIsRefused(String json) {
        assertEquals(new Problem.Invalid("body", "must be a JSON object"), refusal(() -> read(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 1,}",
                "{} {}",
                "{} x",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "{\"a\": \"\n\"}",
                "{\"a\": \"\\x\"}",
                "{\"a\": 1, \"a\": 1}",
                "{} // comment"
            })
    void malformedJsonIsRefusedWithItsPlace(String json) {
        Problem.Invalid invalid = refusal(() -> read(json));
        assertEquals("body", invalid.field());
        assertTrue(
                invalid.rule().matches("must be well-formed JSON without duplicate fields \\(line \\d, column \\d+\\)"),
                invalid.rule());
    }

    @Test
    void nestingEndsSomewhere() {
        String fits = "{\"a\":" + "[".repeat(JsonBody.LEVELS_MAX - 1) + "]".repeat(JsonBody.LEVELS_MAX - 1) + "}";
        String over = "{\"a\":" + "[".repeat(JsonBody.LEVELS_MAX) + "]".repeat(JsonBody.LEVELS_MAX) + "}";
        assertTrue(read(fits).has("a"));
        assertEquals(
                new Problem.Invalid("body", "must have at most 64 levels, and no overlong names and numbers"),
                refusal(() -> read(over)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7b2261223a22ff227d", // no UTF-8 at all
                "7b2261223a22c080227d", // NUL in two bytes
                "7b2261223a22eda080227d", // a lone surrogate
                "7b2261223a22eda0bdedb880227d", // a pair of surrogates, each encoded by itself
                "7b2261223a22f4908080227d", // beyond U+10FFFF
                "7b2261223a22e282227d" // cut short
            })
    void whatIsNotUtf8IsRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals(new Problem.Invalid("body", "must be well-formed UTF-8"), refusal(() -> JsonBody.read(bytes)));
    }

    @Test
    void noOtherEncodingIsGuessed() {
        byte[] utf16 = "{\"a\": \"b\"}".getBytes(StandardCharsets.UTF_16LE);
        byte[] marked = "\uFEFF{}".getBytes(StandardCharsets.UTF_8);
        assertEquals("body", refusal(() -> JsonBody.read(utf16)).field());
        assertEquals(
                new Problem.Invalid("body", "must not begin with a byte order mark"),
                refusal(() -> JsonBody.read(marked)));
    }

    private static JsonBody read(String json) {
        return JsonBody.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem.Invalid refusal(Executable work) {
        PromptException refused = assertThrows(PromptException.class, work);
        return (Problem.Invalid) refused.problem();
    }
}
