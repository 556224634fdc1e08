package dev.versicle.prompt;

import java.util.Optional;

/**
 * A request to merge a branch into main.
 *
 * @param said what the version that comes of it is called, where one is made for it
 */
public record Merge(BranchName branch, Metadata said) {
    /** The message's first line is the title, what follows the description. */
    public static Merge of(BranchName branch, Optional<String> message) {
        String text = message.map(String::strip).filter(said -> !said.isEmpty()).orElseGet(() -> title(branch));
        int end = text.indexOf('\n');
        String title = end < 0 ? text : text.substring(0, end).stripTrailing();
        Optional<String> description =
                end < 0 ? Optional.empty() : Optional.of(text.substring(end + 1).strip());
        try {
            return new Merge(branch, new Metadata(Optional.empty(), Optional.empty(), Optional.of(title), description));
        } catch (PromptException e) {
            throw Texts.invalid(
                    "message",
                    "must be a line of at most " + Metadata.TITLE_CHARACTERS_MAX + " characters, and at most "
                            + Metadata.DESCRIPTION_CHARACTERS_MAX + " below it, all well-formed text");
        }
    }

    private static String title(BranchName branch) {
        String title = "Merge branch '" + branch + "'";
        return title.codePointCount(0, title.length()) <= Metadata.TITLE_CHARACTERS_MAX ? title : "Merge a branch";
    }
}
