package dev.versicle.storage.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;

/**
 * A repository on the local disk whose inserters force what they wrote. JGit skips an object that is present, so
 * "present" says nothing about the disk: somebody may have written it, unforced and unreachable, a moment before. Each
 * object is therefore forced under its final name, whoever put it there.
 */
final class ForcedRepository extends FileRepository {
    private static final int FAN_OUT_DIGITS = 2;
    private static final String LOCK = ".lock";
    /** How the names of JGit's temporary objects begin. */
    private static final String HALF_WRITTEN = "noz";

    private final Disk disk;

    ForcedRepository(Path directory, Disk disk) throws IOException {
        super(directory.toFile());
        this.disk = disk;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        return new Inserter(super.newObjectInserter());
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
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
                Path top = getDirectory().toPath();
                disk.forceParents(top.resolve(ref), top);
            }
            case LOCK_FAILURE -> {}
            default -> throw new IOException("moving a ref ended in " + result);
        }
        return result;
    }

    /** Removes lock files and JGit's temporary objects, which only a killed process can have left. */
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

    private Path objects() {
        return getObjectDatabase().getDirectory().toPath();
    }

    private Path looseFile(ObjectId id) {
        String hex = id.name();
        return objects().resolve(hex.substring(0, FAN_OUT_DIGITS)).resolve(hex.substring(FAN_OUT_DIGITS));
    }

    private final class Inserter extends ObjectInserter.Filter {
        private final ObjectInserter stock;
        private final Set<ObjectId> inserted = new LinkedHashSet<>();

        private Inserter(ObjectInserter stock) {
            this.stock = stock;
        }

        @Override
        protected ObjectInserter delegate() {
            return stock;
        }

        @Override
        public ObjectId insert(int type, byte[] data) throws IOException {
            return insert(type, data, 0, data.length);
        }

        @Override
        public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
            return remember(stock.insert(type, data, offset, length));
        }

        @Override
        public ObjectId insert(int type, long length, InputStream in) throws IOException {
            return remember(stock.insert(type, length, in));
        }

        private ObjectId remember(ObjectId id) throws IOException {
            disk.requireSound();
            inserted.add(id);
            return id;
        }

        @Override
        public void flush() throws IOException {
            stock.flush();
            Set<Path> directories = new LinkedHashSet<>();
            for (ObjectId id : inserted) {
                Path file = looseFile(id);
                if (Files.exists(file)) {
                    disk.force(file);
                    directories.add(Disk.parent(file));
                } else {
                    forcePacks();
                }
            }
            for (Path directory : directories) {
                disk.force(directory);
            }
            if (!inserted.isEmpty()) {
                disk.force(objects());
            }
            inserted.clear();
        }

        /** The object was present in a pack: which one JGit does not say, and there are few. */
        private void forcePacks() throws IOException {
            File packs = objects().resolve("pack").toFile();
            List<Path> files;
            try (Stream<Path> all = Files.list(packs.toPath())) {
                files = all.toList();
            }
            for (Path file : files) {
                disk.force(file);
            }
            disk.force(packs.toPath());
        }
    }
}
