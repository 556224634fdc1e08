package dev.versicle.prompt;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A version as it is now: what was saved, and what people say about it since.
 *
 * @param matchesCurrent whether its tree equals the prompt's current body's tree
 */
public record Version(PromptId prompt, Snapshot snapshot, Edition edition, boolean matchesCurrent) {
    private static final int STAMP_NOTE_DIGITS = 8;
    private static final String NO_NOTE = "0".repeat(STAMP_NOTE_DIGITS);

    /**
     * The metadata in force.
     *
     * @param updatedBy who changed the version last, by saving or by editing
     * @param note the id of the note blob that holds it, 40 hex digits; empty while it was never edited
     */
    public record Edition(Metadata metadata, String updatedBy, Instant updatedAt, Optional<String> note) {}

    public int number() {
        return snapshot.number();
    }

    public CommitId commit() {
        return snapshot.commit();
    }

    public String text() {
        return snapshot.text();
    }

    public Metadata metadata() {
        return edition.metadata();
    }

    /** Changes whenever the version does: {@code <40-hex commit>-<note blob, 8 hex>}. */
    public String stamp() {
        return commit().hex() + "-"
                + edition.note().map(id -> id.substring(0, STAMP_NOTE_DIGITS)).orElse(NO_NOTE);
    }

    /** A draft of the next version, which differs from this one only in being for a further model. */
    Draft alsoFor(ModelName model) {
        SortedSet<ModelName> models = new TreeSet<>(snapshot.body().models());
        models.add(model);
        Metadata said = new Metadata(
                Optional.empty(),
                Optional.empty(),
                metadata().title(),
                metadata().description());
        return new Draft(
                new Draft.Content.Template(new PromptText(text()), models),
                new Draft.Slot.Next(),
                Optional.empty(),
                said,
                Source.CHECKPOINT);
    }
}
