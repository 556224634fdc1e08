package dev.versicle.storage.local;

import dev.versicle.storage.PackCheck;
import dev.versicle.storage.Quarantine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PackParser;

/**
 * Objects in a directory of their own below {@code new/}, on top of the repository's, as git's own {@code receive-pack}
 * has them.
 */
final class LocalQuarantine implements Quarantine {
    /** Up to so many objects come in as loose ones, as those of a save do: a pack for each would be many packs. */
    private static final int LOOSE_MAX = 100;

    /** Of the refs, branches first, that are asked what need not come in; what others reach comes in once more. */
    private static final int KNOWN_MAX = 1_000;

    private static final String PACKS = "pack";

    private final ForcedRepository target;
    private final Disk disk;
    private final Path directory;
    private final Apart apart;
    private boolean closed;

    /** Opens a quarantine in a directory that is not there yet. */
    static LocalQuarantine open(ForcedRepository target, Disk disk, Path directory, PackCheck check)
            throws IOException {
        boolean opened = false;
        try {
            Files.createDirectory(directory);
            Files.createDirectory(directory.resolve(PACKS));
            LocalQuarantine quarantine = new LocalQuarantine(target, disk, directory, check);
            opened = true;
            return quarantine;
        } finally {
            if (!opened) {
                DataDirectory.deleteTree(directory);
            }
        }
    }

    private LocalQuarantine(ForcedRepository target, Disk disk, Path directory, PackCheck check) throws IOException {
        this.target = target;
        this.disk = disk;
        this.directory = directory;
        // The dot makes it no "objects" of a repository's to JGit, which would keep that open in a cache of its own.
        Path below = target.objects().resolve(".");
        RepositoryBuilder builder = new RepositoryBuilder()
                .setGitDir(target.getDirectory())
                .setBare()
                .setObjectDirectory(directory.toFile())
                .addAlternateObjectDirectory(below.toFile());
        this.apart = new Apart(builder.setup(), directory, check);
    }

    @Override
    public Repository repository() {
        requireOpen();
        return apart;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the quarantine is closed");
        }
    }

    @Override
    public void admit(Collection<? extends ObjectId> tips) throws IOException {
        requireOpen();
        disk.requireSound();
        Set<ObjectId> known = known();
        List<RevObject> fresh = fresh(tips, known);
        if (fresh.size() <= LOOSE_MAX) {
            insert(fresh);
        } else {
            pack(tips, known);
        }
    }

    /** What the tips reach and what is known does not, no more of it than tells what to do. */
    private List<RevObject> fresh(Collection<? extends ObjectId> tips, Set<ObjectId> known) throws IOException {
        List<RevObject> fresh = new ArrayList<>();
        try (ObjectWalk walk = new ObjectWalk(apart)) {
            for (ObjectId tip : tips) {
                walk.markStart(walk.parseAny(tip));
            }
            for (ObjectId id : known) {
                walk.markUninteresting(walk.parseAny(id));
            }
            for (RevObject next = walk.next(); next != null && fresh.size() <= LOOSE_MAX; next = walk.next()) {
                fresh.add(next);
            }
            for (RevObject next = walk.nextObject();
                    next != null && fresh.size() <= LOOSE_MAX;
                    next = walk.nextObject()) {
                fresh.add(next);
            }
        }
        return fresh;
    }

    /**
     * Some of what refs point to, all of it durable; the first refs by name, since nearly all of the others are tags.
     */
    private Set<ObjectId> known() throws IOException {
        return target.getRefDatabase().getRefs().stream()
                .limit(KNOWN_MAX)
                .map(Ref::getObjectId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void insert(List<RevObject> fresh) throws IOException {
        try (ObjectReader reader = apart.newObjectReader();
                ObjectInserter inserter = target.newObjectInserter()) {
            for (RevObject object : fresh) {
                ObjectLoader loader = reader.open(object, object.getType());
                try (InputStream bytes = loader.openStream()) {
                    inserter.insert(object.getType(), loader.getSize(), bytes);
                }
            }
            inserter.flush();
        }
    }

    /** A pack of our own making, so that nothing else that came comes in. */
    private void pack(Collection<? extends ObjectId> tips, Set<ObjectId> known) throws IOException {
        Path data = directory.resolve("admitted.pack");
        Path index = directory.resolve("admitted.idx");
        String name;
        try (PackWriter writer = new PackWriter(config(), apart.newObjectReader())) {
            writer.setDeltaBaseAsOffset(true);
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.copyOf(tips), known);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data))) {
                writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(index))) {
                writer.writeIndex(out);
            }
            name = "pack-" + writer.computeName().name();
        }
        publish(data, index, name);
    }

    /** As the objects came, so they stay: looking for better differences would cost memory and time. */
    private PackConfig config() {
        PackConfig config = new PackConfig(apart);
        config.setDeltaCompress(false);
        config.setThreads(1);
        return config;
    }

    /** The same objects may be there in a pack of this name, which has readers then, and stays. */
    private void publish(Path data, Path index, String name) throws IOException {
        Path packs = target.objects().resolve(PACKS);
        Path asPack = packs.resolve(name + ".pack");
        Path asIndex = packs.resolve(name + ".idx");
        if (Files.exists(asPack) && Files.exists(asIndex)) {
            disk.force(asPack);
            disk.force(asIndex);
        } else {
            disk.force(data);
            disk.force(index);
            if (!Files.exists(packs)) {
                target.unsettle(packs);
                // Not with those above it: a prompt that was deleted meanwhile must not come back as an empty shell.
                Files.createDirectory(packs);
            }
            // The index last: without it a pack is not there for anybody.
            Files.move(data, asPack, StandardCopyOption.ATOMIC_MOVE);
            Files.move(index, asIndex, StandardCopyOption.ATOMIC_MOVE);
        }
        disk.force(packs);
        target.settle(Set.of(packs), target.objects());
        target.openPack(asPack.toFile());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        apart.close();
        DataDirectory.deleteTree(directory);
    }

    /** The repository with another directory for new objects. */
    private static final class Apart extends FileRepository {
        private final Path directory;
        private final PackCheck check;

        private Apart(RepositoryBuilder builder, Path directory, PackCheck check) throws IOException {
            super(builder);
            this.directory = directory;
            this.check = check;
        }

        @Override
        public ObjectInserter newObjectInserter() {
            return new Checked(super.newObjectInserter(), directory, check);
        }

        /** JGit would name the refs of the repository below, hidden ones too. */
        @Override
        public Set<ObjectId> getAdditionalHaves() {
            return Set.of();
        }
    }

    /** Keeps a pack in a file, whose name has gone already, until it has been looked at and read. */
    private static final class Checked extends ObjectInserter.Filter {
        private final ObjectInserter stock;
        private final Path directory;
        private final PackCheck check;
        private Optional<InputStream> received = Optional.empty();

        private Checked(ObjectInserter stock, Path directory, PackCheck check) {
            this.stock = stock;
            this.directory = directory;
            this.check = check;
        }

        @Override
        protected ObjectInserter delegate() {
            return stock;
        }

        @Override
        public PackParser newPackParser(InputStream in) throws IOException {
            Path file = directory.resolve("received.pack");
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            try (InputStream pack = Files.newInputStream(file)) {
                check.check(pack);
            }
            InputStream again = Files.newInputStream(file);
            received = Optional.of(again);
            Files.delete(file);
            return stock.newPackParser(new BufferedInputStream(again));
        }

        @Override
        public void close() {
            super.close();
            received.ifPresent(Checked::letGo);
        }

        private static void letGo(InputStream file) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
