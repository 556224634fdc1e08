package dev.versicle.clients;

import java.nio.file.Path;
import java.util.List;

/** What every Git client is asked to do, each in its own way. A depth of 0 is everything. */
interface GitClient {
    /** The refs, as lines of an id, a tab and a name. */
    Said list(Remote remote);

    /** A new clone in a directory that is not there yet, with the tags or without. */
    Said clone(Remote remote, Path directory, int depth, boolean tags);

    /** Brings {@code source}, a ref or a commit's id, into the clone's ref {@code target}. */
    Said fetch(Remote remote, Path directory, int depth, Fetch what);

    /** Pushes {@code source:target}, one or more; all or nothing where it is atomic. */
    Said push(Remote remote, Path directory, boolean atomic, List<String> specs);

    /** What is brought, and where to. */
    record Fetch(String source, String target) {
        /** Under the same name. */
        static Fetch of(String ref) {
            return new Fetch(ref, ref);
        }
    }
}
