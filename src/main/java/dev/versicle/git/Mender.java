package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.PromptEntry;
import dev.versicle.prompt.PromptIndex.Tips;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the signs of one prompt agree with its truths. Called with the prompt's write lock held.
 *
 * <p>Every write mends first and sets its own signs last, so at most the newest commit of each truth can lack some:
 * that is what a kill between truth and sign leaves behind, and all that {@link #open} need look at.
 */
final class Mender {
    private static final Logger LOG = LoggerFactory.getLogger(Mender.class);
    private static final int TRIES_MAX = 8;
    private static final Caller SERVER =
            new Caller("versicle", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of());

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;
    private final Timeline timeline;
    private final LatestText latest;
    private final Signs signs;
    private final ClonedRefs refs;
    private final EnvironmentRecorder environments;

    Mender(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
        this.timeline = new Timeline(shop, id, git);
        this.latest = new LatestText(shop, id, reader);
        this.signs = new Signs(shop, id, git);
        this.refs = new ClonedRefs(shop, id, git);
        this.environments = new EnvironmentRecorder(shop, id, git);
    }

    /**
     * On opening: removes what a kill left in the way, and mends whatever it left undone. What it finds done and untold
     * was told of before the next was done, so no more than the newest truth, or one other ref, can be.
     *
     * @param uncertain whether the index may not have been told of all refs, so that all are compared
     * @param by who made the prompt what it is, where that is known
     */
    void open(boolean uncertain, Optional<String> by) throws IOException {
        shop.repositories().recover(git);
        boolean known =
                shop.index().prompt(id).flatMap(PromptEntry::environments).isPresent();
        Truths truths = mend(by);
        if (!timeline.knowsEverySlot()) {
            catchUp(shop.index().prompt(id), truths, by);
        }
        environments.catchUp();
        if (uncertain && known) {
            shop.index().allRefs(id, refs.all());
        }
        signs(truths, by);
    }

    private void signs(Truths truths, Optional<String> by) throws IOException {
        Set<DisplayVersion> texts = new HashSet<>();
        for (ObjectId newest : newest(truths)) {
            release(newest, by);
            texts(newest, texts);
        }
        for (CommitId commit : timeline.changedNotes(parent(truths.notes()), truths.notes())) {
            shop.index().byCommit(id, commit.hex()).ifPresent(entry -> texts(entry, texts));
            before(parent(truths.notes()), commit).displayVersion().ifPresent(texts::add);
        }
        signs.display(texts, by);
        signs.recordReleases();
        // Compared one by one: there are few.
        new EnvironmentSigns(shop, id, git).mend(by);
    }

    /** The metadata that was in force at an earlier state of the notes. */
    private Metadata before(ObjectId notes, CommitId commit) throws IOException {
        Optional<Note> note = reader.note(notes, commit).map(Snapshots.FoundNote::note);
        if (note.isPresent()) {
            return note.get().metadata();
        }
        try (RevWalk walk = new RevWalk(git)) {
            String message = walk.parseCommit(ObjectId.fromString(commit.hex())).getFullMessage();
            return CommitCodec.read(message).metadata();
        }
    }

    /** The newest commit of main and of each slot. */
    private Set<ObjectId> newest(Truths truths) throws IOException {
        Set<ObjectId> newest = new HashSet<>();
        Truths.present(truths.main()).ifPresent(newest::add);
        for (Ref slot : git.getRefDatabase().getRefsByPrefix(RefNames.SLOTS)) {
            newest.add(slot.getObjectId());
        }
        return newest;
    }

    /** The display versions of one version's commit, and of the one that it overwrote. */
    private void texts(ObjectId version, Set<DisplayVersion> texts) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(version);
            shop.index().byCommit(id, commit.name()).ifPresent(entry -> texts(entry, texts));
            if (commit.getParentCount() > 0) {
                shop.index().byCommit(id, commit.getParent(0).name()).ifPresent(entry -> texts(entry, texts));
            }
        }
    }

    /** The tag that follows from the release in a version's commit. */
    private void release(ObjectId version, Optional<String> by) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(version);
            Optional<SemVer> release = CommitCodec.read(commit.getFullMessage()).release();
            if (release.isPresent()) {
                signs.release(release.get(), commit, by);
            }
        }
    }

    private static void texts(VersionEntry entry, Set<DisplayVersion> texts) {
        entry.displayed().map(Displayed::text).ifPresent(texts::add);
    }

    private ObjectId parent(ObjectId tip) throws IOException {
        if (Truths.absent(tip)) {
            return tip;
        }
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(tip);
            return commit.getParentCount() == 0
                    ? ObjectId.zeroId()
                    : commit.getParent(0).copy();
        }
    }

    /** Brings the index up to the truths, and returns these; costs a look at each where nothing is missing. */
    Truths mend() throws IOException {
        return mend(Optional.empty());
    }

    /** As {@link #mend()}, where {@code by} has just moved a truth. */
    Truths mend(Caller by) throws IOException {
        return mend(Optional.of(by.subject()));
    }

    private Truths mend(Optional<String> by) throws IOException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Truths truths = Truths.of(git);
            Optional<PromptEntry> entry = shop.index().prompt(id);
            if (entry.filter(found -> found.tips().equals(truths.tips())).isPresent()) {
                adopt(entry);
                return truths;
            }
            catchUp(entry, truths, by);
        }
        throw new PromptException(new Problem.Contended());
    }

    private void catchUp(Optional<PromptEntry> entry, Truths truths, Optional<String> by) throws IOException {
        // First of all: where there are none the prompt was deleted under our hands, and nothing is to be mended.
        PromptSettings settings = reader.settings(truths);
        Tips known = entry.map(PromptEntry::tips).orElse(new Tips("", "", "", ""));
        Truths before = new Truths(
                Truths.parse(known.main()),
                Truths.parse(known.notes()),
                Truths.parse(known.settings()),
                Truths.parse(known.draft()));
        if (!timeline.continues(before.main(), truths.main())) {
            LOG.warn("prompt {}: main does not continue what the index knows; reading it anew", id);
            shop.index().restart(id);
            signs.recordReleases();
            before = new Truths(ObjectId.zeroId(), ObjectId.zeroId(), ObjectId.zeroId(), ObjectId.zeroId());
        }
        List<VersionEntry> versions = timeline.since(before, truths);
        Set<DisplayVersion> texts = texts(versions);
        PromptIndex.Change change = new PromptIndex.Change(
                settings,
                truths.tips(),
                updatedAt(truths, versions),
                versions,
                latest.after(versions),
                RefNames.telling(by));
        try {
            shop.index().record(id, change);
        } catch (PromptException e) {
            if (!(e.problem() instanceof Problem.NameTaken)) {
                throw e;
            }
            giveWay(settings, truths);
            return;
        }
        adopt(entry);
        // In the order in which writes set them.
        for (ObjectId newest : newest(truths)) {
            release(newest, by);
        }
        signs.display(texts, by);
    }

    /** What a prompt came with is no news, where the index has just learned of the prompt. */
    private void adopt(Optional<PromptEntry> known) throws IOException {
        if (known.flatMap(PromptEntry::environments).isEmpty()) {
            shop.index().adopt(id, refs.all(), environments.present());
        }
    }

    /** The display versions of these entries, and of those that they replace. */
    private Set<DisplayVersion> texts(List<VersionEntry> versions) {
        Set<DisplayVersion> texts = new HashSet<>();
        for (VersionEntry version : versions) {
            texts(version, texts);
            shop.index().byNumber(id, version.number()).ifPresent(entry -> texts(entry, texts));
            shop.index().byCommit(id, version.commit().hex()).ifPresent(entry -> texts(entry, texts));
        }
        return texts;
    }

    /** Two prompts of one name: this one was found later, so it takes a name that nobody else can have. */
    private void giveWay(PromptSettings settings, Truths truths) throws IOException {
        String suffix = "~" + id;
        String text = settings.name().text();
        int room = PromptName.CHARACTERS_MAX - suffix.length();
        String kept = text.codePointCount(0, text.length()) <= room
                ? text
                : text.substring(0, text.offsetByCodePoints(0, room));
        PromptName name = new PromptName(kept + suffix);
        LOG.warn("prompt {}: the name '{}' is another's; it is '{}' now", id, text, name);
        new SettingsWriter(shop, id, git).write(settings.renamed(name), truths, new Scribe(SERVER, shop.now()));
    }

    /** No earlier than any version: a pushed commit may be dated before the one that it follows. */
    private Instant updatedAt(Truths truths, List<VersionEntry> versions) throws IOException {
        Instant latest = Stream.concat(versions.stream(), shop.index().floor(id, Integer.MAX_VALUE).stream())
                .map(VersionEntry::moment)
                .reduce(reader.settings(truths).creation().at(), Moments::later);
        try (RevWalk walk = new RevWalk(git)) {
            Set<ObjectId> tips = newest(truths);
            Stream.of(truths.notes(), truths.settings(), truths.draft())
                    .flatMap(tip -> Truths.present(tip).stream())
                    .forEach(tips::add);
            for (ObjectId tip : tips) {
                Instant moved = Instant.ofEpochSecond(walk.parseCommit(tip).getCommitTime());
                latest = Moments.later(latest, moved);
            }
        }
        return latest;
    }
}
