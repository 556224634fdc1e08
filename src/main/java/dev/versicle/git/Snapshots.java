package dev.versicle.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Snapshot;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What was read from commits, kept by commit id: a commit never changes, so only refs need be looked at again. An entry
 * under a prompt says too that the commit is a version of this prompt, which stays true.
 */
final class Snapshots {
    private static final int ENTRY_BYTES = 512;
    private static final long SMALL_ENTRIES_MAX = 20_000;

    /** A version's commit by the first digits of its id, as they stand in a URL. */
    private record VersionKey(PromptId prompt, String shortId) {}

    private record EditionKey(ObjectId notes, String commit) {}

    /** A note as it was found; {@code blob} is its id. */
    record FoundNote(Note note, String blob) {}

    private final Cache<VersionKey, Snapshot> versions;
    private final Cache<EditionKey, Optional<FoundNote>> notes =
            Caffeine.newBuilder().maximumSize(SMALL_ENTRIES_MAX).build();
    private final Cache<ObjectId, PromptSettings> settings =
            Caffeine.newBuilder().maximumSize(SMALL_ENTRIES_MAX).build();
    private final Cache<ObjectId, ObjectId> trees =
            Caffeine.newBuilder().maximumSize(SMALL_ENTRIES_MAX).build();

    private final Cache<ObjectId, SortedMap<EnvironmentName, Pointer>> environments =
            Caffeine.newBuilder().maximumSize(SMALL_ENTRIES_MAX).build();

    Snapshots(long bytesMax) {
        this.versions = Caffeine.newBuilder()
                .recordStats()
                .maximumWeight(bytesMax)
                .weigher((VersionKey key, Snapshot value) ->
                        ENTRY_BYTES + 2 * value.text().length())
                .build();
    }

    CacheUse use() {
        CacheStats stats = versions.stats();
        long bytes = versions.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return new CacheUse(stats.hitCount(), stats.missCount(), bytes);
    }

    /** The version whose commit id begins with {@code hex}, 24 digits or more. */
    Optional<Snapshot> version(PromptId prompt, String hex) {
        return Optional.ofNullable(versions.getIfPresent(key(prompt, hex)))
                .filter(found -> found.commit().hex().startsWith(hex));
    }

    Snapshot keep(PromptId prompt, Snapshot version) {
        versions.put(key(prompt, version.commit().hex()), version);
        return version;
    }

    private static VersionKey key(PromptId prompt, String hex) {
        return new VersionKey(prompt, hex.substring(0, 24));
    }

    Optional<Optional<FoundNote>> note(ObjectId notesTip, String commit) {
        return Optional.ofNullable(notes.getIfPresent(new EditionKey(notesTip, commit)));
    }

    Optional<FoundNote> keep(ObjectId notesTip, String commit, Optional<FoundNote> note) {
        notes.put(new EditionKey(notesTip, commit), note);
        return note;
    }

    Optional<PromptSettings> settings(ObjectId commit) {
        return Optional.ofNullable(settings.getIfPresent(commit));
    }

    PromptSettings keep(ObjectId commit, PromptSettings value) {
        settings.put(commit, value);
        return value;
    }

    Optional<SortedMap<EnvironmentName, Pointer>> environments(ObjectId commit) {
        return Optional.ofNullable(environments.getIfPresent(commit));
    }

    SortedMap<EnvironmentName, Pointer> keep(ObjectId commit, SortedMap<EnvironmentName, Pointer> value) {
        environments.put(commit, value);
        return value;
    }

    Optional<ObjectId> tree(ObjectId commit) {
        return Optional.ofNullable(trees.getIfPresent(commit));
    }

    ObjectId keepTree(ObjectId commit, ObjectId tree) {
        trees.put(commit, tree);
        return tree;
    }
}
