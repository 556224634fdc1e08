package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.git.Pushing.Said;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real git pushes comes in, and what does not is refused in words that git prints. */
@BesideOthers
class ReceptionTest {
    private static final GitLimits USUAL = GitLimits.DEFAULT;

    @TempDir
    private Path root;

    private Receiving server;

    @BeforeEach
    void open() {
        server = new Receiving(root.resolve("data"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Pushing cloned(String... options) {
        return Pushing.clone(server.house.repository(server.id), server.url(), root.resolve("clone"), options);
    }

    private void limit(int objects, int objectBytes, long packBytes, int commands) {
        server.limit(new GitLimits(
                objects,
                objectBytes,
                packBytes,
                commands,
                USUAL.wants(),
                USUAL.requestBytes(),
                USUAL.time(),
                USUAL.transfers(),
                USUAL.tags()));
    }

    private String at(String ref) {
        return server.house.git(server.id).run("rev-parse", ref);
    }

    private static void assertDone(Said said) {
        assertEquals(0, said.status(), said.text());
    }

    private void assertRefused(String sentence, Pushing clone, String... arguments) {
        Map<String, String> before = server.files();
        Said said = clone.tried(arguments);
        assertNotEquals(0, said.status(), said.text());
        assertTrue(said.text().contains(sentence), said.text());
        assertEquals(before, server.files());
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    @Test
    void aCommitComesIn() {
        Pushing clone = cloned().commit("prompt.md", "text 3");

        Said said = clone.tried("push", "origin", "main");

        assertDone(said);
        assertTrue(said.text().contains("remote: moved refs/heads/main"), said.text());
        assertEquals(clone.tip("main"), at("main"));
    }

    @Test
    void aThinPackComesInAsWhatItChanges() {
        String long1 = "a line of a prompt that is long enough\n".repeat(2_000);
        Pushing clone = cloned().commit("prompt.md", long1);
        assertDone(clone.tried("push", "origin", "main"));

        clone.commit("prompt.md", long1 + "one more\n").commit("prompt.md", "one before\n" + long1);

        assertDone(clone.tried("push", "--thin", "origin", "main"));
        assertEquals(clone.tip("main"), at("main"));
    }

    @Test
    void manyObjectsComeInAsOnePackAndNoOther() throws IOException {
        Pushing clone = cloned();
        for (int i = 0; i < 120; i++) {
            clone.commit("prompt.md", "text of " + i);
        }

        assertDone(clone.tried("push", "origin", "main"));

        assertEquals(clone.tip("main"), at("main"));
        List<String> packs = server.files().keySet().stream()
                .filter(file -> file.contains("objects/pack/"))
                .map(file -> file.replaceAll(".*\\.", ""))
                .toList();
        assertEquals(List.of("idx", "pack"), packs);
        assertDone(clone.tried("push", "origin", "main:refs/heads/again", ":refs/heads/nothing"));
    }

    @Test
    void branchesComeGoAndComeAgain() {
        Pushing clone = cloned().commit("prompt.md", "mine").commit("other.md", "x");

        assertDone(clone.tried("push", "origin", "main:mine"));
        assertDone(clone.tried("push", "origin", ":mine"));
        assertDone(clone.tried(
                "push", "--atomic", "origin", "main:refs/heads/mine", "main~1:refs/heads/other", "main:refs/tags/t"));

        assertEquals(clone.tip("main"), at("mine"));
        assertEquals(clone.tip("main~1"), at("other"));
    }

    @Test
    void aBranchAtAnOldCommitNeedsNoObjects() {
        Pushing clone = cloned();

        assertDone(clone.tried("push", "origin", "main~1:refs/heads/old", "main~1:refs/tags/old"));

        assertEquals(at("main~1"), at("refs/heads/old"));
    }

    @Test
    void anAnnotatedTagComesInAndIsPushedUnderAnotherName() {
        Pushing clone = cloned();
        clone.git("tag", "-a", "-m", "a tag", "one", "main");
        assertDone(clone.tried("push", "origin", "one"));

        assertDone(clone.tried("push", "origin", "one:refs/tags/two"));

        assertEquals(at("refs/tags/one"), at("refs/tags/two"));
    }

    /** By a client that knows all that is here, and leaves it out: Git does so with bitmaps. */
    @Test
    void anOldTreeThatDoesNotComeAgainIsFound() {
        Pushing clone = cloned().commit("prompt.md", "three").commit("prompt.md", "four");
        assertDone(clone.tried("push", "origin", "main"));
        byte[] commit = PackBytes.commit(
                ObjectId.fromString(clone.tip("main~2^{tree}")), ObjectId.fromString(clone.tip("main")));
        ObjectId id = PackBytes.id(Constants.OBJ_COMMIT, commit);

        String said = server.receive(PushBytes.of()
                .create("refs/heads/old", id)
                .pack(new PackBytes().object(Constants.OBJ_COMMIT, commit).bytes()));

        assertTrue(said.contains("ok refs/heads/old"), said);
        assertEquals(id.name(), at("old"));
    }

    @Test
    void aShallowCloneThatHasWhatIsNewPushes() {
        Pushing clone = cloned("--depth=1").commit("prompt.md", "from the surface");

        assertDone(clone.tried("push", "origin", "main"));

        assertEquals(clone.tip("main"), at("main"));
    }

    @Test
    void aShallowCloneOfAnotherHistoryMakesNoHole() {
        Pushing other = Pushing.clone(
                server.house.repository(server.house.create("other", "x")), server.url(), root.resolve("other"));
        other.commit("prompt.md", "y").commit("prompt.md", "z");
        Path bare = root.resolve("other").resolve(".git");
        Pushing shallow = Pushing.clone(bare, server.url(), root.resolve("shallow"), "--depth=1");

        assertRefused("shallow clone may have to run git fetch --unshallow", shallow, "push", "origin", "HEAD:other");
    }

    @Test
    void anObjectMayBeAsLargeAsItsLimitAndNoLarger() {
        limit(100, 10_000, 1 << 20, 10);
        Pushing clone = cloned().commit("a.bin", noise(10_000));
        assertDone(clone.tried("push", "origin", "main"));

        clone.commit("a.bin", noise(10_001));

        assertRefused("A push must have objects of at most 10000 bytes.", clone, "push", "origin", "main");
    }

    @Test
    void aPushMayHaveAsManyObjectsAsItsLimitAndNoMore() {
        limit(6, 10_000, 1 << 20, 10);
        Pushing clone = cloned().commit("prompt.md", "three").commit("prompt.md", "four");
        assertDone(clone.tried("push", "origin", "main"));

        clone.commit("prompt.md", "5").commit("prompt.md", "6").commit("prompt.md", "7");

        assertRefused("A push must have at most 6 objects.", clone, "push", "origin", "main");
    }

    @Test
    void aPackMayBeAsLargeAsItsLimitAndNoLarger() {
        byte[] pack = new PackBytes().blob("x").bytes();
        byte[] push = PushBytes.of()
                .create("refs/tags/x", PackBytes.id(Constants.OBJ_BLOB, new byte[] {'x'}))
                .pack(pack);

        limit(10, 10_000, pack.length - 1, 10);
        String over = server.receive(push);
        limit(10, 10_000, pack.length, 10);
        String at = server.receive(push);

        assertTrue(over.contains("A push must have a pack of at most " + (pack.length - 1) + " bytes."), over);
        assertTrue(at.contains("ok refs/tags/x"), at);
    }

    @Test
    void aPackOverItsLimitIsRefusedToGit() {
        limit(100, 10 << 20, 1 << 20, 10);
        Pushing clone = cloned().commit("a.bin", noise(5 << 20));

        assertRefused("A push must have a pack of at most 1048576 bytes.", clone, "push", "origin", "main");
    }

    @Test
    void aPushMayHaveAsManyCommandsAsItsLimitAndNoMore() {
        limit(100, 10_000, 1 << 20, 3);
        Pushing clone = cloned();

        assertDone(clone.tried("push", "origin", "main:a", "main:b", "main:c"));

        assertRefused(
                "A push must have at most 3 commands", clone, "push", "origin", "main:d", "main:e", "main:f", "main:g");
    }

    @Test
    void aTreeThatNoSystemCanCheckOutIsRefusedToGit() {
        Pushing clone = cloned();
        String blob = clone.git("rev-parse", "main:prompt.md");
        clone.git("-c", "core.protectNTFS=false", "update-index", "--add", "--cacheinfo", "100644," + blob + ",aux.md");
        clone.git("commit", "-q", "-m", "for no Windows");

        assertRefused("A push must have sound objects", clone, "push", "origin", "main");
    }

    @Test
    void gitThatKnowsOfNoOptionsAndNoCertificatesSendsNone() {
        Pushing clone = cloned().commit("prompt.md", "three");

        assertRefused("does not support push options", clone, "push", "-o", "ci.skip", "origin", "main");
        assertRefused("does not support --signed push", clone, "push", "--signed", "origin", "main");
    }

    @Test
    void whatNobodyMaySeeIsNotAdvertised() {
        String seen = server.advertised();

        assertTrue(seen.contains(at("main") + " refs/heads/main"), seen);
        assertFalse(seen.contains(RefNames.HIDDEN), seen);
        assertFalse(seen.contains(at(RefNames.SETTINGS)), seen);
    }

    @Test
    void aRefusalByTheJudgeIsSaidOfEachCommand() {
        server.whenJudged(push -> {
            throw new PromptException(new Problem.Contended());
        });
        Pushing clone = cloned().commit("prompt.md", "three");

        assertRefused("(Others were writing all the time; push again.)", clone, "push", "origin", "main", "main:b");
    }

    @Test
    void aFailureOfTheServersIsSaidInWordsOfItsOwn() {
        server.whenJudged(push -> {
            throw new IllegalStateException("the disk is full of secrets");
        });
        Pushing clone = cloned().commit("prompt.md", "three");

        assertRefused("(The server failed; fetch to see where it is.)", clone, "push", "origin", "main");
        assertFalse(clone.tried("push", "origin", "main").text().contains("secrets"));
    }

    @Test
    void clientsThatCanDoLessAreToldAsMuch() {
        ObjectId one = ObjectId.fromString("1".repeat(40));

        String bare =
                server.receive(PushBytes.with("").create("refs/heads/b", one).pack(new byte[0]));
        String banded = server.receive(
                PushBytes.with("side-band-64k").create("refs/heads/b", one).pack(new byte[0]));
        String plain = server.receive(
                PushBytes.with("report-status").create("refs/heads/b", one).pack(new byte[0]));

        String sentence = "A push must hold a whole pack: it is cut short or damaged.\n";
        assertEquals(packet("ERR " + sentence), bare);
        assertEquals(packet("\u0003" + sentence) + "0000", banded);
        assertEquals(packet("unpack " + sentence) + packet("ng refs/heads/b " + sentence) + "0000", plain);
    }

    private static String packet(String text) {
        return "%04x".formatted(text.length() + 4) + text;
    }

    @Test
    void whoOnlyAsksGetsNoAnswerAndNoError() {
        assertEquals("", server.receive(new byte[0]));
        assertEquals("", server.receive("0000".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void whatBreaksOffIsNotAcknowledgedAndLeavesNothing() throws IOException {
        byte[] push = PushBytes.of()
                .create("refs/tags/x", PackBytes.id(Constants.OBJ_BLOB, new byte[] {'x'}))
                .pack(new PackBytes().blob("x").bytes());
        Map<String, String> before = server.files();

        for (int length = 1; length < push.length; length++) {
            String said = server.receiveBrokenOff(push, length);
            assertTrue(said.contains("The push broke off before all of it had come."), said);
        }

        assertEquals(before, server.files());
    }

    @Test
    void aPushThatCannotBeAnsweredIsDoneOrNotAndLeavesNothingBehind() {
        byte[] push = PushBytes.of()
                .create("refs/tags/x", PackBytes.id(Constants.OBJ_BLOB, new byte[] {'x'}))
                .pack(new PackBytes().blob("x").bytes());
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("nobody is there");
            }
        };

        assertThrows(IOException.class, () -> server.receive(new ByteArrayInputStream(push), gone));

        assertEquals(
                List.of(),
                server.files().keySet().stream()
                        .filter(file -> file.startsWith("new/"))
                        .toList());
    }
}
