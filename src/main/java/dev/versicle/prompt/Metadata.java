package dev.versicle.prompt;

import java.util.Optional;

/** What people say about a version. The label never changes; the rest is edited in place. Blank means absent. */
public record Metadata(
        Optional<String> label,
        Optional<DisplayVersion> displayVersion,
        Optional<String> title,
        Optional<String> description) {
    public static final int LABEL_CHARACTERS_MAX = 200;
    public static final int TITLE_CHARACTERS_MAX = 200;
    public static final int DESCRIPTION_CHARACTERS_MAX = 10_000;

    public static final Metadata NONE =
            new Metadata(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Metadata {
        label = label.filter(text -> !text.isBlank());
        title = title.filter(text -> !text.isBlank());
        description = description.filter(text -> !text.isBlank());
        label.ifPresent(text -> Texts.line("label", text, LABEL_CHARACTERS_MAX));
        title.ifPresent(text -> Texts.line("title", text, TITLE_CHARACTERS_MAX));
        description.ifPresent(text -> Texts.block("description", text, DESCRIPTION_CHARACTERS_MAX));
    }

    /** The same label with the editable fields as {@code edit} leaves them. */
    public Metadata with(MetadataEdit edit) {
        return new Metadata(
                label,
                edit.displayVersion().applyTo(displayVersion),
                edit.title().applyTo(title),
                edit.description().applyTo(description));
    }
}
