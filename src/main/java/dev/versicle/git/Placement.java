package dev.versicle.git;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Where a save goes.
 *
 * @param line the line of commits that grows
 * @param base the version whose other files a text save keeps
 * @param rival the live version that an equal tree would only repeat
 * @param replaced what has the number so far
 */
record Placement(
        int number,
        Line line,
        Optional<VersionEntry> base,
        Optional<VersionEntry> rival,
        Optional<VersionEntry> replaced) {
    /**
     * Main, or a slot's own line.
     *
     * @param ref the truth that moves, from {@code tip}
     * @param parent the new commit's parent; the zero id where it has none
     * @param newest when the last version on it was made
     */
    record Line(String ref, ObjectId tip, ObjectId parent, Optional<Instant> newest) {
        boolean isMain() {
            return ref.equals(RefNames.MAIN);
        }
    }

    /**
     * Places a save into a prompt whose signs were mended at {@code main}: built on any other tip, two versions could
     * get one number. Throws {@link LostRace} where a slot was written that the index does not know.
     */
    static Placement of(Draft.Slot slot, PromptId id, PromptIndex index, Repository git, ObjectId main)
            throws IOException {
        Optional<VersionEntry> newest = index.floor(id, Integer.MAX_VALUE);
        Line onMain = new Line(RefNames.MAIN, main, main, newest.map(VersionEntry::moment));
        Optional<VersionEntry> latest = index.latest(id);
        int highest = newest.map(VersionEntry::number).orElse(0);
        int number = switch (slot) {
            case Draft.Slot.Next ignored -> next(highest);
            case Draft.Slot.Exactly exactly -> exactly.number();
            case Draft.Slot.InPlace inPlace -> inPlace.number();
            case Draft.Slot.LatestInPlace ignored ->
                latest.map(VersionEntry::number).orElse(1);
        };
        if (slot instanceof Draft.Slot.Next) {
            return new Placement(number, onMain, latest, latest, Optional.empty());
        }
        Optional<VersionEntry> before = index.byNumber(id, number);
        Optional<VersionEntry> rival = before.filter(VersionEntry::live);
        if (number >= highest) {
            return new Placement(number, onMain, rival.or(() -> latest), rival, before);
        }
        String ref = RefNames.slot(number);
        Optional<VersionEntry> base = before.or(() -> index.floor(id, number - 1));
        ObjectId parent =
                base.map(entry -> ObjectId.fromString(entry.commit().hex())).orElse(ObjectId.zeroId());
        ObjectId tip = Truths.tip(git, ref);
        if (!Truths.absent(tip) && !tip.equals(parent)) {
            throw new LostRace(ref);
        }
        return new Placement(number, new Line(ref, tip, parent, Optional.empty()), base, rival, before);
    }

    private static int next(int highest) {
        if (highest == Draft.NUMBER_MAX) {
            throw new PromptException(
                    new Problem.Invalid("version", "cannot go beyond " + Draft.NUMBER_MAX + ", the last number given"));
        }
        return highest + 1;
    }
}
