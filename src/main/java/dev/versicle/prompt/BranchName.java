package dev.versicle.prompt;

import java.nio.charset.StandardCharsets;

/**
 * The name of a branch, as Git has it behind {@code refs/heads/}. One that Git would not take is refused where a branch
 * is made, since only there the rest of the names is known.
 */
public record BranchName(String text) {
    public static final int BYTES_MAX = 1_000;

    public static final BranchName MAIN = new BranchName("main");

    public BranchName {
        if (text.isBlank()) {
            throw Texts.invalid("name", "must not be blank");
        }
        Texts.line("name", text, BYTES_MAX);
        if (!isShort(text)) {
            throw Texts.invalid("name", "must be at most " + BYTES_MAX + " bytes");
        }
    }

    /** Whether a text can be one. */
    public static boolean fits(String text) {
        try {
            return new BranchName(text).text().equals(text);
        } catch (PromptException e) {
            return false;
        }
    }

    private static boolean isShort(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
    }

    public boolean isMain() {
        return equals(MAIN);
    }

    @Override
    public String toString() {
        return text;
    }
}
