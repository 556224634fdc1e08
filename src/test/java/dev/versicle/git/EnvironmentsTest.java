package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Crowd;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.VersionRef;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments point, move, and are remembered; real git looks at their branches. */
class EnvironmentsTest {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final String TRUTH = "refs/meta/environments";

    @TempDir
    private Path root;

    private House house;
    private EnvironmentDesk desk;
    private PromptId id;

    @BeforeEach
    void threeVersions() {
        open(new House(root));
        id = house.create("greeting", "one");
        house.save(id, "two");
        house.save(id, "three");
    }

    private void open(House opened) {
        house = opened;
        desk = new EnvironmentDesk(house.prompts);
    }

    private void reopen() {
        Instant now = house.now.get();
        house.close();
        open(new House(root, now));
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private static EnvironmentDesk.Wish to(int number) {
        return new EnvironmentDesk.Wish(new VersionRef.Numbered(number), Optional.empty());
    }

    private static EnvironmentDesk.Wish to(int number, String message) {
        return new EnvironmentDesk.Wish(new VersionRef.Numbered(number), Optional.of(message));
    }

    private static Expected seen(String stamp) {
        return new Expected(List.of(new Expected.Stamp(stamp.substring(0, 40), Optional.of(stamp.substring(41, 49)))));
    }

    private static Expected seen(Environment environment) {
        return seen(environment.stamp());
    }

    private Environment make(EnvironmentName name, int number) {
        return desk.move(ALICE, id, name, to(number), Expected.NOTHING).environment();
    }

    private Environment move(Environment from, EnvironmentDesk.Wish wish) {
        return desk.move(ALICE, id, from.name(), wish, seen(from)).environment();
    }

    private static Problem problem(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    private String commit(int number) {
        return house.prompts
                .version(ALICE, id, new VersionRef.Numbered(number))
                .commit()
                .hex();
    }

    private List<String> branches() {
        return house.git(id).lines("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/env");
    }

    private String text(String rev) {
        return house.prompts.version(ALICE, id, new VersionRef.Written(rev)).text();
    }

    @Test
    void aMoveIsACommitWithItsReasonAndTheBranchFollows() {
        Environment first = make(PRODUCTION, 1);
        house.tick(60);
        Environment second = move(first, to(3, "The new tone\n\nis liked."));

        assertEquals(List.of("env/production " + commit(3)), branches());
        assertEquals(
                List.of("production moved from version 1 to version 3", "production moved to version 1"),
                house.git(id).lines("log", "--format=%s", TRUTH));
        assertEquals(
                "Alice Adams <alice@example.org>|The new tone\n\nis liked.\n",
                house.git(id).run("log", "-1", "--format=%an <%ae>|%b", TRUTH));
        assertEquals(
                String.join(
                        "\n",
                        "{",
                        "  \"commit\": \"" + commit(3) + "\",",
                        "  \"message\": \"The new tone\\n\\nis liked.\",",
                        "  \"moved_at\": \"2026-04-22T10:15:00.123Z\",",
                        "  \"moved_by\": \"alice\",",
                        "  \"version\": 3",
                        "}",
                        ""),
                house.git(id).run("show", TRUTH + ":production.json") + "\n");
        assertEquals(second, desk.environment(ALICE, id, PRODUCTION));
        assertEquals(new Environment.Target(3, new CommitId(commit(3))), second.target());
        assertEquals(Optional.of("The new tone\n\nis liked."), second.moved().message());
    }

    @Test
    void oneThatIsThereMovesOnlyForWhoSaysWhatTheySaw() {
        Environment first = make(PRODUCTION, 1);

        assertEquals(new Problem.PreconditionRequired(), problem(() -> make(PRODUCTION, 2)));
        Environment second = move(first, to(2));
        assertEquals(new Problem.Stale(Optional.of(second.target().commit())), problem(() -> move(first, to(3))));
        assertEquals(
                new Problem.Stale(Optional.empty()), problem(() -> desk.move(ALICE, id, STAGING, to(1), seen(first))));

        assertEquals(2, desk.environment(ALICE, id, PRODUCTION).target().version());
        assertEquals(1, desk.environments(ALICE, id).size());
    }

    @Test
    void aMoveAwayAndBackIsNoticedThoughTheClockStandsStill() {
        Environment first = make(PRODUCTION, 1);
        Environment again = move(move(first, to(2)), to(1));

        assertEquals(first.target(), again.target());
        assertNotEquals(first.stamp(), again.stamp());
        assertInstanceOf(Problem.Stale.class, problem(() -> move(first, to(3))));
        Expected commitAlone = new Expected(List.of(new Expected.Stamp(commit(1), Optional.empty())));
        assertEquals(
                3,
                desk.move(ALICE, id, PRODUCTION, to(3), commitAlone)
                        .environment()
                        .target()
                        .version());
    }

    @Test
    void aMoveToWhereItIsAlreadyWritesNothing() {
        Environment first = make(PRODUCTION, 1);
        house.tick(60);

        Environment.Placed again = desk.move(ALICE, id, PRODUCTION, to(1, "once more"), seen(first));

        assertEquals(new Environment.Placed(first, false), again);
        assertEquals(1, house.git(id).lines("rev-list", TRUTH).size());
    }

    @Test
    void whatWasDroppedIsGoneAndItsHistoryStays() {
        Environment first = make(PRODUCTION, 1);
        house.tick(1);
        assertInstanceOf(
                Problem.Stale.class,
                problem(() -> desk.drop(ALICE, id, PRODUCTION, seen("0".repeat(40) + "-00000000"))));
        desk.drop(ALICE, id, PRODUCTION, seen(first));
        house.tick(1);
        make(PRODUCTION, 3);
        desk.drop(ALICE, id, PRODUCTION, Expected.NOTHING);

        assertEquals(List.of(), branches());
        assertEquals(List.of(), desk.environments(ALICE, id));
        assertEquals(
                new Problem.EnvironmentNotFound(PRODUCTION), problem(() -> desk.environment(ALICE, id, PRODUCTION)));
        assertEquals(
                new Problem.EnvironmentNotFound(PRODUCTION),
                problem(() -> desk.drop(ALICE, id, PRODUCTION, Expected.NOTHING)));
        assertEquals(
                List.of(
                        "3 > - 2026-04-22T10:14:02.124Z",
                        "- > 3 2026-04-22T10:14:02.123Z",
                        "1 > - 2026-04-22T10:14:01.123Z",
                        "- > 1 2026-04-22T10:14:00.123Z"),
                history(PRODUCTION));
    }

    private List<String> history(EnvironmentName name) {
        return desk.history(ALICE, id, name, Optional.empty(), 100).items().stream()
                .map(EnvironmentsTest::line)
                .toList();
    }

    private static String line(Environment.Move move) {
        assertEquals("alice", move.moved().by());
        return number(move.from()) + " > " + number(move.to()) + " "
                + Moments.write(move.moved().at());
    }

    private static String number(Optional<Environment.Target> target) {
        return target.map(found -> Integer.toString(found.version())).orElse("-");
    }

    @Test
    void theHistoryOfOneIsReadPartByPartAmongTheMovesOfOthers() {
        Environment production = make(PRODUCTION, 1);
        Environment staging = make(STAGING, 1);
        for (int i = 0; i < 6; i++) {
            house.tick(1);
            production = move(production, to(1 + (i + 1) % 3));
            staging = move(staging, to(1 + (i + 1) % 3));
        }
        List<String> parts = new ArrayList<>();
        Optional<CommitId> cursor = Optional.empty();
        do {
            Environment.Moves part = desk.history(ALICE, id, PRODUCTION, cursor, 3);
            assertTrue(part.items().size() <= 3);
            part.items().forEach(move -> parts.add(line(move)));
            cursor = part.next();
        } while (cursor.isPresent());

        assertEquals(history(PRODUCTION), parts);
        assertEquals(7, parts.size());
        CommitId version = new CommitId(commit(1));
        assertEquals(
                new Problem.Invalid("cursor", "must be one that this server gave"),
                problem(() -> desk.history(ALICE, id, PRODUCTION, Optional.of(version), 3)));
    }

    @Test
    void aNameStandsForItsEnvironmentBeforeADisplayVersion() {
        Metadata beta = new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion("beta")), Optional.empty(), Optional.empty());
        house.save(id, draft("four", new Draft.Slot.Next(), beta));
        assertEquals("four", text("beta"));

        Environment environment = make(new EnvironmentName("beta"), 2);
        assertEquals("two", text("beta"));
        assertEquals(
                "two",
                house.prompts
                        .version(ALICE, id, new VersionRef.Environment(environment.name()))
                        .text());
        move(environment, to(3));
        assertEquals("three", text("beta"));

        desk.drop(ALICE, id, environment.name(), Expected.NOTHING);
        assertEquals("four", text("beta"));
    }

    @Test
    void itPointsToTheCommitThatWasChosenAlsoWhereTheNumberCameToStandForAnother() {
        Environment production = make(PRODUCTION, 2);
        house.save(id, draft("two, overwritten", new Draft.Slot.InPlace(2), Metadata.NONE));

        assertEquals("two", text("production"));
        assertEquals("two, overwritten", text("2"));
        Environment moved = move(production, to(2));
        assertEquals("two, overwritten", text("production"));
        assertNotEquals(production.target(), moved.target());
    }

    @Test
    void onlyWhatIsLiveIsPointedTo() {
        String old = commit(2);
        house.save(id, draft("two, overwritten", new Draft.Slot.InPlace(2), Metadata.NONE));
        house.prompts.deleteVersion(ALICE, id, 1);
        for (VersionRef ref :
                List.of(new VersionRef.Numbered(1), new VersionRef.Written("9"), new VersionRef.Written(old))) {
            EnvironmentDesk.Wish wish = new EnvironmentDesk.Wish(ref, Optional.empty());
            assertInstanceOf(
                    Problem.VersionNotFound.class,
                    problem(() -> desk.move(ALICE, id, PRODUCTION, wish, Expected.NOTHING)));
        }
        assertEquals(List.of(), house.git(id).lines("for-each-ref", "refs/meta/environments"));
    }

    @Test
    void aVersionThatIsPointedToIsNotDeleted() {
        make(PRODUCTION, 2);
        assertEquals(
                new Problem.Pinned(2, "in environment production"),
                problem(() -> house.prompts.deleteVersion(ALICE, id, 2)));

        desk.drop(ALICE, id, PRODUCTION, Expected.NOTHING);
        house.prompts.deleteVersion(ALICE, id, 2);
        assertInstanceOf(Problem.VersionNotFound.class, problem(() -> text("2")));
    }

    @Test
    void aProtectedOneMovesOnlyForWhoMayPromote() {
        Caller dave = new Caller("dave", Optional.empty(), Optional.empty(), BOB.namespace(), Set.of());
        try (PromptRepository prompt = house.store.open(id)) {
            prompt.change(
                    settings -> settings.granting(Map.of("bob", Right.UPDATE, "dave", Right.PROMOTE))
                            .guarding(new TreeSet<>(Set.of(PRODUCTION))),
                    Optional.empty(),
                    ALICE);
        }
        assertEquals(
                new Problem.Denied(id, Right.PROMOTE),
                problem(() -> desk.move(BOB, id, PRODUCTION, to(1), Expected.NOTHING)));
        Environment made =
                desk.move(dave, id, PRODUCTION, to(1), Expected.NOTHING).environment();
        assertTrue(made.guarded());
        assertEquals(new Problem.Denied(id, Right.PROMOTE), problem(() -> desk.drop(BOB, id, PRODUCTION, seen(made))));
        assertEquals(2, move(made, to(2)).target().version());

        Environment staging =
                desk.move(BOB, id, STAGING, to(1), Expected.NOTHING).environment();
        assertEquals("bob", staging.moved().by());
        assertTrue(house.git(id).run("show", "refs/meta/prompt:prompt.json").contains("\"production\""));
    }

    @Test
    void thereAreSoManyAndNoMore() {
        IntStream.range(0, Environment.PER_PROMPT_MAX).forEach(i -> make(new EnvironmentName("e" + i), 1));
        assertEquals(
                new Problem.Invalid("environment", "must be one of at most 50 of a prompt"),
                problem(() -> make(PRODUCTION, 1)));
        assertEquals(Environment.PER_PROMPT_MAX, branches().size());
        String long1001 = "m".repeat(Environment.MESSAGE_CHARACTERS_MAX + 1);
        assertEquals(
                new Problem.Invalid("message", "must be at most 1000 characters"),
                problem(() -> desk.move(
                        ALICE,
                        id,
                        new EnvironmentName("e0"),
                        to(2, long1001),
                        seen(desk.environments(ALICE, id).getFirst()))));
    }

    @Test
    void whatAnotherHandDidToTheBranchesIsMendedOnOpening() {
        make(PRODUCTION, 2);
        make(STAGING, 1);
        List<String> right = branches();
        house.git(id).run("update-ref", "refs/heads/env/production", commit(1));
        house.git(id).run("update-ref", "-d", "refs/heads/env/staging");
        house.git(id).run("update-ref", "refs/heads/env/staging/below", commit(1));
        house.git(id).run("update-ref", "refs/heads/env/other", commit(1));

        reopen();

        assertEquals("two", text("production"));
        assertEquals(right, branches());
    }

    @Test
    void aTruthThatAnotherHandMovedIsReadAtOnceAndTheBranchesFollowOnOpening() {
        Environment production = make(PRODUCTION, 2);
        String before = house.git(id).run("rev-parse", TRUTH);
        move(production, to(3));
        house.git(id).run("update-ref", TRUTH, before);

        assertEquals("two", text("production"));
        reopen();
        assertEquals("two", text("production"));

        assertEquals(List.of("env/production " + commit(2)), branches());
    }

    @Test
    void aBranchOfTheReservedNameIsNotRemovedAndTheEnvironmentIsThereAllTheSame() {
        house.git(id).run("update-ref", "refs/heads/env", commit(1));

        make(PRODUCTION, 2);

        assertEquals("two", text("production"));
        assertEquals(
                List.of("refs/heads/env"),
                house.git(id).lines("for-each-ref", "--format=%(refname)", "refs/heads/env"));
        house.git(id).run("update-ref", "-d", "refs/heads/env");
        reopen();
        assertEquals("two", text("production"));
        assertEquals(List.of("env/production " + commit(2)), branches());
    }

    @Test
    void aNameIsTakenBackWhereItIsADirectoryOfRefs() throws Exception {
        Path directory = house.repository(id).resolve("refs/heads/env/production/left");
        Files.createDirectories(directory);

        make(PRODUCTION, 2);

        assertEquals(List.of("env/production " + commit(2)), branches());
    }

    @Test
    void readingByEnvironmentAsksTheIndexNoMoreThanReadingByCommit() {
        make(PRODUCTION, 2);
        String commit = commit(2);
        house.close();
        AtomicInteger asked = new AtomicInteger();
        open(new House(root, house.now.get(), counting(asked)));

        text("production");
        int before = asked.get();
        text("production");
        int byEnvironment = asked.get() - before;
        before = asked.get();
        house.prompts.version(ALICE, id, VersionRef.Id.parse(commit));

        assertEquals(asked.get() - before, byEnvironment);
    }

    /** An index that counts what it is asked. */
    private static House.Between counting(AtomicInteger asked) {
        return new House.Between() {
            @Override
            public PromptIndex index(PromptIndex real) {
                return (PromptIndex) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {PromptIndex.class}, (proxy, method, arguments) -> {
                            asked.incrementAndGet();
                            return method.invoke(real, arguments);
                        });
            }
        };
    }

    @Test
    void whoeverMovesAtTheSameTimeOneAloneIsTheFirst() {
        Environment production = make(PRODUCTION, 1);
        List<String> outcomes = Crowd.of(20, member -> outcome(production, 2 + member % 2)).stream()
                .sorted()
                .toList();

        assertEquals(
                Stream.concat(Stream.of("Moved"), Stream.generate(() -> "Stale").limit(19))
                        .toList(),
                outcomes);
        assertEquals(2, history(PRODUCTION).size());
    }

    private String outcome(Environment from, int number) {
        try {
            move(from, to(number));
            return "Moved";
        } catch (PromptException e) {
            return e.problem().getClass().getSimpleName();
        }
    }
}
