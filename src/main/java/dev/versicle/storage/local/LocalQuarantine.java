package dev.versicle.storage.local;

import dev.versicle.storage.PackCheck;
import dev.versicle.storage.Quarantine;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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
import org.eclipse.jgit.transport.PackParser;

/**
 * Objects in a directory of their own below {@code new/}, on top of the repository's, as git's own {@code receive-pack}
 * has them.
 */
final class LocalQuarantine implements Quarantine {
    /** Up to so many objects come in as loose ones, as those of a save do: a pack for each would be many packs. */
    private static final int LOOSE_MAX = 100;

    private static final String PACKS = "pack";

    private final ForcedRepository target;
    private final Disk disk;
    private final Path directory;
    private final Apart apart;

    LocalQuarantine(ForcedRepository target, Disk disk, Path directory, PackCheck check) throws IOException {
        this.target = target;
        this.disk = disk;
        this.directory = directory;
        Files.createDirectories(directory.resolve(PACKS));
        RepositoryBuilder builder = new RepositoryBuilder()
                .setGitDir(target.getDirectory())
                .setBare()
                .setObjectDirectory(directory.toFile())
                .addAlternateObjectDirectory(target.getObjectDatabase().getDirectory());
        this.apart = new Apart(builder.setup(), directory, check);
    }

    @Override
    public Repository repository() {
        return apart;
    }

    @Override
    public void admit(Collection<? extends ObjectId> tips) throws IOException {
        disk.requireSound();
        List<RevObject> fresh = fresh(tips);
        if (fresh.size() <= LOOSE_MAX) {
            insert(fresh);
        } else {
            pack(tips);
        }
    }

    /** What the tips reach and no ref does, no more of it than tells what to do. */
    private List<RevObject> fresh(Collection<? extends ObjectId> tips) throws IOException {
        List<RevObject> fresh = new ArrayList<>();
        try (ObjectWalk walk = new ObjectWalk(apart)) {
            for (ObjectId tip : tips) {
                walk.markStart(walk.parseAny(tip));
            }
            for (ObjectId known : known()) {
                walk.markUninteresting(walk.parseAny(known));
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

    private Set<ObjectId> known() throws IOException {
        return target.getRefDatabase().getRefs().stream()
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
    private void pack(Collection<? extends ObjectId> tips) throws IOException {
        Path data = directory.resolve("admitted.pack");
        Path index = directory.resolve("admitted.idx");
        String name;
        try (PackWriter writer = new PackWriter(apart)) {
            writer.setThin(false);
            writer.setDeltaBaseAsOffset(true);
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.copyOf(tips), known());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data))) {
                writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(index))) {
                writer.writeIndex(out);
            }
            name = writer.computeName().name();
        }
        disk.force(data);
        disk.force(index);
        Path packs = target.objects().resolve(PACKS);
        Files.createDirectories(packs);
        // The index last: without it a pack is not there for anybody.
        Path published = packs.resolve("pack-" + name + ".pack");
        Files.move(data, published, StandardCopyOption.ATOMIC_MOVE);
        Files.move(index, packs.resolve("pack-" + name + ".idx"), StandardCopyOption.ATOMIC_MOVE);
        disk.force(packs);
        disk.force(target.objects());
        target.openPack(published.toFile());
    }

    @Override
    public void close() throws IOException {
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

    /** Keeps a pack in a file until it has been looked at. */
    private static final class Checked extends ObjectInserter.Filter {
        private final ObjectInserter stock;
        private final Path directory;
        private final PackCheck check;

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
            Path received = directory.resolve("received.pack");
            Files.copy(in, received, StandardCopyOption.REPLACE_EXISTING);
            try (InputStream pack = new BufferedInputStream(Files.newInputStream(received))) {
                check.check(pack);
            }
            return stock.newPackParser(new BufferedInputStream(Files.newInputStream(received)));
        }
    }
}
