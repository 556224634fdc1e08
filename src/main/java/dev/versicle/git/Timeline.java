package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Displayed;
import dev.versicle.prompt.PromptIndex.Standing;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Numbers a prompt's commits: reads what came to the truths since the index last saw them, and nothing before.
 *
 * <p>A commit that the server made says its number. A pushed one has the number before it plus one, unless its tree
 * equals its first parent's: then it is no version. Of several commits with one number the newest on main is the
 * version, unless the slot was written while a higher number existed: then {@code refs/versions/<n>} is.
 */
final class Timeline {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final PromptReader reader;

    Timeline(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new PromptReader(shop, id, git);
    }

    /**
     * The entries that are new or changed between two states; of one commit at most one. New ones come first, oldest
     * first, then those whose notes changed, by their numbers.
     */
    List<VersionEntry> since(Truths before, Truths now) throws IOException {
        Map<String, VersionEntry> entries = new LinkedHashMap<>();
        try (RevWalk walk = new RevWalk(git)) {
            // A push may bring ten thousand long messages: one is held at a time.
            walk.setRetainBody(false);
            List<RevCommit> missing = firstParents(walk, now.main(), before.main());
            Map<Integer, ObjectId> slots = slots();
            number(walk, missing, slots.keySet())
                    .forEach(entry -> entries.put(entry.commit().hex(), entry));
            for (Map.Entry<Integer, ObjectId> slot : slots.entrySet()) {
                slot(walk, slot.getKey(), slot.getValue(), hex -> entries.containsKey(hex) || isKnown(hex))
                        .forEach(entry -> entries.put(entry.commit().hex(), entry));
            }
        }
        ObjectId notes = now.notes();
        // A note may have come before its commit was a version: new commits are looked up, too.
        Set<CommitId> edited = changedNotes(before.notes(), notes);
        if (!Truths.absent(before.notes())) {
            entries.values().forEach(entry -> edited.add(entry.commit()));
        }
        List<VersionEntry> noted = new ArrayList<>();
        for (CommitId commit : edited) {
            Optional<VersionEntry> entry = Optional.ofNullable(entries.get(commit.hex()))
                    .or(() -> shop.index().byCommit(id, commit.hex()));
            if (entry.isPresent()) {
                noted.add(noted(entry.get(), notes));
            }
        }
        // As an edit of several tells of them.
        noted.sort(Comparator.comparingInt(VersionEntry::number));
        noted.forEach(entry -> entries.put(entry.commit().hex(), entry));
        return List.copyOf(entries.values());
    }

    /** Whether main, as it is, goes back to the commit that the index knows as its tip. */
    boolean continues(ObjectId known, ObjectId tip) throws IOException {
        if (Truths.absent(known)) {
            return true;
        }
        if (Truths.absent(tip)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            List<RevCommit> missing = firstParents(walk, tip, known);
            return missing.isEmpty()
                    || (missing.getLast().getParentCount() > 0
                            && missing.getLast().getParent(0).equals(known));
        }
    }

    /** From {@code tip} down to before {@code known}, newest first. */
    private static List<RevCommit> firstParents(RevWalk walk, ObjectId tip, ObjectId known) throws IOException {
        List<RevCommit> commits = new ArrayList<>();
        Optional<ObjectId> next = Truths.present(tip);
        while (next.isPresent() && !next.get().equals(known)) {
            RevCommit commit = walk.parseCommit(next.get());
            commits.add(commit);
            next = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
        }
        return commits;
    }

    private Map<Integer, ObjectId> slots() throws IOException {
        Map<Integer, ObjectId> slots = new LinkedHashMap<>();
        for (Ref ref : git.getRefDatabase().getRefsByPrefix(RefNames.SLOTS)) {
            RefNames.slot(ref.getName()).ifPresent(number -> slots.put(number, ref.getObjectId()));
        }
        return slots;
    }

    /** Whether the index knows what each slot holds; its tips do not say so. */
    boolean knowsEverySlot() throws IOException {
        return slots().values().stream()
                .allMatch(tip -> shop.index()
                        .byCommit(id, tip.name())
                        .filter(entry -> entry.standing().current())
                        .isPresent());
    }

    private List<VersionEntry> number(RevWalk walk, List<RevCommit> newestFirst, Set<Integer> replaced)
            throws IOException {
        return number(walk, newestFirst, replaced, shop.index().floor(id, Integer.MAX_VALUE));
    }

    /** Numbers commits of main that follow on the version {@code highest}. */
    private static List<VersionEntry> number(
            RevWalk walk, List<RevCommit> newestFirst, Set<Integer> replaced, Optional<VersionEntry> highest)
            throws IOException {
        int number = highest.map(VersionEntry::number).orElse(0);
        Instant moment = highest.map(VersionEntry::moment).orElse(Instant.EPOCH);
        List<VersionEntry> entries = new ArrayList<>();
        for (RevCommit commit : newestFirst.reversed()) {
            VersionMessage message = message(walk, commit);
            if (message.number().isEmpty() && repeatsItsParent(walk, commit)) {
                continue;
            }
            int before = number;
            // A header that goes back is a copied commit's: a number is never given twice.
            number = message.number().filter(said -> said >= before).orElse(before + 1);
            moment = Moments.later(moment, Instant.ofEpochSecond(commit.getCommitTime()));
            Standing standing = new Standing(true, !replaced.contains(number), false);
            entries.add(entry(commit, message, number, moment, standing));
        }
        return entries;
    }

    static boolean repeatsItsParent(RevWalk walk, RevCommit commit) throws IOException {
        return commit.getParentCount() > 0
                && walk.parseCommit(commit.getParent(0)).getTree().equals(commit.getTree());
    }

    /** A slot's commits down to main's or the first that the index knows, oldest first; the newest is the version. */
    private static List<VersionEntry> slot(RevWalk walk, int number, ObjectId tip, Predicate<String> isKnown)
            throws IOException {
        List<VersionEntry> entries = new ArrayList<>();
        Optional<ObjectId> next = Optional.of(tip);
        while (next.isPresent()) {
            RevCommit commit = walk.parseCommit(next.get());
            VersionMessage message = message(walk, commit);
            boolean belongs = message.number().filter(found -> found == number).isPresent();
            if (isKnown.test(commit.name()) || !belongs) {
                break;
            }
            Instant moment = Instant.ofEpochSecond(commit.getCommitTime());
            Standing standing = new Standing(false, commit.equals(tip), false);
            entries.addFirst(entry(commit, message, number, moment, standing));
            next = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
        }
        return entries;
    }

    private boolean isKnown(String commit) {
        return shop.index().byCommit(id, commit).isPresent();
    }

    /** The number of each commit that is or was a version of a repository with these refs, which nobody indexed yet. */
    static Map<String, Integer> numbers(Repository git, Map<String, ObjectId> refs) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        try (RevWalk walk = new RevWalk(git)) {
            ObjectId main = refs.getOrDefault(RefNames.MAIN, ObjectId.zeroId());
            number(walk, firstParents(walk, main, ObjectId.zeroId()), Set.of(), Optional.empty())
                    .forEach(entry -> numbers.put(entry.commit().hex(), entry.number()));
            for (Map.Entry<String, ObjectId> ref : refs.entrySet()) {
                Optional<Integer> slot =
                        ref.getKey().startsWith(RefNames.SLOTS) ? RefNames.slot(ref.getKey()) : Optional.empty();
                if (slot.isPresent()) {
                    slot(walk, slot.get(), ref.getValue(), numbers::containsKey)
                            .forEach(entry -> numbers.put(entry.commit().hex(), entry.number()));
                }
            }
        }
        return numbers;
    }

    private static VersionMessage message(RevWalk walk, RevCommit commit) throws IOException {
        walk.parseBody(commit);
        VersionMessage message = CommitCodec.read(commit.getFullMessage());
        commit.disposeBody();
        return message;
    }

    private static VersionEntry entry(
            RevCommit commit, VersionMessage message, int number, Instant moment, Standing standing) {
        Optional<Displayed> displayed = message.metadata()
                .displayVersion()
                .map(text -> new Displayed(text, message.displayedAt().orElse(moment)));
        return new VersionEntry(number, new CommitId(commit.name()), moment, standing, displayed);
    }

    /** The commits whose notes differ between two states of the notes. */
    Set<CommitId> changedNotes(ObjectId before, ObjectId now) throws IOException {
        Set<CommitId> changed = new LinkedHashSet<>();
        if (before.equals(now)) {
            return changed;
        }
        try (ObjectReader objects = git.newObjectReader();
                TreeWalk walk = new TreeWalk(objects)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            for (ObjectId tip : List.of(before, now)) {
                if (Truths.absent(tip)) {
                    walk.addTree(new EmptyTreeIterator());
                } else {
                    walk.addTree(reader.treeOf(tip));
                }
            }
            while (walk.next()) {
                // Git spreads notes over directories as they grow; the path without slashes is the commit.
                String hex = walk.getPathString().replace("/", "");
                if (ObjectId.isId(hex)) {
                    changed.add(new CommitId(hex));
                }
            }
        }
        return changed;
    }

    /** The entry as its note has it. */
    private VersionEntry noted(VersionEntry entry, ObjectId notes) throws IOException {
        Optional<Note> note = reader.note(notes, entry.commit()).map(Snapshots.FoundNote::note);
        if (note.isEmpty()) {
            try (RevWalk walk = new RevWalk(git)) {
                RevCommit commit =
                        walk.parseCommit(ObjectId.fromString(entry.commit().hex()));
                Standing standing = alive(entry.standing(), true);
                return entry(commit, message(walk, commit), entry.number(), entry.moment(), standing);
            }
        }
        return withNote(entry, note.get());
    }

    static VersionEntry withNote(VersionEntry entry, Note note) {
        Optional<Displayed> displayed = note.metadata()
                .displayVersion()
                .map(text -> new Displayed(text, note.displayedAt().orElse(note.updatedAt())));
        Standing standing = alive(entry.standing(), !note.deleted());
        return new VersionEntry(entry.number(), entry.commit(), entry.moment(), standing, displayed);
    }

    private static Standing alive(Standing before, boolean alive) {
        return new Standing(before.main(), before.current(), !alive);
    }
}
