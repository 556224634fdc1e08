package dev.versicle.http.tether;

import dev.versicle.http.JsonBody;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Tether's requests. A blank label, display version, title or description is an absent one. */
final class TetherJson {
    private TetherJson() {}

    /** {@code {prompt?, label?, displayVersion?, title?, description?, source?}}; seed 000. */
    static Draft draft(JsonBody body) {
        Draft.Content content = body.text("prompt")
                .<Draft.Content>map(text -> new Draft.Content.Body(new PromptText(text)))
                .orElseGet(Draft.Content.Current::new);
        Metadata metadata = new Metadata(
                body.text("label"),
                written(body, "displayVersion").map(DisplayVersion::new),
                body.text("title"),
                body.text("description"));
        return new Draft(content, new Draft.Slot.Next(), Optional.empty(), metadata, source(body));
    }

    /** {@code {displayVersion?, title?, description?}}, at least one of them; null and blank clear; seed 002. */
    static MetadataEdit edit(JsonBody body) {
        return new MetadataEdit(
                displayVersion(change(body, "displayVersion")), change(body, "title"), change(body, "description"));
    }

    /** {@code {name, prompt, description?}}. */
    static NewPrompt creation(JsonBody body) {
        return new NewPrompt(
                new PromptName(body.required("name")),
                body.text("description"),
                Optional.of(new PromptText(body.required("prompt"))));
    }

    /** Any of {@code {name, prompt, description}}; null clears the description and leaves the others alone. */
    static PromptEdit promptEdit(JsonBody body) {
        return new PromptEdit(
                body.text("name").map(PromptName::new),
                change(body, "description"),
                body.text("prompt").map(PromptText::new));
    }

    /** {@code ?page=&limit=}: by default the first 20. */
    static Page.Window window(@Nullable Integer page, @Nullable Integer limit) {
        return new Page.Window(page == null ? 1 : page, limit == null ? Page.Window.LIMIT_DEFAULT : limit);
    }

    private static Source source(JsonBody body) {
        return body.has("source") ? Source.parse(body.text("source").orElse("")) : Source.CHECKPOINT;
    }

    private static Optional<String> written(JsonBody body, String field) {
        return body.text(field).filter(text -> !text.isBlank());
    }

    private static Field<String> change(JsonBody body, String field) {
        Field<String> asked = body.change(field);
        return asked instanceof Field.Set<String> set && set.value().isBlank() ? new Field.Clear<>() : asked;
    }

    private static Field<DisplayVersion> displayVersion(Field<String> asked) {
        return switch (asked) {
            case Field.Keep<String> ignored -> new Field.Keep<>();
            case Field.Clear<String> ignored -> new Field.Clear<>();
            case Field.Set<String> set -> new Field.Set<>(new DisplayVersion(set.value()));
        };
    }
}
