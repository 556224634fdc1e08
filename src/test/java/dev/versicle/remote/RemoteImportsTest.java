package dev.versicle.remote;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.TlsServer;
import dev.versicle.archive.Spool;
import dev.versicle.egress.AddressRange;
import dev.versicle.egress.AddressRules;
import dev.versicle.egress.Egress;
import dev.versicle.egress.SystemNames;
import dev.versicle.git.House;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.ImportStep;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Remote;
import dev.versicle.prompt.RemoteImports;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that real git made and serves come in whole, under the ids that they have. */
class RemoteImportsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "ghp_0123456789abcdef";

    @TempDir
    private Path root;

    private House house;
    private TlsServer server;
    private RemoteImports imports;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        server = TlsServer.start(root);
        imports = imports(house, PATIENCE);
    }

    @AfterEach
    void close() {
        house.requireSound();
        server.close();
        house.close();
    }

    static RemoteImports imports(House house, Duration timeMax) {
        AddressRules local =
                new AddressRules(List.of(AddressRange.parse("127.0.0.1").orElseThrow()));
        Spool spool = new Spool(house.data.staging(), new Random(3));
        return new RemoteImports(
                house.prompts,
                new Transfers(house.store, house.catalog, house.system, house.now::get),
                new RemoteServers(new Egress(local, new SystemNames()), spool, house.now::get, timeMax),
                house.now::get,
                new Random(5));
    }

    static RemoteImports.Wanted wanted(Remote from) {
        return new RemoteImports.Wanted(
                from,
                new NewPrompt(new PromptName("mine"), Optional.of("Theirs."), Optional.empty()),
                Optional.empty());
    }

    private Remote remote(String repository) {
        return new Remote(server.url("/git/" + repository), Optional.empty(), Optional.empty());
    }

    private PromptId bring(Remote from, List<ImportStep> steps) {
        try (RemoteImports.Begun begun = imports.begin(ALICE, wanted(from))) {
            return begun.run(steps::add).id();
        }
    }

    private PromptId bring(Remote from) {
        return bring(from, new ArrayList<>());
    }

    private Problem refusal(Remote from) {
        return assertThrows(PromptException.class, () -> bring(from)).problem();
    }

    /** A repository that nobody made for us: two versions on {@code trunk}, a tag, a note, and what does not come. */
    private Git stranger() {
        Path work = root.resolve("work");
        new Git(root).run("init", "-q", "-b", "trunk", work.toString());
        Git git = new Git(work);
        commit(work, "One");
        git.run("tag", "0.9");
        commit(work, "Two");
        git.run("-c", "user.name=S", "-c", "user.email=s@example.org", "tag", "-a", "-m", "First", "1.0.0");
        git.run("-c", "user.name=S", "-c", "user.email=s@example.org", "notes", "add", "-m", "A note.");
        git.run("branch", "idea/short", "HEAD~1");
        git.run("branch", "main", "HEAD~1");
        git.run("branch", "draft", "HEAD~1");
        git.run("branch", "env/production", "HEAD~1");
        git.run("update-ref", "refs/pull/1/head", "HEAD~1");
        git.run("update-ref", "refs/versions/x", "HEAD~1");
        git.run(
                "clone",
                "-q",
                "--mirror",
                work.toString(),
                root.resolve("git/stranger.git").toString());
        return new Git(root.resolve("git/stranger.git"));
    }

    private static void commit(Path work, String text) {
        Git git = new Git(work);
        git.run("config", "user.name", "Stranger");
        git.run("config", "user.email", "stranger@example.org");
        try {
            Files.writeString(work.resolve("prompt.md"), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git.run("add", ".");
        git.run("commit", "-q", "-m", text);
    }

    private static List<String> refs(Git git, String... patterns) {
        List<String> command = new ArrayList<>(List.of("for-each-ref", "--format=%(objectname) %(refname)"));
        command.addAll(List.of(patterns));
        return git.lines(command.toArray(String[]::new));
    }

    /** Everything that an import could leave behind: whole prompts, half ones, names. */
    private List<String> left() {
        try (Stream<Path> fresh = Files.walk(root.resolve("data/new"));
                Stream<Path> whole = Files.walk(root.resolve("data/prompts"))) {
            List<String> left = new ArrayList<>(Stream.concat(fresh.skip(1), whole.skip(1))
                    .map(Path::toString)
                    .toList());
            house.catalog.find(Namespace.DEFAULT, new PromptName("mine")).ifPresent(id -> left.add("the name"));
            return left;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHistoryComesInWithTheIdsItHas() {
        Git theirs = stranger();
        server.serves(root.resolve("git"));

        PromptId id = bring(remote("stranger.git"));

        String head = theirs.run("rev-parse", "HEAD");
        assertEquals(
                List.of(
                        theirs.run("rev-parse", "idea/short") + " refs/heads/idea/short",
                        head + " refs/heads/main",
                        theirs.run("rev-parse", "refs/notes/commits") + " refs/notes/commits",
                        theirs.run("rev-parse", "0.9") + " refs/tags/0.9",
                        theirs.run("rev-parse", "1.0.0") + " refs/tags/1.0.0"),
                refs(house.git(id), "refs/heads", "refs/tags", "refs/notes", "refs/versions", "refs/pull"));
        Page<Version> versions = house.prompts.versions(ALICE, id, new Page.Window(1, 10));
        assertEquals(
                List.of(2, 1), versions.items().stream().map(Version::number).toList());
        assertEquals(head, versions.items().getFirst().commit().toString());
    }

    @Test
    void thePromptIsTheCallersAndSaysWhatTheCallerSaid() {
        stranger();
        server.serves(root.resolve("git"));

        Prompt prompt = house.prompts.prompt(ALICE, bring(remote("stranger.git")));

        assertEquals("alice", prompt.settings().access().owner());
        assertEquals("mine", prompt.settings().name().text());
        assertEquals(Optional.of("Theirs."), prompt.settings().description());
        assertEquals("Two\n", prompt.text());
    }

    @Test
    void theBranchThatIsNamedBecomesMain() {
        Git theirs = stranger();
        server.serves(root.resolve("git"));
        Remote from = new Remote(server.url("/git/stranger.git/"), Optional.empty(), Optional.of("idea/short"));

        PromptId id = bring(from);

        assertEquals(
                List.of(
                        theirs.run("rev-parse", "idea/short") + " refs/heads/main",
                        theirs.run("rev-parse", "trunk") + " refs/heads/trunk"),
                refs(house.git(id), "refs/heads"));
    }

    @Test
    void aBranchThatIsNotThereIsSaid() {
        stranger();
        server.serves(root.resolve("git"));
        Remote from = new Remote(server.url("/git/stranger.git"), Optional.empty(), Optional.of("nope"));

        assertEquals(new Problem.Invalid("branch", "must be a branch that the remote has"), refusal(from));
        assertEquals(List.of(), left());
    }

    @Test
    void aServerThatKnowsNoNewerProtocolWillDo() {
        Git theirs = stranger();
        server.servesAsOfOld(root.resolve("git"));

        PromptId id = bring(remote("stranger.git"));

        assertEquals(theirs.run("rev-parse", "trunk"), house.git(id).run("rev-parse", "main"));
        assertEquals(List.of("idea/short", "main"), house.git(id).lines("branch", "--format=%(refname:short)"));
    }

    @Test
    void itTellsOfEveryStep() {
        stranger();
        server.serves(root.resolve("git"));
        List<ImportStep> steps = new ArrayList<>();

        bring(remote("stranger.git"), steps);

        assertEquals(
                List.of("Connecting", "Counting", "Receiving", "Checking", "Saving"),
                steps.stream()
                        .map(step -> step.getClass().getSimpleName())
                        .distinct()
                        .toList());
        ImportStep.Receiving receiving = steps.stream()
                .filter(ImportStep.Receiving.class::isInstance)
                .map(ImportStep.Receiving.class::cast)
                .findFirst()
                .orElseThrow();
        // Two versions of a file in its tree, a tag, a note with its tree and its blob.
        assertEquals(10, receiving.objects());
        assertTrue(receiving.bytes() > 100, () -> receiving.bytes() + " bytes");
    }

    @Test
    void anotherVersiclesHistoryKeepsNumbersNotesSlotsAndReleases() {
        try (House other = new House(root.resolve("other"))) {
            PromptId theirs = Histories.everything(other);
            server.serves(other.repository(theirs).resolve(".."));

            PromptId id = bring(remote(theirs + ".git"));

            assertEquals(Histories.told(other, theirs), Histories.told(house, id));
            assertEquals(
                    refs(other.git(theirs), "refs/heads/main", "refs/tags", "refs/notes", "refs/versions"),
                    refs(house.git(id), "refs/heads", "refs/tags", "refs/notes", "refs/versions"));
        }
    }

    @Test
    void aTokenGoesToTheServerAndNowhereElse() throws IOException {
        stranger();
        String basic =
                Base64.getEncoder().encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.US_ASCII));
        server.serves(root.resolve("git"), "Basic " + basic);
        Remote.Login login = new Remote.Login(Remote.Login.ANY_USER, new Secret(TOKEN));

        PromptId id = bring(new Remote(server.url("/git/stranger.git"), Optional.of(login), Optional.empty()));

        assertEquals(2, house.prompts.prompt(ALICE, id).counts().live());
        assertFalse(login.toString().contains(TOKEN));
        try (Stream<Path> files = Files.walk(root.resolve("data"))) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile)
                            .filter(file ->
                                    text(file).contains(TOKEN) || text(file).contains(basic))
                            .toList());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutTheTokenItIsSaidThatOneIsAskedFor() {
        stranger();
        server.serves(root.resolve("git"), "Basic nobody");
        Remote.Login wrong = new Remote.Login("me", new Secret("wrong"));

        assertEquals(new Problem.RemoteFailed("asks for credentials"), refusal(remote("stranger.git")));
        assertEquals(
                new Problem.RemoteFailed("does not take these credentials"),
                refusal(new Remote(server.url("/git/stranger.git"), Optional.of(wrong), Optional.empty())));
        assertEquals(List.of(), left());
    }

    @Test
    void aTokenIsNotSentWithoutTls() {
        Remote.Login login = new Remote.Login("me", new Secret(TOKEN));

        assertEquals(
                new Problem.Invalid("token", "must not be there where the URL is not https"),
                refusal(new Remote("http://127.0.0.1:1/a.git", Optional.of(login), Optional.empty())));
    }

    @Test
    void anEmptyRepositoryIsNoHistory() {
        new Git(root).run("init", "-q", "--bare", root.resolve("git/empty.git").toString());
        server.serves(root.resolve("git"));

        assertEquals(new Problem.RemoteFailed("has no commit that its HEAD leads to"), refusal(remote("empty.git")));
        assertEquals(List.of(), left());
    }

    @Test
    void whatNoVersionMayHoldIsRefused() throws IOException {
        Git theirs = stranger();
        Files.createSymbolicLink(root.resolve("work/link"), Path.of("prompt.md"));
        Git work = new Git(root.resolve("work"));
        work.run("add", ".");
        work.run("commit", "-q", "-m", "link");
        theirs.run("fetch", "-q", root.resolve("work").toString(), "+trunk:trunk");
        server.serves(root.resolve("git"));

        assertEquals(
                new Problem.Invalid("history", "must have files of mode 100644 and 100755 only"),
                refusal(remote("stranger.git")));
        assertEquals(List.of(), left());
    }

    @Test
    void aCallerHasOneImportAtATime() {
        RemoteImports.Wanted wanted = wanted(remote("stranger.git"));
        RemoteImports.Begun first = imports.begin(ALICE, wanted);
        imports.begin(BOB, wanted);

        assertEquals(
                new Problem.Busy(10),
                assertThrows(PromptException.class, () -> imports.begin(ALICE, wanted))
                        .problem());
        first.close();
        imports.begin(ALICE, wanted);
    }

    @Test
    void theServerHasEightImportsAtATime() {
        RemoteImports.Wanted wanted = wanted(remote("stranger.git"));
        for (int i = 0; i < RemoteImports.IMPORTS_MAX; i++) {
            imports.begin(caller("caller" + i), wanted);
        }

        assertEquals(
                new Problem.Busy(10),
                assertThrows(PromptException.class, () -> imports.begin(ALICE, wanted))
                        .problem());
    }

    private static Caller caller(String subject, Role... roles) {
        return new Caller(subject, Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(roles));
    }

    @Test
    void whatCannotBeImportedIsRefusedBeforeAnythingIsAsked() {
        house.create("mine", "taken");
        RemoteImports.Wanted elsewhere = new RemoteImports.Wanted(
                remote("stranger.git"),
                new NewPrompt(new PromptName("other"), Optional.empty(), Optional.empty()),
                Optional.of(new Namespace("elsewhere")));

        List<Problem> problems = Stream.<Runnable>of(
                        () -> imports.begin(ALICE, wanted(remote("stranger.git"))),
                        () -> imports.begin(caller("reader", Role.READER), wanted(remote("stranger.git"))),
                        () -> imports.begin(ALICE, elsewhere))
                .map(begin -> assertThrows(PromptException.class, begin::run).problem())
                .toList();

        assertEquals(
                List.of(
                        new Problem.NameTaken(new PromptName("mine")),
                        new Problem.Forbidden("importing prompts"),
                        new Problem.Forbidden("importing prompts into namespace elsewhere")),
                problems);
        assertEquals(List.of(), server.asked());
    }

    @Test
    void anAdministratorMayNameAnotherNamespace() {
        stranger();
        server.serves(root.resolve("git"));
        RemoteImports.Wanted elsewhere = new RemoteImports.Wanted(
                remote("stranger.git"),
                new NewPrompt(new PromptName("other"), Optional.empty(), Optional.empty()),
                Optional.of(new Namespace("elsewhere")));

        try (RemoteImports.Begun begun = imports.begin(caller("root", Role.ADMIN), elsewhere)) {
            assertEquals(
                    "elsewhere", begun.run(step -> {}).settings().namespace().text());
        }
        assertTrue(house.system.knows(new Namespace("elsewhere")));
    }

    @Test
    void aNameThatIsTakenMeanwhileIsRefusedAtTheEnd() {
        stranger();
        server.serves(root.resolve("git"));
        try (RemoteImports.Begun begun = imports.begin(ALICE, wanted(remote("stranger.git")))) {
            PromptId taken = house.create("mine", "taken");

            Problem refused = assertThrows(PromptException.class, () -> begun.run(step -> {}))
                    .problem();

            assertEquals(new Problem.NameTaken(new PromptName("mine")), refused);
            assertEquals(Optional.of(taken), house.catalog.find(Namespace.DEFAULT, new PromptName("mine")));
            assertEquals(1, house.prompts.list(ALICE, new Page.Window(1, 10)).total());
        }
    }

    @Test
    void anImportThatNobodyWaitsForAnyMoreLeavesNothing() {
        stranger();
        server.serves(root.resolve("git"));
        for (Class<?> last : ImportStep.class.getPermittedSubclasses()) {
            try (RemoteImports.Begun begun = imports.begin(ALICE, wanted(remote("stranger.git")))) {
                assertThrows(IllegalStateException.class, () -> begun.run(step -> leaveAt(last, step)));
            }
            assertEquals(List.of(), left(), last::getSimpleName);
        }
    }

    private static void leaveAt(Class<?> last, ImportStep step) {
        if (last.isInstance(step)) {
            throw new IllegalStateException("left");
        }
    }
}
