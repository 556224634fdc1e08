package dev.versicle.git;

import static dev.versicle.git.Followed.PRODUCTION;
import static dev.versicle.git.Followed.STAGING;
import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Transfers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the repositories of environments when prompts move, come, go and are renamed; real git looks. */
@BesideOthers
class EnvironmentRepositoriesTest {
    private static final Caller ADMIN =
            new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));
    private static final EnvironmentPlace PLACE = new EnvironmentPlace(Namespace.DEFAULT, PRODUCTION);

    @TempDir
    private Path root;

    private Followed place;
    private PromptId greeting;
    private PromptId farewell;

    @BeforeEach
    void twoPrompts() {
        place = Followed.open(root);
        greeting = place.prompt("team/greeting", "Hello", "Hello!", "Hi!");
        farewell = place.prompt("farewell", "Bye", "Bye!");
    }

    @AfterEach
    void everythingIsSound() {
        place.requireSound();
        place.close();
    }

    private String versions(String... lines) {
        return "{\n  \"environment\": \"production\",\n  \"namespace\": \"default\",\n  \"prompts\": {"
                + Stream.of(lines)
                        .map("\n    "::concat)
                        .reduce((one, other) -> one + "," + other)
                        .map(text -> text + "\n  ")
                        .orElse("")
                + "}\n}";
    }

    private String line(String name, String path, PromptId id, int version, String by) {
        String commit = place.house.git(id).run("rev-parse", "main~" + (newest(id) - version));
        return "\"%s\": {\"id\": \"%s\", \"path\": \"%s\", \"version\": %d, \"commit\": \"%s\", "
                        .formatted(name, id, path, version, commit)
                + "\"moved_at\": \"2026-04-22T10:14:00.123Z\", \"moved_by\": \"%s\"}".formatted(by);
    }

    private int newest(PromptId id) {
        return Integer.parseInt(place.house.git(id).run("rev-list", "--count", "main"));
    }

    @Test
    void theFirstMoveMakesTheRepositoryAndEachIsACommitOfWhoMadeIt() {
        place.move(greeting, PRODUCTION, 1);
        place.move(ALICE, farewell, PRODUCTION, 2, Optional.of("Polite at last\n\nThey asked for it."));
        place.follow();

        String first = place.house.git(greeting).run("rev-parse", "main~2");
        assertEquals(
                "alice <alice> 2026-04-22T10:14:00+00:00\nproduction: team/greeting → 1\n\nPrompt: team/greeting\n"
                        + "Version: 1\nCommit: " + first,
                place.git(PRODUCTION)
                        .run("log", "--format=%an <%ae> %aI%n%B", "main~")
                        .replaceFirst("\nEvent: .*-\\d+\n*$", ""));
        assertEquals(
                "Polite at last\n\nThey asked for it.",
                place.git(PRODUCTION).run("log", "-1", "--format=%B", "main").replaceFirst("(?s)\n\nPrompt: .*", ""));
        assertEquals(
                Map.of(
                        "+team/greeting/prompt.md",
                        "Hello",
                        "farewell/prompt.md",
                        "Bye!",
                        "versions.json",
                        versions(
                                line("farewell", "farewell", farewell, 2, "alice"),
                                line("team/greeting", "+team/greeting", greeting, 1, "alice"))),
                place.files(PRODUCTION));
        assertEquals("refs/heads/main", place.git(PRODUCTION).run("symbolic-ref", "HEAD"));
    }

    @Test
    void movesRollbacksAndDropsAreCommitsInOrder() {
        for (int version : List.of(1, 3, 2, 1)) {
            place.move(greeting, PRODUCTION, version);
        }
        place.drop(greeting, PRODUCTION);
        place.move(greeting, STAGING, 2);
        place.follow();

        assertEquals(
                List.of(
                        "production: team/greeting 1 dropped",
                        "production: team/greeting 2 → 1",
                        "production: team/greeting 3 → 2",
                        "production: team/greeting 1 → 3",
                        "production: team/greeting → 1"),
                place.log(PRODUCTION));
        assertEquals(
                List.of("Hello", "Hello!", "Hi!", "Hello"),
                Stream.of("main~", "main~2", "main~3", "main~4")
                        .map(at -> place.git(PRODUCTION).run("show", at + ":+team/greeting/prompt.md"))
                        .toList());
        assertEquals(Map.of("versions.json", versions()), place.files(PRODUCTION));
        assertEquals(List.of("staging: team/greeting → 2"), place.log(STAGING));
    }

    @Test
    void anEventThatIsFollowedAgainChangesNothing() {
        place.move(greeting, PRODUCTION, 1);
        place.move(greeting, PRODUCTION, 2);
        place.move(farewell, PRODUCTION, 1);
        place.follow();
        String before = place.git(PRODUCTION).run("rev-parse", "main");

        place.environments.follow(place.house.catalog.events().after(0, 1000));

        assertEquals(before, place.git(PRODUCTION).run("rev-parse", "main"));
    }

    @Test
    void aRenameMovesTheDirectoryWhereverThePromptIs() {
        place.move(greeting, PRODUCTION, 2);
        place.move(greeting, STAGING, 3);
        place.move(farewell, PRODUCTION, 1);
        place.rename(greeting, "welcome");
        place.follow();

        assertEquals(
                "production: team/greeting is welcome now",
                place.log(PRODUCTION).getFirst());
        assertEquals(Map.of("welcome/prompt.md", "Hello!", "farewell/prompt.md", "Bye"), place.prompts(PRODUCTION));
        assertEquals(Map.of("welcome/prompt.md", "Hi!"), place.prompts(STAGING));
        assertEquals(2, place.log(STAGING).size());
    }

    @Test
    void aPromptThatLeavesForAnotherNamespaceEntersItsRepositories() {
        place.move(greeting, PRODUCTION, 2);
        place.move(greeting, STAGING, 3);
        place.send(greeting, "elsewhere");
        place.follow();

        assertEquals(Map.of(), place.prompts(PRODUCTION));
        assertEquals(
                List.of("production: team/greeting left for namespace elsewhere", "production: team/greeting → 2"),
                place.log(PRODUCTION));
        assertEquals("Hello!", place.files("elsewhere", PRODUCTION).get("+team/greeting/prompt.md"));
        assertEquals("Hi!", place.files("elsewhere", STAGING).get("+team/greeting/prompt.md"));
        assertEquals(
                List.of("production: team/greeting came from namespace default with 2"),
                place.git("elsewhere", PRODUCTION).lines("log", "--format=%s", "main"));
    }

    @Test
    void whatHappenedBehindARenameIsToldInItsOrder() {
        place.move(greeting, PRODUCTION, 2);
        place.move(greeting, STAGING, 2);
        place.send(greeting, "elsewhere");
        place.drop(greeting, STAGING);
        place.move(greeting, PRODUCTION, 3);
        place.follow();

        assertEquals(Map.of(), place.prompts(PRODUCTION));
        assertEquals(Map.of(), place.prompts(STAGING));
        assertEquals("Hi!", place.files("elsewhere", PRODUCTION).get("+team/greeting/prompt.md"));
        assertEquals(
                List.of(
                        "staging: team/greeting 2 dropped",
                        "staging: team/greeting came from namespace default with 2"),
                place.git("elsewhere", STAGING).lines("log", "--format=%s", "main"));
    }

    @Test
    void aDeletedPromptGoesAndComesBackFromTheTrash() {
        place.move(greeting, PRODUCTION, 2);
        place.move(farewell, PRODUCTION, 1);
        place.delete(greeting);
        place.follow();
        Map<String, String> without = place.prompts(PRODUCTION);
        place.restore(greeting);
        place.move(greeting, PRODUCTION, 1);
        place.follow();

        assertEquals(Map.of("farewell/prompt.md", "Bye"), without);
        assertEquals(
                List.of(
                        "production: team/greeting 2 → 1",
                        "production: team/greeting came with 2",
                        "production: team/greeting deleted"),
                place.log(PRODUCTION).subList(0, 3));
        assertEquals("Hello", place.prompts(PRODUCTION).get("+team/greeting/prompt.md"));
    }

    /** Its files are read from the trash, and from there again when it is back. */
    @Test
    void aPromptThatWentBeforeItsMoveWasFollowedIsShownAllTheSame() {
        place.move(greeting, PRODUCTION, 2);
        place.delete(greeting);
        place.follow();

        assertEquals(
                List.of("production: team/greeting deleted", "production: team/greeting → 2"), place.log(PRODUCTION));
        assertEquals("Hello!", place.git(PRODUCTION).run("show", "main~:+team/greeting/prompt.md"));
    }

    @Test
    void aPromptThatIsImportedBringsItsEnvironments(@TempDir Path other) throws IOException {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        PromptId id;
        try (Followed from = Followed.of(new House(other.resolve("data"), Instant.parse("2026-01-01T00:00:00Z")))) {
            id = from.prompt("imported", "from afar", "from farther");
            from.move(id, PRODUCTION, 1);
            try (PromptRepository prompt = from.house.store.open(id)) {
                prompt.bundle(bundle);
            }
        }
        Transfers transfers =
                new Transfers(place.house.store, place.house.catalog, place.house.system, place.house.now::get);
        transfers.read(ADMIN, id, Bundled.content(bundle.toByteArray()));
        place.adopt(id);
        place.follow();

        assertEquals(List.of("production: imported came with 1"), place.log(PRODUCTION));
        assertEquals(Map.of("imported/prompt.md", "from afar"), place.prompts(PRODUCTION));
    }

    /** Whatever is remembered of the newest commit. */
    @Test
    void aMoveFollowsOnWhatAnotherHandPutThere() {
        place.move(greeting, PRODUCTION, 2);
        place.move(farewell, PRODUCTION, 1);
        place.follow();
        place.git(PRODUCTION).run("update-ref", "refs/heads/main", "main~");
        place.move(greeting, PRODUCTION, 3);
        place.follow();

        assertEquals(Map.of("+team/greeting/prompt.md", "Hi!"), place.prompts(PRODUCTION));
        assertEquals(
                List.of("production: team/greeting 2 → 3", "production: team/greeting → 2"), place.log(PRODUCTION));
    }

    /** What is not there cannot be read. */
    @Test
    void aMoveReadsNothingOfWhatWasWrittenLast() throws IOException {
        place.move(farewell, PRODUCTION, 1);
        place.move(greeting, PRODUCTION, 2);
        place.follow();
        Path objects = place.directory("default", PRODUCTION).resolve("objects");
        List<Path> taken = new ArrayList<>();
        for (String object : List.of("main^{tree}", "main:versions.json")) {
            String id = place.git(PRODUCTION).run("rev-parse", object);
            taken.add(objects.resolve(id.substring(0, 2) + "/" + id.substring(2)));
        }
        for (Path object : taken) {
            Files.move(object, aside(object));
        }
        place.move(greeting, PRODUCTION, 3);
        place.follow();
        for (Path object : taken) {
            Files.move(aside(object), object);
        }

        assertEquals(Map.of("farewell/prompt.md", "Bye", "+team/greeting/prompt.md", "Hi!"), place.prompts(PRODUCTION));
        assertEquals("production: team/greeting 2 → 3", place.log(PRODUCTION).getFirst());
    }

    private Path aside(Path object) {
        return root.resolve(object.getFileName());
    }

    @Test
    void aPackageComesWithAllOfItsFiles() {
        Map<String, PromptFile> files = Map.of(
                "prompt.md", file("body", false),
                "examples/one.md", file("one", false),
                "examples/deep/run", file("two", true));
        place.house.save(greeting, Draft.checkpoint(new Draft.Content.Files(PromptFiles.of(files))));
        place.move(greeting, PRODUCTION, 1);
        place.move(greeting, PRODUCTION, 4);
        place.follow();

        assertEquals(
                place.house.git(greeting).run("rev-parse", "main^{tree}"),
                place.git(PRODUCTION).run("rev-parse", "main:+team/greeting"));
        assertEquals("two", place.prompts(PRODUCTION).get("+team/greeting/examples/deep/run"));
    }

    private static PromptFile file(String text, boolean executable) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), executable);
    }

    private void lose() throws IOException {
        place.house.repositories.close();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root.resolve("environments"))) {
            walk.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    @Test
    void aLostRepositoryIsMadeAnewAsOneCommitWithTheSameTree() throws IOException {
        place.move(greeting, PRODUCTION, 1);
        place.move(greeting, PRODUCTION, 2);
        place.move(farewell, PRODUCTION, 1);
        place.follow();
        String tree = place.git(PRODUCTION).run("rev-parse", "main^{tree}");
        lose();

        assertTrue(place.environments.has(PLACE));

        assertEquals(List.of("Begin anew with 2 prompts"), place.log(PRODUCTION));
        assertEquals(tree, place.git(PRODUCTION).run("rev-parse", "main^{tree}"));
    }

    @Test
    void aMoveBehindTheLossIsACommitOnTheFreshOne() throws IOException {
        place.move(greeting, PRODUCTION, 1);
        place.move(farewell, PRODUCTION, 1);
        place.follow();
        lose();
        place.move(greeting, PRODUCTION, 2);
        place.move(greeting, PRODUCTION, 3);
        place.follow();

        assertEquals(
                List.of(
                        "production: team/greeting 2 → 3",
                        "production: team/greeting 1 → 2",
                        "Begin anew with 2 prompts"),
                place.log(PRODUCTION));
        assertEquals("Hello", place.git(PRODUCTION).run("show", "main~2:+team/greeting/prompt.md"));
    }

    @Test
    void withoutItsCatalogARepositoryGoesOnAsItIs() {
        place.move(greeting, PRODUCTION, 1);
        place.move(farewell, PRODUCTION, 1);
        place.follow();
        String before = place.git(PRODUCTION).run("rev-parse", "main");
        place = place.withoutCatalog();

        assertTrue(place.environments.has(PLACE));
        place.follow();
        assertEquals(before, place.git(PRODUCTION).run("rev-parse", "main"));

        place.move(greeting, PRODUCTION, 2);
        place.follow();
        assertEquals("production: team/greeting 1 → 2", place.log(PRODUCTION).getFirst());
        assertEquals(before, place.git(PRODUCTION).run("rev-parse", "main~"));
    }

    @Test
    void whatGotLostWithTheCatalogIsOneCommitMore() {
        place.move(greeting, PRODUCTION, 1);
        place.move(farewell, PRODUCTION, 1);
        place.follow();
        place.move(greeting, PRODUCTION, 3);
        place.drop(farewell, PRODUCTION);
        place = place.withoutCatalog();
        PromptId other = place.prompt("other", "text");
        place.move(other, PRODUCTION, 1);
        place.follow();

        assertEquals(
                List.of("production: other → 1", "Catch up with 2 prompts"),
                place.log(PRODUCTION).subList(0, 2));
        assertEquals(Map.of("+team/greeting/prompt.md", "Hi!", "other/prompt.md", "text"), place.prompts(PRODUCTION));
        assertEquals(4, place.log(PRODUCTION).size());
    }

    @Test
    void anEnvironmentThatNobodyHasHasNoRepository() {
        place.follow();

        assertFalse(place.environments.has(PLACE));
        assertFalse(place.has("default", PRODUCTION));
    }

    @Test
    void whoAsksSeesWhatWasAcknowledgedBefore() throws Exception {
        place.move(greeting, PRODUCTION, 1);
        FutureTask<Boolean> asked = new FutureTask<>(() -> place.environments.has(PLACE));
        Thread asks = Thread.ofPlatform().start(asked);
        while (asks.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertFalse(place.has("default", PRODUCTION));

        place.follow();

        assertTrue(asked.get());
    }

    @Test
    void aMoveThatIsNotFollowedYetIsNotTakenForALoss() {
        place.move(greeting, PRODUCTION, 1);

        assertFalse(place.environments.has(PLACE));
    }
}
