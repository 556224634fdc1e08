package dev.versicle.prompt;

/** A prompt's body as one text: at most 1 MiB of UTF-8, without NUL and lone surrogates; the empty text is legal. */
public record PromptText(String text) {
    public static final int BYTES_MAX = 1 << 20;

    public static final PromptText EMPTY = new PromptText("");

    public PromptText {
        if (Texts.utf8Bytes("prompt", text) > BYTES_MAX) {
            throw Texts.invalid("prompt", "must be at most " + BYTES_MAX + " bytes of UTF-8");
        }
    }
}
