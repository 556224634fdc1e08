package dev.versicle.git;

import static dev.versicle.git.House.ALICE;

import dev.versicle.Git;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.TrashDesk;
import dev.versicle.prompt.VersionRef;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;

/** A house whose environments' repositories follow the events when they are told to, as the server's follower does. */
final class Followed implements AutoCloseable {
    static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final int BATCH = 3;

    final House house;
    final GitEnvironments environments;
    final EnvironmentDesk desk;
    private final EventLog log;

    private Followed(House house, Repositories between) {
        this.house = house;
        this.log = house.catalog.events();
        this.environments = new GitEnvironments(between, house.catalog, log, house.system, house.now::get);
        this.desk = new EnvironmentDesk(house.prompts);
        house.prompts.list(ALICE, new Page.Window(1, 100)).items().forEach(prompt -> adopt(prompt.id()));
    }

    static Followed open(Path root) {
        return of(new House(root));
    }

    static Followed of(House house) {
        return with(house, house.repositories);
    }

    /** Of which every step of the follower is watched, and none of those who write prompts. */
    static Followed watched(House house, Watched.Watcher watcher) {
        return with(house, new Watched(watcher).repositories(house.repositories));
    }

    /** Whose follower uses these repositories. */
    static Followed with(House house, Repositories repositories) {
        return new Followed(house, repositories);
    }

    /** The same after a stop in order. */
    Followed reopened() {
        Instant later = later();
        close();
        return of(new House(house.root, later));
    }

    /** A house gives ids by its clock, and by chance that begins anew with it. */
    private Instant later() {
        return house.now.get().plusSeconds(1);
    }

    /** The same without what the index and the log knew. */
    Followed withoutCatalog() {
        Instant later = later();
        close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(house.root.resolve("catalog.db" + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return of(new House(house.root, later));
    }

    /** Does all that is to be done. */
    void follow() {
        log.force();
        List<Event> events = log.after(position(), BATCH);
        while (!events.isEmpty()) {
            environments.follow(events);
            log.reached(GitEnvironments.FOLLOWER, events.getLast().number());
            events = log.after(position(), BATCH);
        }
    }

    private long position() {
        return log.position(GitEnvironments.FOLLOWER).orElse(0L);
    }

    PromptId prompt(String name, String... texts) {
        PromptId id = house.create(name, texts[0]);
        for (String text : List.of(texts).subList(1, texts.length)) {
            house.save(id, text);
        }
        return id;
    }

    Environment move(PromptId id, EnvironmentName name, int version) {
        return move(ALICE, id, name, version, Optional.empty());
    }

    Environment move(Caller by, PromptId id, EnvironmentName name, int version, Optional<String> message) {
        EnvironmentDesk.Wish wish = new EnvironmentDesk.Wish(new VersionRef.Numbered(version), message);
        return desk.move(by, id, name, wish, seen(id, name)).environment();
    }

    void drop(PromptId id, EnvironmentName name) {
        desk.drop(ALICE, id, name, seen(id, name));
    }

    private Expected seen(PromptId id, EnvironmentName name) {
        return desk.environments(ALICE, id).stream()
                .filter(environment -> environment.name().equals(name))
                .map(Environment::stamp)
                .map(stamp -> new Expected(
                        List.of(new Expected.Stamp(stamp.substring(0, 40), Optional.of(stamp.substring(41, 49))))))
                .findFirst()
                .orElse(Expected.NOTHING);
    }

    void rename(PromptId id, String name) {
        house.prompts.update(
                ALICE, id, new PromptEdit(Optional.of(new PromptName(name)), new Field.Keep<>(), Optional.empty()));
    }

    /** Into another namespace, under the same name. */
    void send(PromptId id, String namespace) {
        PromptSettings before = house.prompts.settings(ALICE, id);
        house.catalog.claim(new Namespace(namespace), before.name(), id);
        try (GitPromptRepository prompt = (GitPromptRepository) house.store.open(id)) {
            prompt.change(settings -> settings.moved(new Namespace(namespace)), Optional.empty(), ALICE);
        }
    }

    void delete(PromptId id) {
        house.prompts.delete(ALICE, id);
    }

    void restore(PromptId id) {
        new TrashDesk(house.prompts, house.store, house.catalog).restore(ALICE, id);
        adopt(id);
    }

    /** What the opening of a prompt tells an index that learns of it anew. */
    void adopt(PromptId id) {
        try (Repository git = house.repositories.open(id.hex()).orElseThrow()) {
            Map<EnvironmentName, Environment.Target> now = new HashMap<>();
            desk.environments(ALICE, id).forEach(environment -> now.put(environment.name(), environment.target()));
            String truth = Truths.hex(Truths.tip(git, RefNames.ENVIRONMENTS));
            house.catalog.moved(id, new PromptIndex.EnvironmentMoves("", truth, List.of(), now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory(String namespace, EnvironmentName name) {
        String id = EnvironmentShelves.id(new EnvironmentPlace(new Namespace(namespace), name));
        String shelf = id.substring(0, id.indexOf('/'));
        return house.root.resolve("environments").resolve(shelf.substring(38)).resolve(id + ".git");
    }

    boolean has(String namespace, EnvironmentName name) {
        return Files.isDirectory(directory(namespace, name));
    }

    Git git(EnvironmentName name) {
        return git("default", name);
    }

    Git git(String namespace, EnvironmentName name) {
        return new Git(directory(namespace, name));
    }

    /** Each file with its text. */
    Map<String, String> files(EnvironmentName name) {
        return files("default", name);
    }

    Map<String, String> files(String namespace, EnvironmentName name) {
        Git git = git(namespace, name);
        Map<String, String> files = new TreeMap<>();
        git.lines("ls-tree", "-r", "--name-only", "-z", "main").stream()
                .flatMap(line -> Arrays.stream(line.split("\0")))
                .forEach(path -> files.put(path, git.run("show", "main:" + path)));
        return files;
    }

    /** The prompts' files alone. */
    Map<String, String> prompts(EnvironmentName name) {
        Map<String, String> files = files(name);
        files.keySet().removeAll(List.of(VersionsFile.PATH, Kustomization.PATH));
        return files;
    }

    /** The subjects of the log, newest first. */
    List<String> log(EnvironmentName name) {
        return git(name).lines("log", "--format=%s", "main");
    }

    /** Fails unless every repository is sound, a prompt's or an environment's. */
    void requireSound() {
        house.requireSound();
        Path all = house.root.resolve("environments");
        if (Files.isDirectory(all)) {
            try (Stream<Path> walk = Files.walk(all, 3)) {
                walk.filter(path -> path.toString().endsWith(".git")).forEach(path -> new Git(path).requireSound());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        house.close();
    }
}
