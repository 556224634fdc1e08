package dev.versicle.prompt;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The checks that every text from outside passes once, at the door. */
final class Texts {
    private Texts() {}

    /** One line of at most {@code charactersMax} code points, without control characters. */
    static String line(String field, String text, int charactersMax) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw invalid(field, "must not contain control characters");
        }
        return block(field, text, charactersMax);
    }

    /** Any text of at most {@code charactersMax} code points, without NUL and lone surrogates. */
    static String block(String field, String text, int charactersMax) {
        if (text.codePointCount(0, text.length()) > charactersMax) {
            throw invalid(field, "must be at most " + charactersMax + " characters");
        }
        utf8Bytes(field, text);
        return text;
    }

    /** How many bytes the text takes as UTF-8; refuses what UTF-8 or Git cannot carry. */
    static int utf8Bytes(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw invalid(field, "must not contain NUL");
        }
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw invalid(field, "must be well-formed Unicode (it has a lone surrogate)");
        }
    }

    static PromptException invalid(String field, String rule) {
        return new PromptException(new Problem.Invalid(field, rule));
    }
}
