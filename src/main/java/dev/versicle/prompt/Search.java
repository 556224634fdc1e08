package dev.versicle.prompt;

import java.util.Optional;

/**
 * Which prompts are looked for.
 *
 * @param text words that must all occur, each in the name, the description, a tag or the latest version's text, in any
 *     case and whatever the accents; empty for everything
 * @param namespace where the prompts are, if that matters
 * @param folder what stands before a slash in their names: with {@code a/b}, names that begin with {@code a/b/}
 */
public record Search(String text, Optional<Namespace> namespace, Optional<String> folder) {
    public static final int CHARACTERS_MAX = 200;
    public static final int WORDS_MAX = 16;

    public static final Search EVERYTHING = new Search("", Optional.empty(), Optional.empty());

    public Search {
        Texts.block("q", text, CHARACTERS_MAX);
        if (text.strip().split("\\s+").length > WORDS_MAX) {
            throw Texts.invalid("q", "must be at most " + WORDS_MAX + " words");
        }
        folder = folder.filter(path -> !path.isEmpty());
        folder.ifPresent(path -> Texts.line("folder", path, PromptName.CHARACTERS_MAX));
    }
}
