package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Executes pushed tags that are no releases: all together are one commit on the notes, as if somebody had edited the
 * versions' metadata, and the tags follow.
 *
 * <p>A deletion clears the text on every version that carries it, or the tag would come back. A move takes it from the
 * version that the tag was on; others that carry it keep it, and the tag stands where it was moved to, since that
 * version got it last.
 */
final class DisplayTags {
    /** Of one text that a push deletes. */
    static final int CARRIERS_MAX = 1_000;

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final Signs signs;

    DisplayTags(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.signs = new Signs(shop, id, git);
    }

    static DisplayVersion text(ReceiveCommand command) {
        return new DisplayVersion(command.getRefName().substring(RefNames.TAGS.length()));
    }

    /** Returns where the truths stand afterwards. Throws {@link LostRace} where somebody else was faster. */
    Truths write(List<ReceiveCommand> commands, Caller by, Truths truths) throws IOException {
        Map<VersionEntry, Optional<DisplayVersion>> edits = edits(commands);
        Set<DisplayVersion> touched = new HashSet<>();
        edits.keySet().forEach(entry -> entry.displayed().map(Displayed::text).ifPresent(touched::add));
        Truths after = edits.isEmpty() ? truths : write(edits, new Scribe(by, shop.now()), truths);
        for (ReceiveCommand command : commands) {
            touched.add(text(command));
        }
        for (ReceiveCommand command : commands) {
            if (command.getType() != ReceiveCommand.Type.DELETE) {
                touched.remove(text(command));
            }
        }
        Optional<String> subject = Optional.of(by.subject());
        // What is given comes last: what goes may be in its way, as its directory.
        signs.display(touched, subject);
        for (ReceiveCommand command : commands) {
            if (command.getType() != ReceiveCommand.Type.DELETE) {
                signs.display(text(command), command.getNewId(), subject);
            }
            command.setResult(ReceiveCommand.Result.OK);
        }
        return after;
    }

    /** What each version shall display, or nothing: what is given comes after what is taken. */
    private Map<VersionEntry, Optional<DisplayVersion>> edits(List<ReceiveCommand> commands) throws IOException {
        Map<VersionEntry, Optional<DisplayVersion>> edits = new LinkedHashMap<>();
        for (ReceiveCommand command : commands) {
            taken(command).forEach(entry -> edits.put(entry, Optional.empty()));
        }
        for (ReceiveCommand command : commands) {
            if (command.getType() != ReceiveCommand.Type.DELETE) {
                VersionEntry target = target(command.getNewId()).orElseThrow();
                boolean stands = shop.index().carrier(id, text(command)).equals(Optional.of(target));
                if (!stands) {
                    edits.put(target, Optional.of(text(command)));
                }
            }
        }
        return edits;
    }

    private List<VersionEntry> taken(ReceiveCommand command) throws IOException {
        DisplayVersion text = text(command);
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return shop.index().carriers(id, text, CARRIERS_MAX);
        }
        if (command.getType() == ReceiveCommand.Type.CREATE) {
            return List.of();
        }
        Optional<VersionEntry> stays = target(command.getNewId());
        return target(command.getOldId()).stream()
                .filter(entry -> !stays.equals(Optional.of(entry)))
                .filter(entry -> entry.displayed().map(Displayed::text).equals(Optional.of(text)))
                .toList();
    }

    private Optional<VersionEntry> target(ObjectId tag) throws IOException {
        return Targets.peeled(git, tag).flatMap(commit -> Targets.entry(shop, id, commit));
    }

    private Truths write(Map<VersionEntry, Optional<DisplayVersion>> edits, Scribe scribe, Truths truths)
            throws IOException {
        Map<VersionEntry, Note> notes = new LinkedHashMap<>();
        for (Map.Entry<VersionEntry, Optional<DisplayVersion>> edit : edits.entrySet()) {
            Optional<DisplayVersion> text = edit.getValue();
            Field<DisplayVersion> field =
                    text.<Field<DisplayVersion>>map(Field.Set::new).orElseGet(Field.Clear::new);
            Metadata metadata = reader.version(edit.getKey(), truths)
                    .metadata()
                    .with(new MetadataEdit(field, new Field.Keep<>(), new Field.Keep<>()));
            Optional<Instant> displayedAt = text.map(display -> after(display, scribe.moment()));
            notes.put(
                    edit.getKey(),
                    new Note(metadata, displayedAt, scribe.caller().subject(), scribe.moment(), false));
        }
        String message = "Metadata of " + (edits.size() == 1 ? "version " : edits.size() + " versions: ")
                + String.join(", ", numbers(edits.keySet()));
        return new NoteWriter(shop, id, git).write(notes, message + "\n", scribe, truths);
    }

    private static List<String> numbers(Set<VersionEntry> entries) {
        return entries.stream().map(entry -> Integer.toString(entry.number())).toList();
    }

    /** Now, and later than any other version got the text: the tag stands at the newest. */
    private Instant after(DisplayVersion text, Instant now) {
        return shop.index()
                .carrier(id, text)
                .flatMap(VersionEntry::displayed)
                .map(displayed -> Moments.later(now, displayed.at().plusMillis(1)))
                .orElse(now);
    }
}
