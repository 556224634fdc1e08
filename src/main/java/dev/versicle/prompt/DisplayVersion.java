package dev.versicle.prompt;

/** The label people see in a version's drop-down, such as {@code v1.4}; two versions may carry the same one. */
public record DisplayVersion(String text) {
    public static final int CHARACTERS_MAX = 100;

    public DisplayVersion {
        if (text.isBlank()) {
            throw Texts.invalid("displayVersion", "must not be blank");
        }
        Texts.line("displayVersion", text, CHARACTERS_MAX);
    }

    /** Whether a text can be one at all. */
    public static boolean fits(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= CHARACTERS_MAX
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return text;
    }
}
