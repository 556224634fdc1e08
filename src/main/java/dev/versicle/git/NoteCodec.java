package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A note's text: headers first, an empty line, then the description to the byte; what is absent is cleared. */
final class NoteCodec {
    private static final String DISPLAY_VERSION = "Display-Version";
    private static final String DISPLAY_VERSION_AT = "Display-Version-At";
    private static final String TITLE = "Title";
    private static final String UPDATED_BY = "Updated-By";
    private static final String UPDATED_AT = "Updated-At";
    private static final String DELETED = "Deleted";
    private static final Set<String> KEYS =
            Set.of(DISPLAY_VERSION, DISPLAY_VERSION_AT, TITLE, UPDATED_BY, UPDATED_AT, DELETED);

    private static final String GAP = "\n\n";

    private NoteCodec() {}

    static String write(Note note) {
        Metadata metadata = note.metadata();
        Headers headers = new Headers()
                .with(DISPLAY_VERSION, metadata.displayVersion())
                .with(DISPLAY_VERSION_AT, note.displayedAt().map(Moments::write))
                .with(TITLE, metadata.title())
                .with(UPDATED_BY, note.updatedBy())
                .with(UPDATED_AT, Moments.write(note.updatedAt()))
                .with(DELETED, note.deleted() ? Optional.of(true) : Optional.empty());
        return headers.write() + metadata.description().map(text -> "\n" + text).orElse("");
    }

    /** Reads a note of ours; a text that is none is one long description. */
    static Note read(String text) {
        int gap = text.indexOf(GAP);
        String block = gap < 0 ? text.stripTrailing() : text.substring(0, gap);
        Optional<Headers> found = Headers.read(block, KEYS);
        if (found.isEmpty()) {
            return note(new Headers(), Optional.of(text));
        }
        return note(found.get(), gap < 0 ? Optional.empty() : Optional.of(text.substring(gap + GAP.length())));
    }

    private static Note note(Headers headers, Optional<String> description) {
        Metadata metadata;
        try {
            metadata = new Metadata(
                    Optional.empty(),
                    headers.value(DISPLAY_VERSION).map(DisplayVersion::new),
                    headers.value(TITLE),
                    description);
        } catch (PromptException e) {
            // Written by other hands, and beyond what our own can hold: it says nothing that we could repeat.
            metadata = Metadata.NONE;
        }
        return new Note(
                metadata,
                headers.value(DISPLAY_VERSION_AT).flatMap(Moments::read),
                headers.value(UPDATED_BY).orElse(""),
                headers.value(UPDATED_AT).flatMap(Moments::read).orElse(Instant.EPOCH),
                headers.value(DELETED).filter("true"::equals).isPresent());
    }
}
