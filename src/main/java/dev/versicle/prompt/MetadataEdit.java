package dev.versicle.prompt;

/** A delta to apply to a version's metadata; at least one field is not {@link Field.Keep}. */
public record MetadataEdit(Field<DisplayVersion> displayVersion, Field<String> title, Field<String> description) {
    public MetadataEdit {
        if (displayVersion instanceof Field.Keep && title instanceof Field.Keep && description instanceof Field.Keep) {
            throw Texts.invalid("body", "must have at least one of displayVersion, title and description");
        }
        if (title instanceof Field.Set<String> set) {
            Texts.line("title", set.value(), Metadata.TITLE_CHARACTERS_MAX);
        }
        if (description instanceof Field.Set<String> set) {
            Texts.block("description", set.value(), Metadata.DESCRIPTION_CHARACTERS_MAX);
        }
    }
}
