package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Reads one prompt's versions as they were at a moment: what a number stood for is asked of the index, what was said of
 * it is found in the history of the notes, and where an environment pointed in that of the environments.
 *
 * <p>A version's moment is whole seconds, so that of two saves within a second of each other neither is earlier. An
 * edit's is milliseconds, which its note holds; the notes' commits, in whole seconds, only tell where to look.
 */
final class PastReader {
    /** How many edits of metadata are gone back through. */
    static final int EDITS_MAX = 100_000;

    private static final String FIELD = "at";

    /** Later than any commit can be, and still a number of milliseconds. */
    private static final Instant LAST = Instant.ofEpochSecond(1L << 33);

    private final Repository git;
    private final Workshop shop;
    private final PromptId id;
    private final PromptReader reader;
    private final Truths truths;

    PastReader(Workshop shop, PromptId id, Repository git, Truths truths) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.truths = truths;
    }

    Version version(VersionRef ref, Instant moment) throws IOException {
        Instant at = moment.isAfter(LAST) ? LAST : Moments.later(moment, Instant.EPOCH);
        Optional<Version> version = switch (ref) {
            case VersionRef.Latest ignored -> latest(at);
            case VersionRef.Numbered numbered -> numbered(numbered.number(), at);
            case VersionRef.Environment environment -> pointed(environment.name(), at);
            case VersionRef.Written written -> written(written.text(), at);
            case VersionRef.Release ignored -> throw neither();
            case VersionRef.Display ignored -> throw neither();
            case VersionRef.Id ignored -> throw neither();
        };
        return version.orElseThrow(() -> new VersionFinder(shop, id, git).notFound(ref));
    }

    private Optional<Version> written(String text, Instant at) throws IOException {
        if (text.equals(VersionRef.Written.LATEST)) {
            return latest(at);
        }
        Optional<EnvironmentName> environment = EnvironmentName.find(text);
        return environment.isPresent()
                ? pointed(environment.get(), at)
                : numbered(VersionRef.Written.number(text).orElseThrow(PastReader::neither), at);
    }

    private static PromptException neither() {
        return new PromptException(
                new Problem.Invalid(FIELD, "goes with latest, a version's number or an environment only"));
    }

    private Optional<Version> pointed(EnvironmentName environment, Instant at) throws IOException {
        Optional<Environment.Target> target;
        ObjectId tip = new EnvironmentReader(shop, id, git).tip();
        try (EnvironmentHistory history = new EnvironmentHistory(git, environment, tip)) {
            target = history.at(at);
        }
        Optional<VersionEntry> entry = target.flatMap(
                pointed -> shop.index().byCommit(id, pointed.commit().hex()));
        return entry.isPresent() ? version(entry.get(), at) : Optional.empty();
    }

    /** The highest number that stood for something, and was not deleted. */
    private Optional<Version> latest(Instant at) throws IOException {
        NavigableSet<Integer> slots = slots();
        Optional<Integer> number = highest(at, Integer.MAX_VALUE, slots);
        while (number.isPresent()) {
            Optional<Version> version = numbered(number.get(), at);
            if (version.isPresent()) {
                return version;
            }
            number = highest(at, number.get(), slots);
        }
        return Optional.empty();
    }

    /** The highest number below {@code below} that had been given: on main, or to a slot that main never had. */
    private Optional<Integer> highest(Instant at, int below, NavigableSet<Integer> slots) {
        Optional<Integer> onMain = shop.index().newestAt(id, at, below).map(VersionEntry::number);
        return slots.subSet(onMain.orElse(0), false, below, false).descendingSet().stream()
                .filter(slot -> shop.index().numberAt(id, slot, at).isPresent())
                .findFirst()
                .or(() -> onMain);
    }

    private NavigableSet<Integer> slots() throws IOException {
        NavigableSet<Integer> slots = new TreeSet<>();
        for (Ref ref : git.getRefDatabase().getRefsByPrefix(RefNames.SLOTS)) {
            RefNames.slot(ref.getName()).ifPresent(slots::add);
        }
        return slots;
    }

    private Optional<Version> numbered(int number, Instant at) throws IOException {
        Optional<VersionEntry> entry = shop.index().numberAt(id, number, at);
        return entry.isPresent() ? version(entry.get(), at) : Optional.empty();
    }

    /** What was said of it then; empty where it was deleted. */
    private Optional<Version> version(VersionEntry entry, Instant at) throws IOException {
        Optional<Snapshots.FoundNote> note = note(entry.commit(), at);
        return note.filter(found -> found.note().deleted()).isPresent()
                ? Optional.empty()
                : Optional.of(reader.version(reader.snapshot(entry), note, Optional.empty()));
    }

    /** The note on a commit that was in force: in the newest state of the notes where it is not younger than that. */
    private Optional<Snapshots.FoundNote> note(CommitId commit, Instant at) throws IOException {
        Optional<ObjectId> next = Truths.present(truths.notes());
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            for (int edits = 0; next.isPresent(); edits++) {
                if (edits == EDITS_MAX) {
                    throw new PromptException(new Problem.Invalid(
                            FIELD, "must not lie before more than " + EDITS_MAX + " edits of metadata"));
                }
                RevCommit state = walk.parseCommit(next.get());
                if (state.getCommitTime() <= at.getEpochSecond()) {
                    Optional<Snapshots.FoundNote> note = reader.note(state.copy(), commit);
                    if (note.filter(found -> found.note().updatedAt().isAfter(at))
                            .isEmpty()) {
                        return note;
                    }
                }
                next = state.getParentCount() == 0 ? Optional.empty() : Optional.of(state.getParent(0));
            }
        }
        return Optional.empty();
    }
}
