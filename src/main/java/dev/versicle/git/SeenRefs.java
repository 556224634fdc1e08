package dev.versicle.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.RefRename;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The refs of a repository for one caller who reads: those that a {@link Sight} tells of, and any other that may be
 * seen where it is asked for by its name. The others are not there. Never looks at all tags.
 */
final class SeenRefs extends RefDatabase {
    private final Repository git;
    private final Sight sight;

    /** What is told of, once it was looked up. */
    private Optional<Map<String, Ref>> told = Optional.empty();

    SeenRefs(Repository git, Sight sight) {
        this.git = git;
        this.sight = sight;
    }

    Map<String, Ref> told() throws IOException {
        if (told.isEmpty()) {
            told = Optional.of(sight.told());
        }
        return told.get();
    }

    /** Every ref of this kind that may be seen; looks at all of them. */
    List<Ref> all(String kind) throws IOException {
        return git.getRefDatabase().getRefsByPrefix(kind).stream()
                .filter(ref -> sight.sees(ref.getName()))
                .toList();
    }

    @Override
    public @Nullable Ref exactRef(String name) throws IOException {
        return sight.sees(name) ? git.exactRef(name) : null;
    }

    /**
     * Those that a client is told of, and the one of this name. Of slots, which nobody is told of, all that begin so.
     */
    @Override
    public List<Ref> getRefsByPrefix(String prefix) throws IOException {
        Map<String, Ref> found = new LinkedHashMap<>();
        for (Ref ref : told().values()) {
            if (ref.getName().startsWith(prefix)) {
                found.put(ref.getName(), ref);
            }
        }
        Optional<Ref> exact = prefix.isEmpty() ? Optional.empty() : Optional.ofNullable(exactRef(prefix));
        exact.ifPresent(ref -> found.put(ref.getName(), ref));
        if (exact.isEmpty() && prefix.startsWith(RefNames.SLOTS)) {
            git.getRefDatabase().getRefsByPrefix(prefix).forEach(ref -> found.put(ref.getName(), ref));
        }
        return new ArrayList<>(found.values());
    }

    @Override
    public List<Ref> getRefsByPrefix(String... prefixes) throws IOException {
        Map<String, Ref> found = new TreeMap<>();
        for (String prefix : prefixes) {
            getRefsByPrefix(prefix).forEach(ref -> found.put(ref.getName(), ref));
        }
        return new ArrayList<>(found.values());
    }

    @Override
    @SuppressWarnings("deprecation") // abstract where it comes from
    public Map<String, Ref> getRefs(String prefix) throws IOException {
        Map<String, Ref> found = new TreeMap<>();
        getRefsByPrefix(prefix).forEach(ref -> found.put(ref.getName().substring(prefix.length()), ref));
        return found;
    }

    @Override
    public Ref peel(Ref ref) throws IOException {
        return git.getRefDatabase().peel(ref);
    }

    @Override
    public List<Ref> getAdditionalRefs() {
        return List.of();
    }

    @Override
    public ReflogReader getReflogReader(Ref ref) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isNameConflicting(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RefUpdate newUpdate(String name, boolean detach) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RefRename newRename(String fromName, String toName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void create() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // nothing is open here
    }
}
