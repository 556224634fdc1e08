package dev.versicle.storage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * A repository on the local disk that forces what it writes: objects by its {@link ForcedInserter}, refs here.
 *
 * <p>A directory that is there need not be there after a power cut: a process that was killed may have made it. Each is
 * therefore forced into the one above it when it is used for the first time, and remembered as settled from then on.
 */
final class ForcedRepository extends FileRepository {
    private static final String LOCK = ".lock";
    /** How the names of temporary objects begin, JGit's and ours. */
    static final String HALF_WRITTEN = "noz";

    private final Disk disk;
    /** Directories of objects and of refs that were forced into the one above them; at most some 300. */
    private final Set<Path> settled = ConcurrentHashMap.newKeySet();

    ForcedRepository(Path directory, Disk disk) throws IOException {
        super(directory.toFile());
        this.disk = disk;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new ForcedInserter(super.newObjectInserter(), this, disk);
    }

    /** Moves a ref and forces every directory on the way to it. */
    RefUpdate.Result move(String ref, ObjectId from, ObjectId to) throws IOException {
        disk.requireSound();
        RefUpdate update = updateRef(ref);
        update.disableRefLog();
        update.setForceUpdate(true);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        RefUpdate.Result result = to.equals(ObjectId.zeroId()) ? update.delete() : update.update();
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> forceWay(ref, to.equals(ObjectId.zeroId()));
            case LOCK_FAILURE -> {}
            default -> throw new IOException("moving a ref ended in " + result);
        }
        return result;
    }

    /** Makes refs where there are none, all of them packed: a file for each would cost a force each. */
    void place(Map<String, ObjectId> refs) throws IOException {
        disk.requireSound();
        BatchRefUpdate batch = getRefDatabase().newBatchUpdate();
        batch.setAtomic(true);
        batch.disableRefLog();
        refs.forEach((name, id) -> batch.addCommand(new ReceiveCommand(ObjectId.zeroId(), id, name)));
        try (RevWalk walk = new RevWalk(this)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        }
        for (ReceiveCommand command : batch.getCommands()) {
            if (command.getResult() != ReceiveCommand.Result.OK) {
                throw new IOException("making a ref ended in " + command.getResult());
            }
        }
    }

    /** Forces the way to a ref: directories below {@code refs/<kind>} come and go, that one itself stays. */
    private void forceWay(String ref, boolean deleted) throws IOException {
        Path top = getDirectory().toPath();
        Path refs = top.resolve("refs");
        Path file = top.resolve(ref);
        Path kind = refs.resolve(refs.relativize(file).getName(0));
        if (deleted) {
            // packed-refs, too, may have been written anew
            disk.forceParents(file, top);
        } else {
            disk.forceParents(file, kind);
            settle(Set.of(kind), refs);
        }
    }

    /** Forces {@code parent}, unless the entries of all these directories in it are settled. */
    void settle(Set<Path> directories, Path parent) throws IOException {
        if (!settled.containsAll(directories)) {
            disk.force(parent);
            settled.addAll(directories);
        }
    }

    /** Before a directory is made: it may have been there, settled, and removed by another process. */
    void unsettle(Path directory) {
        settled.remove(directory);
    }

    /** Removes lock files and temporary objects, which only a killed process can have left. */
    void recover() throws IOException {
        Path top = getDirectory().toPath();
        deleteAll(top, 1, name -> name.endsWith(LOCK));
        deleteAll(top.resolve("refs"), Integer.MAX_VALUE, name -> name.endsWith(LOCK));
        deleteAll(objects(), 1, name -> name.startsWith(HALF_WRITTEN));
    }

    private static void deleteAll(Path directory, int depth, Predicate<String> name) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory, depth)) {
            files = all.filter(path -> name.test(path.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    Path objects() {
        return getObjectDatabase().getDirectory().toPath();
    }
}
