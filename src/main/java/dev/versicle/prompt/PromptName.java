package dev.versicle.prompt;

/** What people call a prompt: one line of any script, unique in its namespace. Never part of a path. */
public record PromptName(String text) {
    public static final int CHARACTERS_MAX = 200;

    public PromptName {
        if (text.isBlank()) {
            throw Texts.invalid("name", "must not be blank");
        }
        Texts.line("name", text, CHARACTERS_MAX);
    }

    @Override
    public String toString() {
        return text;
    }
}
