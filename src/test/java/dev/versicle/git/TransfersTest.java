package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.Git;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Outcome;
import dev.versicle.prompt.Transfers.Selection;
import dev.versicle.prompt.VersionRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prompts go out as bundles and come in elsewhere, wholly or not at all; real git judges, and makes what is wrong. */
@BesideOthers
class TransfersTest {
    private static final Caller ADMIN =
            new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));
    private static final Caller CAROL =
            new Caller("carol", Optional.empty(), Optional.empty(), new Namespace("carols"), Set.of());

    private static final String ENVIRONMENTS = "refs/meta/environments";
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    @TempDir
    private Path root;

    private House from;
    private House to;

    @BeforeEach
    void open() {
        from = new House(root.resolve("from"));
        to = new House(root.resolve("to"));
    }

    @AfterEach
    void everythingIsSound() {
        from.requireSound();
        to.requireSound();
        from.close();
        to.close();
    }

    private static Transfers transfers(House house) {
        return new Transfers(house.store, house.catalog, house.system, house.now::get);
    }

    private byte[] bundle(PromptId id) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        transfers(from).write(ALICE, id, out);
        return out.toByteArray();
    }

    private Outcome bring(Caller caller, PromptId id, byte[] bundle) {
        return transfers(to).read(caller, id, Bundled.content(bundle));
    }

    private static Metadata displayed(String text) {
        return new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(text)), Optional.empty(), Optional.empty());
    }

    private static PromptSettings settings(House house, PromptId id) {
        return house.prompts.settings(ADMIN, id);
    }

    /** Versions, one of them deleted; a slot overwritten; notes, tags, a release; renamed, granted, with a draft. */
    private PromptId everything() {
        PromptId id = from.create("old name", "zero");
        from.save(id, draft("one", new Draft.Slot.Exactly(1), displayed("a")));
        from.tick(1);
        from.save(id, draft("two before", new Draft.Slot.Next(), displayed("a")));
        from.tick(1);
        from.save(id, draft("three", new Draft.Slot.Next(), displayed("الإصدار")));
        from.save(id, draft("two", new Draft.Slot.Exactly(2), displayed("a")));
        from.tick(1);
        MetadataEdit edit = new MetadataEdit(
                new Field.Set<>(new DisplayVersion("b")), new Field.Keep<>(), new Field.Set<>("edited"));
        from.prompts.edit(ALICE, id, new VersionRef.Numbered(2), edit, Expected.NOTHING);
        from.save(id, draft("four", new Draft.Slot.Next(), displayed("2.0.0/alpha")));
        from.save(
                id,
                new Draft(
                        body("five"),
                        new Draft.Slot.Next(),
                        Optional.of(SemVer.parse("1.0.0")),
                        Metadata.NONE,
                        Source.MANUAL_SAVE));
        from.prompts.deleteVersion(ALICE, id, 3);
        PromptEdit renamed = new PromptEdit(
                Optional.of(new PromptName("new name")),
                new Field.Set<>("what it is for"),
                Optional.of(new PromptText("the draft")));
        from.prompts.update(ALICE, id, renamed);
        try (PromptRepository prompt = from.store.open(id)) {
            prompt.change(
                    before -> before.granting(Map.of("bob", Right.UPDATE)).guarding(new TreeSet<>(Set.of(PRODUCTION))),
                    Optional.empty(),
                    ALICE);
        }
        EnvironmentDesk desk = new EnvironmentDesk(from.prompts);
        Environment first = point(desk, id, PRODUCTION, 1);
        point(desk, id, new EnvironmentName("dropped"), 2);
        desk.drop(ALICE, id, new EnvironmentName("dropped"), Expected.NOTHING);
        Expected seen =
                new Expected(List.of(new Expected.Stamp(first.target().commit().hex(), Optional.empty())));
        VersionRef five = new VersionRef.Numbered(5);
        desk.move(ALICE, id, PRODUCTION, new EnvironmentDesk.Wish(five, Optional.of("why")), seen);
        return id;
    }

    private static Environment point(EnvironmentDesk desk, PromptId id, EnvironmentName name, int number) {
        VersionRef ref = new VersionRef.Numbered(number);
        return desk.move(ALICE, id, name, new EnvironmentDesk.Wish(ref, Optional.empty()), Expected.NOTHING)
                .environment();
    }

    private PromptId withoutVersions() {
        return from.prompts
                .create(ALICE, new NewPrompt(new PromptName("empty"), Optional.empty(), Optional.empty()))
                .id();
    }

    @Test
    void whatComesInIsAllThatWentOut() {
        List<PromptId> ids = List.of(everything(), withoutVersions(), from.create("simple", "text"));

        for (PromptId id : ids) {
            assertInstanceOf(Outcome.Imported.class, bring(ADMIN, id, bundle(id)));
        }

        assertEquals(Look.at(from), Look.at(to));
        for (PromptId id : ids) {
            assertEquals(settings(from, id), settings(to, id));
            assertEquals(from.git(id).lines("for-each-ref"), to.git(id).lines("for-each-ref"));
        }
    }

    @Test
    void whatCameInIsThereWhenTheIndexIsMadeAnew() throws IOException {
        PromptId id = everything();
        bring(ADMIN, id, bundle(id));
        List<String> before = Look.at(to);

        to.close();
        Files.delete(to.root.resolve("catalog.db"));
        to = new House(to.root);

        assertEquals(before, Look.at(to));
    }

    @Test
    void aBundleClonesWithGit() throws IOException {
        PromptId id = everything();
        Path file = Files.write(root.resolve("x.bundle"), bundle(id));

        new Git(root).run("clone", "-q", file.toString(), "clone");

        Git clone = new Git(root.resolve("clone"));
        clone.requireSound();
        assertEquals(from.git(id).run("rev-parse", "main"), clone.run("rev-parse", "HEAD"));
        assertEquals("five", clone.run("show", "HEAD:prompt.md"));
        assertTrue(clone.lines("tag").contains("1.0.0"));
    }

    @Test
    void aBundleWithoutVersionsClonesToNothing() throws IOException {
        Path file = Files.write(root.resolve("x.bundle"), bundle(withoutVersions()));

        new Git(root).run("clone", "-q", file.toString(), "clone");
        new Git(root.resolve("clone")).run("fetch", "-q", file.toString(), "refs/*:refs/copied/*");

        assertEquals(
                List.of("refs/copied/meta/prompt"),
                new Git(root.resolve("clone")).lines("for-each-ref", "--format=%(refname)"));
    }

    @Test
    void writingGoesOnWhereItCameIn() {
        PromptId id = everything();
        bring(ADMIN, id, bundle(id));

        assertEquals(6, to.save(id, "six").version().number());
        to.prompts.update(
                ALICE, id, new PromptEdit(Optional.of(new PromptName("x")), new Field.Keep<>(), Optional.empty()));
        to.prompts.restore(ALICE, id, new VersionRef.Numbered(1));

        assertEquals("x", settings(to, id).name().text());
        assertFalse(to.git(id).lines("for-each-ref", "--format=%(refname)").contains("refs/heads/draft"));
    }

    @Test
    void aSecondImportChangesNothing() {
        PromptId id = everything();
        bring(ADMIN, id, bundle(id));
        List<String> before = to.git(id).lines("for-each-ref");
        from.save(id, "later");

        assertInstanceOf(Outcome.Exists.class, bring(ADMIN, id, bundle(id)));
        assertInstanceOf(Outcome.Exists.class, bring(CAROL, id, bundle(id)));

        assertEquals(before, to.git(id).lines("for-each-ref"));
    }

    @Test
    void aTakenNameIsRefusedAndNothingStays() {
        // Both houses roll the same dice.
        to.tick(1);
        PromptId other = to.create("new name", "mine");
        PromptId id = everything();

        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, bring(ADMIN, id, bundle(id)));

        assertInstanceOf(Problem.NameTaken.class, refused.problem());
        assertNothingOf(id);
        assertEquals(Optional.of(other), to.catalog.find(Namespace.DEFAULT, new PromptName("new name")));
    }

    @Test
    void whoIsNoAdministratorGetsItAsTheirOwnWithoutItsGrants() {
        PromptId id = everything();

        assertInstanceOf(Outcome.Imported.class, bring(CAROL, id, bundle(id)));

        PromptSettings mine = settings(to, id);
        assertEquals(CAROL.namespace(), mine.namespace());
        assertEquals("carol", mine.access().owner());
        assertEquals(Map.of(), mine.access().grants());
        assertTrue(to.system.knows(CAROL.namespace()));
        assertFalse(mine.allows(ALICE, Right.READ));
        assertFalse(mine.allows(BOB, Right.READ));
        assertEquals(from.git(id).run("rev-parse", "main"), to.git(id).run("rev-parse", "main"));
        assertEquals(
                from.git(id).run("rev-parse", "refs/meta/prompt"), to.git(id).run("rev-parse", "refs/meta/prompt~1"));
    }

    @Test
    void whoMayNotCreateImportsNothing() {
        PromptId id = everything();
        byte[] bundle = bundle(id);
        Caller reader = new Caller("dan", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.READER));

        PromptException refused = assertThrows(PromptException.class, () -> bring(reader, id, bundle));

        assertInstanceOf(Problem.Forbidden.class, refused.problem());
        assertNothingOf(id);
    }

    @Test
    void onlyAnOwnerTakesAPromptAway() {
        PromptId id = everything();
        PromptId bobs = from.prompts
                .create(BOB, new NewPrompt(new PromptName("bob's"), Optional.empty(), Optional.empty()))
                .id();
        Transfers transfers = transfers(from);
        Caller writer = new Caller("wendy", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.WRITER));

        assertEquals(List.of(bobs), ids(transfers.select(BOB, new Selection.Whole(Namespace.DEFAULT))));
        assertEquals(List.of(), ids(transfers.select(writer, new Selection.Whole(Namespace.DEFAULT))));
        assertEquals(
                Set.of(id, bobs), Set.copyOf(ids(transfers.select(ADMIN, new Selection.Whole(Namespace.DEFAULT)))));
        assertInstanceOf(Problem.Denied.class, problem(() -> transfers.select(BOB, new Selection.These(List.of(id)))));
        assertInstanceOf(Problem.Denied.class, problem(() -> transfers.write(BOB, id, new ByteArrayOutputStream())));
        PromptId nobodys = new PromptId("0".repeat(24));
        assertInstanceOf(
                Problem.PromptNotFound.class,
                problem(() -> transfers.select(ADMIN, new Selection.These(List.of(id, nobodys)))));
    }

    private static List<PromptId> ids(List<Transfers.Listed> listed) {
        return listed.stream().map(Transfers.Listed::id).toList();
    }

    private static Problem problem(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    /** What somebody makes of a good bundle. */
    @FunctionalInterface
    interface Evil {
        byte[] of(Bundled copy);
    }

    record Case(String name, Evil evil) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Evil evil) {
        return new Case(name, evil);
    }

    private static Case version(String name, java.util.function.Function<Bundled, String> tree) {
        return of(name, copy -> copy.withVersion(tree.apply(copy)).bundle("--all"));
    }

    private static Case header(String name, String text, String other) {
        return of(name, copy -> Bundled.forged(copy.bundle("--all"), text, other));
    }

    private static int pack(byte[] bundle) {
        return new String(bundle, StandardCharsets.ISO_8859_1).indexOf("\n\nPACK") + 2;
    }

    private static byte[] withByte(byte[] bundle, int place, int value) {
        byte[] changed = bundle.clone();
        changed[place] = (byte) value;
        return changed;
    }

    static Stream<Case> hostile() {
        return Stream.of(trees(), environments(), headers(), packs()).flatMap(cases -> cases);
    }

    /** Lets the environments go on, in a state with one file. */
    private static Case environment(String name, String mode, String file, UnaryOperator<String> content) {
        return of(
                name,
                copy -> copy.withRef(ENVIRONMENTS, environment(copy, mode, file, content))
                        .bundle("--all"));
    }

    private static String environment(Bundled copy, String mode, String file, UnaryOperator<String> content) {
        String good = copy.git().run("show", ENVIRONMENTS + ":production.json") + "\n";
        return copy.commit(
                copy.tree(mode, file, copy.blob(content.apply(good))),
                copy.git().run("rev-parse", ENVIRONMENTS));
    }

    private static Stream<Case> environments() {
        String file = "production.json";
        return Stream.of(
                environment("an environment that cannot be read", "100644", file, good -> "{}"),
                environment("an environment of another number", "100644", file, good -> good.replace(": 5", ": 4")),
                environment("an environment of another name", "100644", "Production.json", good -> good),
                environment("an environment called latest", "100644", "latest.json", good -> good),
                environment("something beside environments", "100644", "read me", good -> good),
                environment("an environment that is a program", "100664", file, good -> good),
                environment("an environment that is a link", "120000", file, good -> good),
                environment("an endless environment", "100644", file, good -> good + " ".repeat(20_000)),
                of(
                        "an environment in a directory",
                        copy -> copy.withRef(
                                        ENVIRONMENTS,
                                        copy.commit(copy.tree(
                                                "40000", "e.json", copy.git().run("rev-parse", "main^{tree}"))))
                                .bundle("--all")),
                of(
                        "an environment on a draft",
                        copy -> copy.withRef(
                                        ENVIRONMENTS,
                                        environment(
                                                copy,
                                                "100644",
                                                file,
                                                good -> good.replace(
                                                        copy.git().run("rev-parse", "main"),
                                                        copy.git().run("rev-parse", "draft"))))
                                .bundle("--all")),
                of("an environment that once could not be read", copy -> {
                    String good = copy.git().run("rev-parse", ENVIRONMENTS + "^{tree}");
                    String bad = environment(copy, "100644", file, text -> "{}");
                    return copy.withRef(ENVIRONMENTS, copy.commit(good, bad)).bundle("--all");
                }),
                of(
                        "environments that are no commit",
                        copy -> Bundled.forged(
                                copy.bundle("--all"),
                                copy.git().run("rev-parse", ENVIRONMENTS),
                                copy.git().run("rev-parse", ENVIRONMENTS + "^{tree}"))));
    }

    private static Stream<Case> trees() {
        return Stream.of(
                version("a symbolic link", copy -> copy.tree("120000", "prompt.md", copy.blob("/etc/passwd"))),
                version(
                        "a submodule",
                        copy -> copy.tree("160000", "sub", copy.git().run("rev-parse", "main"))),
                version("a file that a group may write", copy -> copy.tree("100664", "prompt.md", copy.blob("x"))),
                version("a file named .git", copy -> copy.tree("100644", ".git", copy.blob("x"))),
                version("a file named .GIT", copy -> copy.tree("100644", ".GIT", copy.blob("x"))),
                version("a file named git~1", copy -> copy.tree("100644", "git~1", copy.blob("x"))),
                version("a file named ..", copy -> copy.tree("100644", "..", copy.blob("x"))),
                version("a name with a slash", copy -> copy.tree("100644", "a/b", copy.blob("x"))),
                version("a file of submodules", copy -> copy.tree("100644", ".gitmodules", copy.blob("x"))),
                version("a backslash in a path", copy -> copy.tree("100644", "a\\b", copy.blob("x"))),
                version(
                        "a body that is no UTF-8",
                        copy -> copy.tree("100644", "prompt.md", copy.object("blob", new byte[] {(byte) 0xff}))),
                version("a body with NUL", copy -> copy.tree("100644", "prompt.md", copy.blob("a\0b"))),
                version(
                        "a file of 17 MiB",
                        copy -> copy.tree("100644", "prompt.md", copy.object("blob", new byte[17 << 20]))),
                version("40 directories in each other", copy -> {
                    String tree = copy.tree("100644", "prompt.md", copy.blob("x"));
                    for (int i = 0; i < 40; i++) {
                        tree = copy.tree("40000", "d", tree);
                    }
                    return tree;
                }),
                of(
                        "a draft with a symbolic link",
                        copy -> copy.withRef(
                                        "refs/heads/draft",
                                        copy.commit(copy.tree("120000", "prompt.md", copy.blob("/etc/passwd"))))
                                .bundle("--all")),
                of(
                        "a note on nothing",
                        copy -> copy.withRef(
                                        "refs/notes/commits",
                                        copy.commit(copy.tree("100644", "1".repeat(40), copy.blob("Title: x\n"))))
                                .bundle("--all")),
                of(
                        "a release that is no commit",
                        copy -> copy.withRef("refs/tags/9.9.9", copy.blob("x")).bundle("--all")),
                of("no settings", copy -> copy.bundle("refs/heads/main")),
                of(
                        "settings without a file",
                        copy -> copy.withRef("refs/meta/prompt", copy.commit(copy.tree("100644", "x", copy.blob("x"))))
                                .bundle("--all")),
                of(
                        "settings that cannot be read",
                        copy -> copy.withRef(
                                        "refs/meta/prompt",
                                        copy.commit(copy.tree("100644", "prompt.json", copy.blob("{}"))))
                                .bundle("--all")),
                of(
                        "a branch of another house",
                        copy -> copy.withRef("refs/meta/other", copy.git().run("rev-parse", "main"))
                                .bundle("--all")));
    }

    private static Stream<Case> headers() {
        return Stream.of(
                header("another version of bundles", "# v2 git", "# v3 git"),
                header("a way out of the repository", "refs/tags/1.0.0", "refs/tags/../../../../x"),
                header("a name outside of refs", "refs/tags/1.0.0", "config"),
                header("a slot without a number", "refs/versions/2", "refs/versions/0"),
                header("a slot that is none", "refs/versions/2", "refs/versions/x"),
                header("a branch in the environments' way", "refs/tags/1.0.0", "refs/heads/env"),
                header("a branch of no environment", "refs/tags/1.0.0", "refs/heads/env/Production"),
                header("a branch below an environment", "refs/tags/1.0.0", "refs/heads/env/production/x"),
                header("a lock's name", "refs/tags/1.0.0", "refs/tags/1.0.0.lock"),
                header("a ref below another", "refs/tags/1.0.0", "refs/heads/main/x"),
                header("a ref twice", "refs/tags/1.0.0", "refs/heads/main"),
                of(
                        "a ref to nothing",
                        copy -> Bundled.forged(
                                copy.bundle("--all"), copy.git().run("rev-parse", "refs/heads/draft"), "1".repeat(40))),
                of(
                        "a slot that leads to nothing",
                        copy -> Bundled.forged(
                                copy.bundle("--all"),
                                copy.git().run("rev-parse", "refs/versions/2") + " refs/versions/2",
                                "1".repeat(40) + " refs/versions/2")),
                of("prerequisites", copy -> copy.bundle("main~1..main", "refs/meta/prompt")),
                of("nothing", copy -> new byte[0]),
                of("something else", copy -> "no bundle".getBytes(StandardCharsets.UTF_8)));
    }

    private static Stream<Case> packs() {
        return Stream.of(
                of("four thousand million objects", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    Arrays.fill(bundle, pack(bundle) + 8, pack(bundle) + 12, (byte) 0xff);
                    return bundle;
                }),
                of("one object less than it says", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    return withByte(bundle, pack(bundle) + 11, bundle[pack(bundle) + 11] + 1);
                }),
                of("a bit that fell over", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    return withByte(bundle, bundle.length - 1, bundle[bundle.length - 1] ^ 1);
                }),
                of("a byte in the midst", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    int middle = (pack(bundle) + bundle.length) / 2;
                    return withByte(bundle, middle, bundle[middle] ^ 0x55);
                }),
                of("the end cut off", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    return Arrays.copyOf(bundle, bundle.length - 30);
                }),
                of("half of it", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    return Arrays.copyOf(bundle, (pack(bundle) + bundle.length) / 2);
                }),
                of("no pack", copy -> {
                    byte[] bundle = copy.bundle("--all");
                    return Arrays.copyOf(bundle, pack(bundle));
                }));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsWrongIsRefusedAndLeavesNothing(Case wrong) {
        PromptId id = everything();
        byte[] good = bundle(id);
        byte[] evil = wrong.evil().of(new Bundled(from.repository(id), root));

        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, bring(CAROL, id, evil));

        assertInstanceOf(Problem.Invalid.class, refused.problem());
        assertNothingOf(id);
        assertInstanceOf(Outcome.Imported.class, bring(CAROL, id, good));
    }

    private void assertNothingOf(PromptId id) {
        assertFalse(Files.exists(to.repository(id)));
        assertFalse(to.catalog.known().contains(id));
        try (Stream<Path> left = Files.list(to.root.resolve("new"));
                Stream<Path> trashed = Files.list(to.root.resolve("trash"))) {
            assertEquals(List.of(), Stream.concat(left, trashed).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
