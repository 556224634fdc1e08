package dev.versicle.storage.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.versicle.storage.PackCheck;
import dev.versicle.storage.Quarantine;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Bare repositories as directories: {@code prompts/<xx>/<id>.git}, where {@code xx} are the id's last two digits, and
 * {@code environments/<xx>/<shelf>/<id>.git}, where they are the shelf's. Built in {@code new/}, published and taken
 * away by one rename. The most recently used stay open.
 */
public final class LocalRepositories implements Repositories, AutoCloseable {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern SHELF = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHELVED = Pattern.compile("([0-9a-f]{40})/([0-9a-f]{40})");
    private static final Pattern TRASHED = Pattern.compile("([0-9a-f]{24})-([0-9]{1,10})\\.git");
    private static final String SUFFIX = ".git";
    private static final int FAN_OUT_DIGITS = 2;

    private final DataDirectory data;
    private final InstantSource clock;
    private final Cache<String, ForcedRepository> open;

    /** Tells places apart, of which those of an earlier process are gone. */
    private final AtomicLong quarantines = new AtomicLong();

    /** Keeps at most {@code openMax} repositories open that nobody uses at the moment. */
    public LocalRepositories(DataDirectory data, int openMax, InstantSource clock) {
        IsolatedSystem.install();
        this.data = data;
        this.clock = clock;
        this.open = Caffeine.newBuilder()
                .maximumSize(openMax)
                .executor(Runnable::run)
                .evictionListener(LocalRepositories::letGo)
                .build();
    }

    private static void letGo(@Nullable String id, @Nullable ForcedRepository repository, RemovalCause cause) {
        if (repository != null) {
            repository.close();
        }
    }

    private Path place(String id) {
        if (id.equals(SYSTEM)) {
            return data.system();
        }
        Matcher shelved = SHELVED.matcher(id);
        if (shelved.matches()) {
            return shelfPlace(shelved.group(1)).resolve(shelved.group(2) + SUFFIX);
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id: " + id);
        }
        return data.prompts().resolve(lastDigits(id)).resolve(id + SUFFIX);
    }

    private Path shelfPlace(String shelf) {
        if (!SHELF.matcher(shelf).matches()) {
            throw new IllegalArgumentException("not a shelf: " + shelf);
        }
        return data.environments().resolve(lastDigits(shelf)).resolve(shelf);
    }

    private static String lastDigits(String id) {
        return id.substring(id.length() - FAN_OUT_DIGITS);
    }

    /** Where a repository is built; a shelved one's id has a slash in it. */
    private Path building(String id) {
        return data.staging().resolve(id.replace('/', '-') + SUFFIX);
    }

    @Override
    public Optional<Repository> open(String id) throws IOException {
        try {
            return Optional.ofNullable(open.asMap().compute(id, this::acquire));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** One more user of what is open; within the cache's own lock, so that it cannot be let go in between. */
    private @Nullable ForcedRepository acquire(String id, @Nullable ForcedRepository present) {
        if (present != null) {
            present.incrementOpen();
            return present;
        }
        Path directory = place(id);
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try {
            ForcedRepository fresh = new ForcedRepository(directory, data.disk());
            fresh.incrementOpen();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String id) {
        return Files.isDirectory(place(id));
    }

    /** About how many repositories are open, in use or not. */
    public long openCount() {
        return open.estimatedSize();
    }

    @Override
    public void recover(Repository repository) throws IOException {
        ((ForcedRepository) repository).recover();
    }

    @Override
    public void create(String id, Filling filling) throws IOException {
        data.disk().requireSound();
        Path place = place(id);
        Path fresh = building(id);
        try {
            skeleton(fresh);
            try (ForcedRepository repository = new ForcedRepository(fresh, Disk.lazy())) {
                filling.fill(repository);
            }
            publish(fresh, place);
        } finally {
            DataDirectory.deleteTree(fresh);
        }
    }

    @Override
    public void place(Repository filled, Map<String, ObjectId> refs) throws IOException {
        ((ForcedRepository) filled).place(refs);
    }

    @Override
    public Quarantine quarantine(Repository repository, PackCheck check) throws IOException {
        Path apart = data.staging().resolve("apart-" + quarantines.incrementAndGet());
        return LocalQuarantine.open((ForcedRepository) repository, data.disk(), apart, check);
    }

    @Override
    public Repository elsewhere(Path bare) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(bare.toFile())
                .setMustExist(true)
                .setBare()
                .build();
    }

    /** Publishes a copy of a bare repository that lies elsewhere, such as a sample's, under a new id. */
    public void adopt(String id, Path bare) throws IOException {
        data.disk().requireSound();
        Path fresh = building(id);
        try {
            try (Stream<Path> files = Files.walk(bare)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, fresh.resolve(bare.relativize(file).toString()));
                }
            }
            publish(fresh, place(id));
        } finally {
            DataDirectory.deleteTree(fresh);
        }
    }

    /** What Git asks of a repository, and nothing else: a million of them shall fit on a disk. */
    private static void skeleton(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("objects"));
        Files.createDirectories(directory.resolve("refs"));
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                directory.resolve("config"),
                "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n");
    }

    private void publish(Path fresh, Path place) throws IOException {
        Disk disk = data.disk();
        disk.forceTree(fresh);
        Files.createDirectories(Disk.parent(place));
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        disk.force(data.staging());
        disk.forceParents(place, data.root());
    }

    @Override
    public Optional<Instant> trash(String id) throws IOException {
        data.disk().requireSound();
        Path place = place(id);
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Files.move(place, place(new Away(id, at)), StandardCopyOption.ATOMIC_MOVE);
        data.disk().force(Disk.parent(place));
        data.disk().force(data.trash());
        Optional.ofNullable(open.asMap().remove(id)).ifPresent(Repository::close);
        return Optional.of(at);
    }

    @Override
    public boolean untrash(String id, Instant at) throws IOException {
        data.disk().requireSound();
        Path place = place(id);
        Path away = place(new Away(id, at));
        if (!Files.isDirectory(away) || Files.exists(place)) {
            return false;
        }
        Files.createDirectories(Disk.parent(place));
        Files.move(away, place, StandardCopyOption.ATOMIC_MOVE);
        data.disk().force(data.trash());
        data.disk().forceParents(place, data.root());
        return true;
    }

    private Path place(Away away) {
        return data.trash().resolve(away.id() + "-" + away.at().getEpochSecond() + SUFFIX);
    }

    @Override
    public List<Away> trashed() throws IOException {
        try (Stream<Path> all = Files.list(data.trash())) {
            return all.flatMap(path -> away(path).stream())
                    .sorted(Comparator.comparing(Away::at).thenComparing(Away::id))
                    .toList();
        }
    }

    @Override
    public Optional<Repository> openTrashed(Away away) throws IOException {
        Path directory = place(away);
        return Files.isDirectory(directory)
                ? Optional.of(new ForcedRepository(directory, data.disk()))
                : Optional.empty();
    }

    /** Deletes for good what has been in the trash for longer than {@code age}; returns whose nothing is left there. */
    public Set<String> purge(Duration age) throws IOException {
        Instant limit = clock.instant().minus(age);
        Set<String> purged = new TreeSet<>();
        for (Away away : trashed()) {
            if (limit.isAfter(away.at())) {
                DataDirectory.deleteTree(place(away));
                purged.add(away.id());
            }
        }
        trashed().forEach(away -> purged.remove(away.id()));
        return purged;
    }

    /** Empty for what an operator put there: it is not ours. */
    private static Optional<Away> away(Path path) {
        Matcher name = TRASHED.matcher(path.getFileName().toString());
        return name.matches()
                ? Optional.of(new Away(name.group(1), Instant.ofEpochSecond(Long.parseLong(name.group(2)))))
                : Optional.empty();
    }

    @Override
    public Stream<String> ids() throws IOException {
        try (Stream<Path> paths = Files.walk(data.prompts(), 2)) {
            List<String> ids = paths.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> ID.matcher(name).matches())
                    .sorted(Comparator.naturalOrder())
                    .toList();
            return ids.stream();
        }
    }

    @Override
    public List<String> shelf(String shelf) throws IOException {
        Path directory = shelfPlace(shelf);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> shelf + "/" + name.substring(0, name.length() - SUFFIX.length()))
                    .filter(id -> SHELVED.matcher(id).matches())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    @Override
    public RefUpdate.Result move(Repository repository, String ref, ObjectId from, ObjectId to) throws IOException {
        return ((ForcedRepository) repository).move(ref, from, to);
    }

    /** Closes what is open and not in use. */
    @Override
    public void close() {
        open.asMap().values().forEach(Repository::close);
        open.asMap().clear();
    }
}
