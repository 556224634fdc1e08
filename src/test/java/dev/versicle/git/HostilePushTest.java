package dev.versicle.git;

import static dev.versicle.git.PackBytes.commit;
import static dev.versicle.git.PackBytes.deflated;
import static dev.versicle.git.PackBytes.delta;
import static dev.versicle.git.PackBytes.id;
import static dev.versicle.git.PackBytes.tree;
import static org.eclipse.jgit.lib.Constants.OBJ_BLOB;
import static org.eclipse.jgit.lib.Constants.OBJ_COMMIT;
import static org.eclipse.jgit.lib.Constants.OBJ_OFS_DELTA;
import static org.eclipse.jgit.lib.Constants.OBJ_TAG;
import static org.eclipse.jgit.lib.Constants.OBJ_TREE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * What git would not send: each is refused in a sentence, not a byte on the disk is another, nothing is in the log, and
 * one server answers them all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePushTest {
    private static final String BRANCH = "refs/heads/evil";
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] LARGE = new byte[16 * MEBIBYTE];

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Receiving server;

    @BeforeAll
    void open(@TempDir Path root) {
        server = new Receiving(root.resolve("data"));
    }

    @AfterAll
    void close() {
        ObjectId id = id(OBJ_BLOB, new byte[0]);
        byte[] good = PushBytes.of()
                .create("refs/tags/good", id)
                .pack(new PackBytes().blob("").bytes());
        assertTrue(server.receive(good).contains("ok refs/tags/good"));
        server.close();
    }

    @BeforeEach
    void listen() {
        log.list.clear();
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void hear() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.versicle");
    }

    /** What somebody sends who knows what is on the server, and what the server says of it. */
    record Case(String name, Function<Receiving, byte[]> push, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case request(String name, byte[] push, String sentence) {
        return new Case(name, server -> push, sentence);
    }

    private static Case pack(String name, byte[] pack, String sentence) {
        return request(
                name,
                PushBytes.of()
                        .create(BRANCH, ObjectId.fromString("1".repeat(40)))
                        .pack(pack),
                sentence);
    }

    private static Case pack(String name, PackBytes pack, String sentence) {
        return pack(name, pack.bytes(), sentence);
    }

    static Stream<Case> hostile() {
        return Stream.of(commands(), packs(), differences(), objects(), holes(), hidden())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> commands() {
        ObjectId one = ObjectId.fromString("1".repeat(40));
        PushBytes many = PushBytes.of();
        for (int i = 0; i < 100_000; i++) {
            many.create("refs/heads/b" + i, one);
        }
        Stream<Case> names = Stream.of(
                        "refs/heads/../../config",
                        "refs/heads/a..b",
                        "refs/heads/.lock",
                        "refs/heads/a.lock",
                        "refs/heads/a\u0001b",
                        "refs/heads/a\u001b[31mb",
                        "refs/heads/a\rb",
                        "refs/heads/a b",
                        "refs/heads/",
                        "refs//heads/a",
                        "refs/heads/@{1}",
                        "refs/heads/" + "x".repeat(256),
                        "--upload-pack=x",
                        "--upload-pack=x/y",
                        "HEAD",
                        "config",
                        "objects/pack/x",
                        "/etc/passwd",
                        "../../../../x")
                .map(name -> request(
                        "a ref named "
                                + name.codePoints()
                                        .boxed()
                                        .limit(30)
                                        .map(Integer::toHexString)
                                        .toList(),
                        PushBytes.of().create(name, one).pack(new PackBytes().bytes()),
                        "A push must name refs as Git allows it"));
        return Stream.concat(
                names,
                Stream.of(
                        request(
                                "a ref with a very long name",
                                PushBytes.of()
                                        .create("refs/heads" + "/x".repeat(1_000), one)
                                        .bytes(),
                                "A push must have refs with names of at most 1024 bytes"),
                        request("100,000 commands", many.flush().bytes(), "A push must have at most 1000 commands"),
                        request(
                                "a ref twice",
                                PushBytes.of()
                                        .create(BRANCH, one)
                                        .create(BRANCH, one)
                                        .flush()
                                        .bytes(),
                                "it names refs/heads/evil twice"),
                        request(
                                "words",
                                PushBytes.of().line("push, please").flush().bytes(),
                                "two object ids and a ref"),
                        request(
                                "an id that is none",
                                PushBytes.of()
                                        .line("x".repeat(40) + " " + one.name() + " " + BRANCH)
                                        .bytes(),
                                "two object ids and a ref"),
                        request(
                                "options",
                                PushBytes.with(PushBytes.CAPABILITIES + " push-options")
                                        .create(BRANCH, one)
                                        .flush()
                                        .packet("ci.skip")
                                        .flush()
                                        .bytes(),
                                "A push must have no push options."),
                        request(
                                "a certificate",
                                PushBytes.of()
                                        .line("push-cert")
                                        .line("certificate version 0.1")
                                        .flush()
                                        .bytes(),
                                "A push must not be signed."),
                        request(
                                "longer ids",
                                PushBytes.with(PushBytes.CAPABILITIES + " object-format=sha256")
                                        .create(BRANCH, one)
                                        .bytes(),
                                "A push must have SHA-1 ids."),
                        request("no length", PushBytes.of().raw("push").bytes(), "lines in Git's packet format"),
                        request(
                                "a length of three",
                                PushBytes.of().raw("0003").bytes(),
                                "lines in Git's packet format"),
                        request(
                                "no end of the commands",
                                PushBytes.of().create(BRANCH, one).bytes(),
                                "A push must have a flush packet after its commands."),
                        request(
                                "half of a command",
                                PushBytes.of()
                                        .create(BRANCH, one)
                                        .raw("00ff1234")
                                        .bytes(),
                                "A push must have a flush packet after its commands.")));
    }

    private static byte[] with(byte[] bytes, int place) {
        byte[] changed = bytes.clone();
        changed[place] ^= 0x55;
        return changed;
    }

    private static Stream<Case> packs() {
        byte[] good = new PackBytes().blob("one").blob("two").bytes();
        return Stream.of(
                pack("nothing", new byte[0], "A push must hold a whole pack"),
                pack("no pack", "no pack at all, but words".getBytes(StandardCharsets.UTF_8), "a pack of version 2"),
                pack("a version that nobody knows", new PackBytes().version(4), "a pack of version 2"),
                pack(
                        "four thousand million objects, and none",
                        Arrays.copyOf(new PackBytes().claiming(0xffffffffL).bytes(), 12),
                        "A push must have at most 50000 objects."),
                pack("an object too many", new PackBytes().claiming(50_001), "A push must have at most 50000 objects."),
                pack(
                        "more objects than it has",
                        new PackBytes().blob("x").claiming(2),
                        "A push must hold a whole pack"),
                pack(
                        "fewer objects than it has",
                        new PackBytes().blob("x").blob("y").claiming(1),
                        "whole pack"),
                pack("a wrong checksum", with(good, good.length - 1), "A push must hold a whole pack"),
                pack("a byte in the midst", with(good, good.length / 2), "A push must hold a whole pack"),
                pack("its checksum cut off", Arrays.copyOf(good, good.length - 20), "A push must hold a whole pack"),
                pack("half of it", Arrays.copyOf(good, good.length / 2), "A push must hold a whole pack"),
                pack("a byte after it", Arrays.copyOf(good, good.length + 1), "A push must end where its pack ends."),
                pack(
                        "100 KiB after it",
                        Arrays.copyOf(good, good.length + 100 * 1024),
                        "A push must end where its pack ends."),
                pack(
                        "2 GiB, it says",
                        new PackBytes().raw(OBJ_BLOB, 2L << 30, new byte[0], deflated(new byte[0])),
                        "objects of at most 16777216 bytes"),
                pack(
                        "a size beyond all numbers",
                        new PackBytes().raw(OBJ_BLOB, Long.MAX_VALUE, new byte[0], deflated(new byte[0])),
                        "objects of at most 16777216 bytes"),
                pack(
                        "a byte over the limit",
                        new PackBytes().object(OBJ_BLOB, new byte[16 * MEBIBYTE + 1]),
                        "objects of at most 16777216 bytes"),
                pack(
                        "more bytes than it says",
                        new PackBytes().raw(OBJ_BLOB, 1, new byte[0], deflated(LARGE)),
                        "A push must hold a whole pack"),
                pack(
                        "fewer bytes than it says",
                        new PackBytes().raw(OBJ_BLOB, 2, new byte[0], deflated(new byte[1])),
                        "A push must hold a whole pack"),
                pack(
                        "a type without a meaning",
                        new PackBytes().object(5, new byte[1]),
                        "A push must hold a whole pack"),
                pack("no type", new PackBytes().object(0, new byte[1]), "A push must hold a whole pack"));
    }

    private static Stream<Case> differences() {
        PackBytes held = new PackBytes().object(OBJ_BLOB, LARGE);
        PackBytes named = new PackBytes().object(OBJ_BLOB, LARGE);
        byte[] base = LARGE;
        for (int i = 0; i < 4; i++) {
            byte[] copy = copying(LARGE.length);
            held.onOffset(2 * i, copy).onOffset(2 * i, copy);
            named.onId(ObjectId.fromString(("" + i).repeat(40)), copy)
                    .onId(ObjectId.fromString(("" + i).repeat(40)), copy);
        }
        PackBytes total = new PackBytes().object(OBJ_BLOB, base);
        for (int i = 0; i < 256; i++) {
            total.onOffset(0, copying(LARGE.length));
        }
        byte[] one = {'1'};
        return Stream.of(
                pack("objects that are held", held, "differences that build on at most 67108864 bytes"),
                pack("objects that are held, by id", named, "differences that build on at most 67108864 bytes"),
                pack("more than anybody has room for", total, "A push must inflate to at most 4294967296 bytes."),
                pack(
                        "2 GiB of a difference",
                        new PackBytes().object(OBJ_BLOB, one).onOffset(0, delta(1, 2L << 30)),
                        "objects of at most 16777216 bytes"),
                pack(
                        "a base of 2 GiB",
                        new PackBytes().object(OBJ_BLOB, one).onId(id(OBJ_BLOB, one), delta(2L << 30, 1)),
                        "objects of at most 16777216 bytes"),
                pack(
                        "a difference of something else",
                        new PackBytes().object(OBJ_BLOB, one).onId(id(OBJ_BLOB, one), delta(2, 1, (byte) 1, (byte)
                                'x')),
                        "A push must have sound differences."),
                pack(
                        "a copy from beyond",
                        new PackBytes().object(OBJ_BLOB, one).onOffset(0, delta(1, 1, (byte) 0x91, (byte) 0x70, (byte)
                                1)),
                        "A push must have sound differences."),
                pack(
                        "more than it says",
                        new PackBytes().object(OBJ_BLOB, one).onOffset(0, delta(1, 1, (byte) 2, (byte) 'x', (byte)
                                'y')),
                        "A push must have sound differences."),
                pack(
                        "a command without a meaning",
                        new PackBytes().object(OBJ_BLOB, one).onOffset(0, delta(1, 1, (byte) 0)),
                        "A push must have sound differences."),
                pack(
                        "a difference without sizes",
                        new PackBytes().object(OBJ_BLOB, one).onOffset(0, new byte[0]),
                        "A push must hold a whole pack"),
                pack(
                        "a base that is nowhere",
                        new PackBytes().onId(ObjectId.fromString("2".repeat(40)), delta(1, 1, (byte) 1, (byte) 'x')),
                        "A push must build its differences on objects that are in it or here"),
                pack(
                        "a base before the pack",
                        new PackBytes().raw(OBJ_OFS_DELTA, 3, PackBytes.back(1_000), deflated(delta(1, 1))),
                        "differences build on objects in it"),
                pack(
                        "itself as a base",
                        new PackBytes().raw(OBJ_OFS_DELTA, 3, PackBytes.back(0), deflated(delta(1, 1))),
                        "differences build on objects in it"));
    }

    private static byte[] copying(int size) {
        byte[] copy = PackBytes.appending(size, "");
        // Without the literal at its end, which would be none.
        return Arrays.copyOf(copy, copy.length - 1);
    }

    private static Case object(String name, int type, byte[] bytes) {
        return pack(name, new PackBytes().blob("x").object(type, bytes), "A push must have sound objects");
    }

    private static Stream<Case> objects() {
        String x = id(OBJ_BLOB, new byte[] {'x'}).name();
        Stream<Case> names = Stream.of(
                        ".git",
                        ".GIT",
                        "git~1",
                        ".git ",
                        ".git.",
                        ".g\u200cit",
                        "..",
                        ".",
                        "a/b",
                        "",
                        "CON",
                        "a:b",
                        "a\u0001b")
                .map(name -> object("a file named " + name, OBJ_TREE, tree("100644", name, x)));
        return Stream.concat(
                names,
                Stream.of(
                        object("modes with zeros before", OBJ_TREE, tree("0100644", "a", x)),
                        object("entries in another order", OBJ_TREE, tree("100644", "b", x, "100644", "a", x)),
                        object("an entry twice", OBJ_TREE, tree("100644", "a", x, "100644", "a", x)),
                        object("an entry twice to Windows", OBJ_TREE, tree("100644", "A", x, "100644", "a", x)),
                        object("half of an entry", OBJ_TREE, "100644 a\0half".getBytes(StandardCharsets.UTF_8)),
                        object("a mode without a meaning", OBJ_TREE, tree("100", "a", x)),
                        object(
                                "an entry without an id",
                                OBJ_TREE,
                                tree("100644", "a", ObjectId.zeroId().name())),
                        object("a commit of words", OBJ_COMMIT, "words".getBytes(StandardCharsets.UTF_8)),
                        object(
                                "a commit of nobody",
                                OBJ_COMMIT,
                                ("tree " + x + "\nauthor <\n\nx").getBytes(StandardCharsets.UTF_8)),
                        object("a tag of words", OBJ_TAG, "words".getBytes(StandardCharsets.UTF_8)),
                        submodule("[submodule \"a\"]\n\tpath = a\n\turl = --upload-pack=touch x\n"),
                        submodule("[submodule \"../../x\"]\n\tpath = a\n\turl = https://example.org/x\n")));
    }

    /** A file that makes a clone run what it says (CVE-2018-17456, CVE-2018-11235). */
    private static Case submodule(String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        byte[] tree = tree("100644", ".gitmodules", id(OBJ_BLOB, bytes).name());
        return tip(
                "submodules: " + file.lines().toList(),
                new PackBytes().object(OBJ_BLOB, bytes),
                tree,
                "A push must have no file named .gitmodules");
    }

    /** A pack with a commit of a tree besides. */
    private static Case tip(String name, PackBytes pack, byte[] tree, String sentence) {
        byte[] commit = commit(id(OBJ_TREE, tree));
        return request(
                name,
                PushBytes.of()
                        .create(BRANCH, id(OBJ_COMMIT, commit))
                        .pack(pack.object(OBJ_TREE, tree)
                                .object(OBJ_COMMIT, commit)
                                .bytes()),
                sentence);
    }

    private static Stream<Case> holes() {
        byte[] empty = {};
        ObjectId nothing = ObjectId.fromString("3".repeat(40));
        byte[] orphan = commit(id(OBJ_TREE, empty), nothing);
        byte[] rootless = commit(nothing);
        byte[] tag = ("object " + nothing.name() + "\ntype commit\ntag v\ntagger E <e@x> 1 +0000\n\nx\n")
                .getBytes(StandardCharsets.UTF_8);
        String missing = "A push must bring every object that it needs";
        return Stream.of(
                pack("a ref to what did not come", new PackBytes().blob("x"), missing),
                request(
                        "a commit without its parent",
                        PushBytes.of()
                                .create(BRANCH, id(OBJ_COMMIT, orphan))
                                .pack(new PackBytes()
                                        .object(OBJ_TREE, empty)
                                        .object(OBJ_COMMIT, orphan)
                                        .bytes()),
                        missing),
                request(
                        "a commit without its parent, said to be shallow",
                        PushBytes.of()
                                .packet("shallow " + id(OBJ_COMMIT, orphan).name())
                                .create(BRANCH, id(OBJ_COMMIT, orphan))
                                .pack(new PackBytes()
                                        .object(OBJ_TREE, empty)
                                        .object(OBJ_COMMIT, orphan)
                                        .bytes()),
                        missing),
                request(
                        "a commit without its tree",
                        PushBytes.of()
                                .create(BRANCH, id(OBJ_COMMIT, rootless))
                                .pack(new PackBytes()
                                        .object(OBJ_COMMIT, rootless)
                                        .bytes()),
                        missing),
                request(
                        "a tag of nothing",
                        PushBytes.of()
                                .create("refs/tags/v", id(OBJ_TAG, tag))
                                .pack(new PackBytes().object(OBJ_TAG, tag).bytes()),
                        missing),
                tip("a tree without its file", new PackBytes(), tree("100644", "a", nothing.name()), missing),
                tip("a tree without its tree", new PackBytes(), tree("40000", "a", nothing.name()), missing),
                tip(
                        "a file that is a tree",
                        new PackBytes().object(OBJ_TREE, empty),
                        tree(
                                "100644",
                                "a",
                                id(OBJ_TREE, empty).name(),
                                "40000",
                                "b",
                                id(OBJ_TREE, empty).name()),
                        missing),
                tip(
                        "a tree that is a file",
                        new PackBytes().blob("x"),
                        tree(
                                "100644",
                                "a",
                                id(OBJ_BLOB, new byte[] {'x'}).name(),
                                "40000",
                                "b",
                                id(OBJ_BLOB, new byte[] {'x'}).name()),
                        missing),
                request(
                        "a commit whose tree is a file",
                        of(commit(id(OBJ_BLOB, new byte[] {'x'})), new PackBytes().blob("x")),
                        "A push must name each object as what it is"),
                new Case("a file that is a tree, and was here", HostilePushTest::treeAsFile, missing));
    }

    private static Stream<Case> hidden() {
        String unseen = "is neither in it nor here";
        return Stream.of(
                new Case(
                        "a ref to the settings",
                        server -> PushBytes.of()
                                .create(BRANCH, settings(server, ""))
                                .pack(new PackBytes().bytes()),
                        unseen),
                new Case(
                        "a ref to the settings' file",
                        server -> PushBytes.of()
                                .create("refs/tags/x", settings(server, ":prompt.json"))
                                .pack(new PackBytes().bytes()),
                        unseen),
                new Case(
                        "a commit of the settings' tree",
                        server -> of(commit(settings(server, "^{tree}")), new PackBytes()),
                        unseen),
                new Case("the settings as a parent", HostilePushTest::onSettings, unseen),
                new Case("a difference from the settings", HostilePushTest::fromSettings, unseen));
    }

    private static byte[] treeAsFile(Receiving server) {
        String main = server.house.git(server.id).run("rev-parse", "main^{tree}");
        byte[] tree = tree("40000", "a", main, "100644", "b", main);
        return of(commit(id(OBJ_TREE, tree)), new PackBytes().object(OBJ_TREE, tree));
    }

    private static ObjectId settings(Receiving server, String part) {
        return ObjectId.fromString(server.house.git(server.id).run("rev-parse", RefNames.SETTINGS + part));
    }

    private static byte[] of(byte[] commit, PackBytes others) {
        return PushBytes.of()
                .create(BRANCH, id(OBJ_COMMIT, commit))
                .pack(others.object(OBJ_COMMIT, commit).bytes());
    }

    private static byte[] onSettings(Receiving server) {
        return of(
                commit(id(OBJ_TREE, new byte[0]), settings(server, "")), new PackBytes().object(OBJ_TREE, new byte[0]));
    }

    /** All of a hidden file and a letter, by somebody who knows its id and size alone. */
    private static byte[] fromSettings(Receiving server) {
        byte[] file = server.house.git(server.id).bytes("cat-file", "blob", RefNames.SETTINGS + ":prompt.json");
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.writeBytes(file);
        result.write('x');
        ObjectId blob = id(OBJ_BLOB, result.toByteArray());
        return PushBytes.of()
                .create("refs/tags/x", blob)
                .pack(new PackBytes()
                        .onId(settings(server, ":prompt.json"), PackBytes.appending(file.length, "x"))
                        .bytes());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsWrongIsRefusedInASentenceAndLeavesNothing(Case wrong) {
        byte[] request = wrong.push().apply(server);
        Map<String, String> before = server.files();

        String said = server.receive(request);

        assertTrue(said.contains(wrong.sentence()), said);
        assertFalse(said.contains("Exception"), said);
        assertFalse(said.contains("unpack ok"), said);
        assertEquals(before, server.files());
        assertEquals(List.of(), log.list);
    }
}
