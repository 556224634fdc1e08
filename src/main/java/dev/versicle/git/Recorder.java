package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.PromptEntry;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;

/** Tells the index, and the display tags, what a write has just made true. */
final class Recorder {
    private final Workshop shop;
    private final PromptId id;
    private final PromptReader reader;
    private final LatestText latest;
    private final Signs signs;

    Recorder(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.reader = new PromptReader(shop, id, git);
        this.latest = new LatestText(shop, id, reader);
        this.signs = new Signs(shop, id, git);
    }

    /** What somebody did. */
    void record(Truths truths, Scribe scribe, List<VersionEntry> versions) throws IOException {
        record(truths, scribe.moment(), versions, Optional.of(scribe.caller().subject()));
    }

    /** A change that is no event, whoever made it. */
    void record(Truths truths, Instant moment) throws IOException {
        record(truths, moment, List.of(), Optional.empty());
    }

    private void record(Truths truths, Instant moment, List<VersionEntry> versions, Optional<String> by)
            throws IOException {
        // Whole seconds, as the commits have them: what a rebuild from the commits would find.
        Instant second = Instant.ofEpochSecond(moment.getEpochSecond());
        Instant updatedAt = shop.index()
                .prompt(id)
                .map(PromptEntry::updatedAt)
                .map(before -> Moments.later(before, second))
                .orElse(second);
        shop.index()
                .record(
                        id,
                        new PromptIndex.Change(
                                reader.settings(truths),
                                truths.tips(),
                                updatedAt,
                                versions,
                                latest.after(versions),
                                RefNames.telling(by)));
    }

    /** Makes the tags right of every display version that either entry carries. */
    void displayTags(Optional<VersionEntry> one, Optional<VersionEntry> other, Scribe scribe) throws IOException {
        List<DisplayVersion> texts = Stream.of(one, other)
                .flatMap(Optional::stream)
                .flatMap(entry -> entry.displayed().stream())
                .map(Displayed::text)
                .toList();
        signs.display(texts, Optional.of(scribe.caller().subject()));
    }
}
