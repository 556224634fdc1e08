package dev.versicle.prompt;

/** What people call a prompt: one line of any script, unique in its namespace. Never part of a path. */
public record PromptName(String text) {
    public static final int CHARACTERS_MAX = 200;

    /** Below it are the environments' repositories: a prompt named so could not be cloned. */
    static final String ENVIRONMENTS = "_environments/";

    public PromptName {
        if (text.isBlank()) {
            throw Texts.invalid("name", "must not be blank");
        }
        Texts.line("name", text, CHARACTERS_MAX);
    }

    /** Whether a name is another thing's at Git's door. */
    static boolean isReserved(String name) {
        return (name + "/").startsWith(ENVIRONMENTS);
    }

    /** Throws where no prompt may get this name; one that has it from before keeps it. */
    void requireFree() {
        if (isReserved(text)) {
            throw Texts.invalid(
                    "name", "must not be or begin with " + ENVIRONMENTS + ", where environments are cloned");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
