package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which text is the latest once entries will have come into the index. */
final class LatestText {
    private final Workshop shop;
    private final PromptId id;
    private final PromptReader reader;

    LatestText(Workshop shop, PromptId id, PromptReader reader) {
        this.shop = shop;
        this.id = id;
        this.reader = reader;
    }

    /** The text of the version that will be the latest, empty where there will be none; absent where it stays. */
    Optional<String> after(List<VersionEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Optional<VersionEntry>> changed = changed(entries);
        Optional<VersionEntry> kept = shop.index().latest(id);
        boolean changes = false;
        while (kept.isPresent() && changed.containsKey(kept.get().number())) {
            changes = true;
            kept = shop.index().liveBelow(id, kept.get().number(), 1).stream().findFirst();
        }
        int highest = kept.map(VersionEntry::number).orElse(0);
        Optional<VersionEntry> fresh = changed.values().stream()
                .flatMap(Optional::stream)
                .filter(entry -> entry.number() > highest)
                .max((one, other) -> Integer.compare(one.number(), other.number()));
        if (fresh.isEmpty() && !changes && kept.isPresent()) {
            return Optional.empty();
        }
        Optional<VersionEntry> latest = fresh.isPresent() ? fresh : kept;
        return Optional.of(latest.isPresent() ? reader.snapshot(latest.get()).text() : "");
    }

    /** What each number that an entry has will stand for, where that is live. */
    private Map<Integer, Optional<VersionEntry>> changed(List<VersionEntry> entries) {
        Set<CommitId> commits = new HashSet<>();
        Map<Integer, Optional<VersionEntry>> changed = new HashMap<>();
        for (VersionEntry entry : entries) {
            commits.add(entry.commit());
            if (entry.standing().current()) {
                changed.put(entry.number(), Optional.of(entry).filter(VersionEntry::live));
            }
        }
        for (VersionEntry entry : entries) {
            changed.computeIfAbsent(
                    entry.number(),
                    number -> shop.index()
                            .byNumber(id, number)
                            .filter(VersionEntry::live)
                            .filter(before -> !commits.contains(before.commit())));
        }
        return changed;
    }
}
