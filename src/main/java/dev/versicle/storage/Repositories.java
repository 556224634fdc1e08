package dev.versicle.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * The bare repositories of one server, by opaque id: 24 hex digits for a prompt's, {@link #SYSTEM}, or {@code
 * <shelf>/<id>}, each 40 hex digits, for one that was generated and stands on a shelf with others.
 *
 * <p>What the repositories it opens promise: an {@link org.eclipse.jgit.lib.ObjectInserter}'s {@code flush} returns
 * when all that was inserted, and all that was inserted again although it was there, survives a power cut. Refs are
 * moved by {@link #move} alone. After a failed force of what was written every further write fails with an {@link
 * IOException} until the server is started again: what the disk holds is not known any more.
 */
public interface Repositories {
    /** The repository of the server's own settings. */
    String SYSTEM = "system";

    /** Fills a repository that nobody else sees yet; it need not make anything durable. */
    @FunctionalInterface
    interface Filling {
        void fill(Repository repository) throws IOException;
    }

    /** Opens a repository; the caller closes it. Empty where there is none. */
    Optional<Repository> open(String id) throws IOException;

    /**
     * Removes what a kill left in the way: lock files and half-written objects. Nobody else may be writing to the
     * repository.
     */
    void recover(Repository repository) throws IOException;

    /** Makes a repository with {@code HEAD} on main; it is there wholly, durable, or not at all. */
    void create(String id, Filling filling) throws IOException;

    /**
     * Gives a repository that is being filled all of its refs at once, a hundred thousand of them as cheaply as one. No
     * name may be a directory of another.
     */
    void place(Repository filled, Map<String, ObjectId> refs) throws IOException;

    /**
     * Opens a place apart for objects that are to come into a repository; each pack is looked at before it is read. The
     * caller closes it.
     */
    Quarantine quarantine(Repository repository, PackCheck check) throws IOException;

    /** Opens a bare repository that lies elsewhere, to read from it; the caller closes it. */
    Repository elsewhere(Path bare) throws IOException;

    /**
     * Takes a repository away, to the trash, from where it can come back; durable when it returns.
     *
     * @return the moment under which it lies there, in whole seconds; empty where there is no such repository
     */
    Optional<Instant> trash(String id) throws IOException;

    /**
     * Brings a repository back that was taken away at this moment; durable when it returns. False where it is not in
     * the trash any more, or its id is in use again.
     */
    boolean untrash(String id, Instant at) throws IOException;

    /** A repository in the trash, and when it went there, in whole seconds. */
    record Away(String id, Instant at) {}

    /** What lies in the trash, oldest there first. */
    List<Away> trashed() throws IOException;

    /** Opens a repository in the trash, to be read alone; the caller closes it. Empty where it has gone. */
    Optional<Repository> openTrashed(Away away) throws IOException;

    /** The ids of all prompts' repositories in their order; reads all directories. */
    Stream<String> ids() throws IOException;

    /** The ids {@code <shelf>/<id>} of what stands on a shelf, in their order. */
    List<String> shelf(String shelf) throws IOException;

    /**
     * Moves a ref from one value to another, a zero id standing for "no such ref"; durable when it returns.
     *
     * @return {@code LOCK_FAILURE} where the ref has another value than {@code from}, or somebody else holds it;
     *     otherwise one of the results that mean it was done
     */
    RefUpdate.Result move(Repository repository, String ref, ObjectId from, ObjectId to) throws IOException;
}
