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

    @Override
    public String toString() {
        return text;
    }
}
