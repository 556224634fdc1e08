package dev.versicle.git;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads where one prompt's environments point: a look at one ref, where that state was read before. */
final class EnvironmentReader {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    EnvironmentReader(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    /** Where the truth stands; the zero id where there never was an environment. */
    ObjectId tip() throws IOException {
        return Truths.tip(git, RefNames.ENVIRONMENTS);
    }

    /** All environments at a state of the truth. */
    SortedMap<EnvironmentName, Pointer> at(ObjectId truth) throws IOException {
        if (Truths.absent(truth)) {
            return Collections.emptySortedMap();
        }
        Optional<SortedMap<EnvironmentName, Pointer>> known = shop.snapshots().environments(truth);
        return known.isPresent() ? known.get() : shop.snapshots().keep(truth, load(truth));
    }

    SortedMap<EnvironmentName, Pointer> now() throws IOException {
        return at(tip());
    }

    Optional<Pointer> find(EnvironmentName name) throws IOException {
        return Optional.ofNullable(now().get(name));
    }

    /** All environments, by name. */
    List<Environment> all(PromptSettings settings) throws IOException {
        return now().entrySet().stream()
                .map(entry -> environment(entry.getKey(), entry.getValue(), settings))
                .toList();
    }

    private static Environment environment(EnvironmentName name, Pointer pointer, PromptSettings settings) {
        boolean guarded = settings.access().guarded().contains(name);
        return new Environment(name, pointer.target(), pointer.moved(), pointer.file(), guarded);
    }

    /** The environment, where there is one. */
    Optional<Environment> find(EnvironmentName name, PromptSettings settings) throws IOException {
        return find(name).map(pointer -> environment(name, pointer, settings));
    }

    /** The environments that point to a commit. */
    List<EnvironmentName> pointingTo(CommitId commit) throws IOException {
        return now().entrySet().stream()
                .filter(entry -> entry.getValue().target().commit().equals(commit))
                .map(Map.Entry::getKey)
                .toList();
    }

    private SortedMap<EnvironmentName, Pointer> load(ObjectId truth) throws IOException {
        ObjectId tree = new PromptReader(shop, id, git).treeOf(truth);
        try (ObjectReader reader = git.newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            SortedMap<EnvironmentName, Pointer> all = new TreeMap<>();
            walk.addTree(tree);
            while (walk.next()) {
                Optional<EnvironmentName> name = EnvironmentCodec.name(walk.getPathString());
                if (name.isPresent()) {
                    all.put(name.get(), read(reader, walk.getObjectId(0)));
                }
            }
            return Collections.unmodifiableSortedMap(all);
        }
    }

    static Pointer read(ObjectReader reader, ObjectId blob) throws IOException {
        return EnvironmentCodec.read(reader.open(blob, Constants.OBJ_BLOB).getBytes(), blob.name());
    }
}
