package dev.versicle.git;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;

/** Refs of which one would be the directory of the other. JGit's own answer reads all refs there are. */
final class Exclusions {
    private Exclusions() {}

    /** The names of the refs that exclude one of this name, in their order. */
    static List<String> of(RefDatabase refs, String name) throws IOException {
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            if (refs.exactRef(name.substring(0, slash)) != null) {
                return List.of(name.substring(0, slash));
            }
        }
        return refs.getRefsByPrefix(name + "/").stream()
                .map(Ref::getName)
                .sorted()
                .toList();
    }
}
