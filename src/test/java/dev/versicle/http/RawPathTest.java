package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as they were sent. */
class RawPathTest {
    private static RawPath path(String uri) {
        return RawPath.of(HttpRequest.GET(uri));
    }

    @ParameterizedTest
    @CsvSource({"c++,c++", "c%2B%2B,c++", "a%20b,a b", "a%2Fb,a/b", "%E2%9C%93,✓", "%2e%2e%2f,../"})
    void aSegmentIsDecodedAsAPathIs(String written, String text) {
        assertEquals(text, path("/v1/prompts/" + written + "/versions?q=%41").segment("name", 2));
    }

    @Test
    void whatFollowsIsDecodedWithItsSlashes() {
        RawPath path = path("/v1/files/a%20b/c%2Fd/e+f");
        assertEquals(List.of("v1", "files", "a%20b", "c%2Fd", "e+f"), path.segments());
        assertEquals("a b/c/d/e+f", path.below("path", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "a%C3%28", "%ED%A0%80", "%C0%AE"})
    void whatIsNoUtf8IsRefusedByItsField(String written) {
        PromptException refusal =
                assertThrows(PromptException.class, () -> path("/x/" + written).segment("name", 1));
        assertEquals(
                "name",
                assertInstanceOf(Problem.Invalid.class, refusal.problem()).field());
        assertThrows(PromptException.class, () -> path("/x/" + written).requireUtf8("name"));
    }
}
