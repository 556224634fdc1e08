package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.Crowd;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes against each other, against saves, and against another process. */
@BesideOthers
class PushRacesTest {
    private static final int PUSHERS = 16;
    private static final String MAIN = "refs/heads/main";

    @TempDir
    private Path root;

    private House house;
    private PromptId id;

    /** What happens before the next move of the ref, once. */
    private final AtomicReference<Optional<Before>> before = new AtomicReference<>(Optional.empty());

    private record Before(String step, Runnable act) {}

    private void at(String step) {
        Optional<Before> found = before.get().filter(wanted -> wanted.step().equals(step));
        if (found.isPresent()) {
            before.set(Optional.empty());
            found.get().act().run();
        }
    }

    private void before(String ref, Runnable act) {
        before.set(Optional.of(new Before("before move " + ref, act)));
    }

    @BeforeEach
    void open() {
        Watched watched = new Watched(this::at);
        house = new House(root.resolve("data"), Instant.now(), new House.Between() {
            @Override
            public Repositories repositories(Repositories real) {
                return watched.repositories(real);
            }

            @Override
            public PromptIndex index(PromptIndex real) {
                return real;
            }
        });
        id = house.create("raced", "one");
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private List<Pusher> pushers() {
        return IntStream.range(0, PUSHERS)
                .mapToObj(i -> Pusher.clone(house, id, root.resolve("clone-" + i)))
                .toList();
    }

    private List<Version> versions() {
        return house.prompts.versions(ALICE, id, new Page.Window(1, 100)).items();
    }

    private static List<Integer> downFrom(int highest) {
        return IntStream.rangeClosed(1, highest).mapToObj(i -> highest + 1 - i).toList();
    }

    @Test
    void ofManyPushesOfOneStateOneIsDoneAndTheOthersAreToldToFetchFirst() {
        List<Pusher> pushers = pushers();
        String old = pushers.getFirst().head();

        List<String> results = Crowd.of(PUSHERS, i -> {
            String tip = pushers.get(i).commit("text " + i, "text " + i);
            return pushers.get(i)
                    .send(ALICE, false, List.of(old + " " + tip + " " + MAIN))
                    .of(MAIN);
        });

        assertEquals(1, results.stream().filter("ok"::equals).count(), results::toString);
        assertEquals(
                PUSHERS - 1,
                results.stream().filter(said -> said.contains("fetch first")).count());
        assertEquals(List.of(2, 1), versions().stream().map(Version::number).toList());
        assertEquals("text " + results.indexOf("ok"), versions().getFirst().text());
        assertEquals(
                1, house.git(id).lines("log", "--format=%h", "refs/meta/pushes").size());
    }

    @Test
    void pushesAndSavesBetweenEachOtherLoseNothingAndTheNumbersAreDense() {
        List<Pusher> pushers = pushers().subList(0, 6);

        Crowd.of(12, i -> {
            if (i < pushers.size()) {
                pushUntilDone(pushers.get(i), "pushed " + i);
            } else {
                house.save(id, "saved " + i);
            }
            return i;
        });

        List<Version> versions = versions();
        assertEquals(downFrom(13), versions.stream().map(Version::number).toList());
        assertEquals(13, versions.stream().map(Version::text).distinct().count());
    }

    private static void pushUntilDone(Pusher pusher, String text) {
        pusher.commit(text, text);
        while (!pusher.push("main:" + MAIN).of(MAIN).equals("ok")) {
            pusher.git.run("pull", "-q", "--rebase", "-X", "theirs");
        }
    }

    @Test
    void ofManyWhoTagOneReleaseOneDoesAndTheIndexKnowsWhich() {
        IntStream.rangeClosed(2, PUSHERS).forEach(i -> house.save(id, "text " + i));
        List<Pusher> pushers = pushers();
        String nothing = "0".repeat(40);

        List<String> results = Crowd.of(PUSHERS, i -> {
            String commit = pushers.get(i).git.run("rev-parse", "main~" + i);
            return pushers.get(i)
                    .send(ALICE, false, List.of(nothing + " " + commit + " refs/tags/1.0.0"))
                    .of("refs/tags/1.0.0");
        });

        assertEquals(1, results.stream().filter("ok"::equals).count(), results::toString);
        assertEquals(
                PUSHERS - results.indexOf("ok"),
                house.prompts
                        .version(ALICE, id, new VersionRef.Release(SemVer.parse("1.0.0")))
                        .number());
        assertEquals(1, house.prompts.releases(ALICE, id, new Page.Part(0, 10)).total());
    }

    @Test
    void manyTagsAtOnceAreAllThere() {
        IntStream.rangeClosed(2, PUSHERS).forEach(i -> house.save(id, "text " + i));
        List<Pusher> pushers = pushers();

        List<String> results = Crowd.of(
                PUSHERS,
                i -> pushers.get(i).push("main~" + i + ":refs/tags/v" + i).of("refs/tags/v" + i));

        assertEquals(PUSHERS, results.stream().filter("ok"::equals).count(), results::toString);
        assertEquals(PUSHERS, house.git(id).lines("tag").size());
        assertTrue(versions().stream()
                .allMatch(version -> version.metadata().displayVersion().isPresent()));
    }

    @Test
    void aPushIsDecidedAnewWhereAnotherProcessMovedMain() {
        Pusher carol = Pusher.clone(house, id, root.resolve("carol"));
        carol.commit("mine", "mine");
        String theirs = house.git(id)
                .run("-c", "user.name=x", "-c", "user.email=x", "commit-tree", "main^{tree}", "-p", "main", "-m", "x");
        before(MAIN, () -> house.git(id).run("update-ref", MAIN, theirs));

        Pusher.Outcome outcome = carol.push("main:" + MAIN, "main~1:refs/heads/other");

        assertTrue(outcome.of(MAIN).contains("fetch first"), outcome::toString);
        assertEquals("ok", outcome.of("refs/heads/other"));
    }

    @Test
    void whatWasDoneBeforeALostRaceStaysDoneAndIsRecordedOnce() {
        Pusher carol = Pusher.clone(house, id, root.resolve("carol"));
        carol.commit("mine", "mine");
        before("refs/heads/other", () -> house.git(id).run("update-ref", "refs/heads/other", "main"));

        Pusher.Outcome outcome = carol.push("main:" + MAIN, "main~1:refs/heads/other");

        assertEquals("ok", outcome.of(MAIN));
        assertTrue(outcome.of("refs/heads/other").contains("fetch first"), outcome::toString);
        assertEquals(List.of("Version 2: https://prompts.example/2"), outcome.told());
        assertEquals(
                1, house.git(id).lines("log", "--format=%h", "refs/meta/pushes").size());
    }

    @Test
    void aPushThatCannotBeRecordedIsDoneAllTheSameAndThatIsSaid() {
        Pusher carol = Pusher.clone(house, id, root.resolve("carol"));
        carol.commit("mine", "mine");
        before("refs/meta/pushes", () -> {
            throw new UncheckedIOException(new IOException("as the test wants it"));
        });

        Pusher.Outcome outcome = carol.push("main:" + MAIN);

        assertEquals("ok", outcome.of(MAIN));
        assertEquals(
                List.of(
                        "This push is done, but who made it could not be recorded",
                        "Version 2: https://prompts.example/2"),
                outcome.told());
    }

    @Test
    void commitsOfAllDatesAreTakenForWhatTheyAre() {
        Pusher carol = Pusher.clone(house, id, root.resolve("carol"));
        String first = carol.head();
        carol.commitAt(Instant.parse("2001-01-01T00:00:00Z"), "old", "old");
        assertEquals("ok", carol.push("main:" + MAIN).of(MAIN));
        house.save(id, "three");
        carol.git.run("checkout", "-q", "-b", "side", first);
        carol.commit("side", "side");
        carol.git.run("fetch", "-q");
        carol.git.run("checkout", "-q", "main");
        carol.git.run("reset", "-q", "--hard", "origin/main");
        carol.git.run("merge", "-q", "--no-ff", "-X", "theirs", "-m", "Merge", "side");

        // By date the first version, which the server made, seems to be new: it is reached through one of 2001 alone.
        assertEquals("ok", carol.push("main:" + MAIN).of(MAIN));

        assertEquals(
                List.of(4, 3, 2, 1), versions().stream().map(Version::number).toList());
    }

    @Test
    void anOldCommitMakesNoPromptOlder() {
        house.save(id, "two");
        Instant before = house.prompts.prompt(ALICE, id).updatedAt();
        Pusher carol = Pusher.clone(house, id, root.resolve("carol"));
        carol.commitAt(Instant.parse("2001-01-01T00:00:00Z"), "old", "old");

        assertEquals("ok", carol.push("main:" + MAIN).of(MAIN));

        assertEquals(before, house.prompts.prompt(ALICE, id).updatedAt());
        assertEquals(
                versions().get(1).edition().updatedAt(),
                versions().get(0).edition().updatedAt());
    }
}
