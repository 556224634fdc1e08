package dev.versicle.http.tether;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PreviewTest {
    @Test
    void aShortBodyIsShownWhole() {
        assertEquals("", TetherAnswers.preview(""));
        assertEquals("line\nline", TetherAnswers.preview("line\nline"));
        assertEquals("😀".repeat(200), TetherAnswers.preview("😀".repeat(200)));
    }

    @Test
    void aLongBodyIsCutAfterTwoHundredCodePoints() {
        assertEquals("a".repeat(200) + "...", TetherAnswers.preview("a".repeat(201)));
        assertEquals("😀".repeat(200) + "...", TetherAnswers.preview("😀".repeat(201)));
        assertEquals("a".repeat(199) + "😀...", TetherAnswers.preview("a".repeat(199) + "😀b"));
    }
}
