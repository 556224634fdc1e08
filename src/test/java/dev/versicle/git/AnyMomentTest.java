package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was done to a prompt, every moment of it can be read again, and as a plain list of events has it. */
@BesideOthers
class AnyMomentTest {
    private static final int STEPS = 60;
    private static final int MOMENTS = 150;
    private static final int GAP_MAX = 3;
    private static final int STEP_MILLISECONDS_MAX = 1_500;

    /** A commit that a number stood for from a whole second on. */
    private record Saved(int number, CommitId commit, Instant second, Version.Edition edition) {}

    /** What was said of a commit from a millisecond on; nothing where it was deleted. */
    private record Said(CommitId commit, Instant at, Optional<Version.Edition> edition) {}

    /** Where an environment pointed from a millisecond on; nothing where it was dropped. */
    private record Moved(EnvironmentName name, Instant at, Optional<Environment.Target> target) {}

    private static final List<EnvironmentName> ENVIRONMENTS =
            List.of(new EnvironmentName("production"), new EnvironmentName("staging"));

    @TempDir
    private Path root;

    private final List<Saved> saves = new ArrayList<>();
    private final List<Moved> moves = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private House house;
    private PromptId id;
    private Instant start;
    private RandomGenerator random = random(0);

    @BeforeEach
    void open() {
        house = new House(root);
        start = house.now.get();
        id = house.create("past", "text 0");
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyMomentIsReadAsItWas(long seed) throws IOException {
        random = random(seed);
        save(house.prompts.version(ALICE, id, new VersionRef.Latest()));

        for (int step = 0; step < STEPS; step++) {
            house.now.updateAndGet(now -> now.plusMillis(1 + random.nextInt(STEP_MILLISECONDS_MAX)));
            act(step);
        }

        String told = "seed " + seed;
        requireAgreement(told);
        withANewIndex();
        requireAgreement(told + ", index made anew");
        house.requireSound();
        house.close();
    }

    private void act(int step) {
        List<Version> live =
                house.prompts.versions(ALICE, id, new Page.Window(1, 100)).items();
        Version one = live.get(random.nextInt(live.size()));
        int highest = saves.stream().mapToInt(Saved::number).max().orElseThrow();
        switch (random.nextInt(9)) {
            case 0 -> save(step, new Draft.Slot.Next());
            case 1 -> save(step, new Draft.Slot.Exactly(1 + random.nextInt(highest + GAP_MAX)));
            case 2 -> save(step, new Draft.Slot.InPlace(one.number()));
            case 3 -> edit(one, "title " + step);
            case 4 -> delete(live.size() > 1 && !isPointedTo(one) ? Optional.of(one) : Optional.empty());
            case 5, 6 -> move(one);
            case 7 -> drop();
            default ->
                save(house.prompts
                        .restore(ALICE, id, new VersionRef.Numbered(one.number()))
                        .version());
        }
    }

    private void save(int step, Draft.Slot slot) {
        Metadata metadata =
                new Metadata(Optional.empty(), Optional.empty(), Optional.of("saved " + step), Optional.empty());
        Draft draft = draft("text " + random.nextInt(4), slot, metadata);
        save(house.save(id, draft).version());
    }

    /** An unchanged text makes no commit, and in a slot the metadata is edited. */
    private void save(Version version) {
        boolean known = saves.stream().anyMatch(saved -> saved.commit().equals(version.commit()));
        if (known) {
            said.add(new Said(version.commit(), now(), Optional.of(version.edition())));
        } else {
            Instant second = now().truncatedTo(ChronoUnit.SECONDS);
            saves.add(new Saved(version.number(), version.commit(), second, version.edition()));
        }
    }

    private void edit(Version version, String title) {
        MetadataEdit edit = new MetadataEdit(new Field.Keep<>(), new Field.Set<>(title), new Field.Keep<>());
        VersionRef ref = new VersionRef.Numbered(version.number());
        Version edited = house.prompts.edit(ALICE, id, ref, edit, Expected.NOTHING);
        said.add(new Said(edited.commit(), now(), Optional.of(edited.edition())));
    }

    private void delete(Optional<Version> version) {
        version.ifPresent(found -> {
            house.prompts.deleteVersion(ALICE, id, found.number());
            said.add(new Said(found.commit(), now(), Optional.empty()));
        });
    }

    private void move(Version version) {
        EnvironmentName name = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
        EnvironmentDesk.Wish wish =
                new EnvironmentDesk.Wish(new VersionRef.Numbered(version.number()), Optional.empty());
        List<Expected.Stamp> seen = pointed(name, now()).stream()
                .map(target -> new Expected.Stamp(target.commit().hex(), Optional.empty()))
                .toList();
        Environment moved =
                desk().move(ALICE, id, name, wish, new Expected(seen)).environment();
        moves.add(new Moved(name, now(), Optional.of(moved.target())));
    }

    private void drop() {
        EnvironmentName name = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
        pointed(name, now()).ifPresent(target -> {
            desk().drop(ALICE, id, name, Expected.NOTHING);
            moves.add(new Moved(name, now(), Optional.empty()));
        });
    }

    private EnvironmentDesk desk() {
        return new EnvironmentDesk(house.prompts);
    }

    private Optional<Environment.Target> pointed(EnvironmentName name, Instant at) {
        return moves.stream()
                .filter(moved -> moved.name().equals(name) && !moved.at().isAfter(at))
                .reduce((one, next) -> next)
                .flatMap(Moved::target);
    }

    private boolean isPointedTo(Version version) {
        return ENVIRONMENTS.stream()
                .flatMap(name -> pointed(name, now()).stream())
                .anyMatch(target -> target.commit().equals(version.commit()));
    }

    private Instant now() {
        return house.now.get();
    }

    private void requireAgreement(String told) {
        int highest = saves.stream().mapToInt(Saved::number).max().orElseThrow();
        long span = Duration.between(start, now()).toMillis();
        for (int i = 0; i < MOMENTS; i++) {
            Instant at = start.plusMillis(random.nextLong(-1_000, span + 2_000));
            int number = 1 + random.nextInt(highest + 1);
            assertEquals(expected(number, at), found(new VersionRef.Numbered(number), at), told + ", " + at);
            assertEquals(expectedLatest(highest, at), found(new VersionRef.Latest(), at), told + ", " + at);
            EnvironmentName name = ENVIRONMENTS.get(i % ENVIRONMENTS.size());
            assertEquals(expected(name, at), found(new VersionRef.Written(name.text()), at), told + ", " + at);
        }
    }

    private Optional<String> expected(EnvironmentName name, Instant at) {
        return pointed(name, at)
                .flatMap(target -> saves.stream()
                        .filter(saved -> saved.commit().equals(target.commit()))
                        .flatMap(saved -> edition(saved, at).stream())
                        .map(edition -> line(target.version(), target.commit(), edition))
                        .findFirst());
    }

    private Optional<String> expectedLatest(int highest, Instant at) {
        return Stream.iterate(highest, number -> number > 0, number -> number - 1)
                .flatMap(number -> expected(number, at).stream())
                .findFirst();
    }

    private Optional<String> expected(int number, Instant at) {
        return saves.stream()
                .filter(saved -> saved.number() == number && !saved.second().isAfter(at))
                .reduce((one, next) -> next)
                .flatMap(saved -> edition(saved, at).map(edition -> line(number, saved.commit(), edition)));
    }

    private Optional<Version.Edition> edition(Saved saved, Instant at) {
        return said.stream()
                .filter(said ->
                        said.commit().equals(saved.commit()) && !said.at().isAfter(at))
                .reduce((one, next) -> next)
                .map(Said::edition)
                .orElse(Optional.of(saved.edition()));
    }

    private static String line(int number, CommitId commit, Version.Edition edition) {
        return number + " " + commit + " " + edition;
    }

    private Optional<String> found(VersionRef ref, Instant at) {
        try {
            Version version = house.prompts.version(ALICE, id, ref, at);
            return Optional.of(line(version.number(), version.commit(), version.edition()));
        } catch (PromptException e) {
            assertEquals(Problem.VersionNotFound.class, e.problem().getClass());
            return Optional.empty();
        }
    }

    private void withANewIndex() throws IOException {
        house.close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(root.resolve("catalog.db" + suffix));
        }
        house = new House(root, now());
    }
}
