package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.Visibility;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real git clones and fetches, in every version of the protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FetchTest {
    private static final String[] TEXTS = IntStream.rangeClosed(1, 6)
            .mapToObj(number -> "text " + number + "\n")
            .toArray(String[]::new);

    private Remote remote;

    @BeforeAll
    void start(@TempDir Path directory) {
        remote = Remote.start(directory, Map.of("versicle.git-tags", 3, "versicle.git-wants", 20));
    }

    @AfterAll
    void stop() {
        remote.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aCloneHasEveryVersionTheTagsAndTheNotes(int protocol) {
        PromptId id = remote.create("whole " + protocol, TEXTS);
        Version released = remote.released(id, "seventh\n", "1.0.0");
        Version displayed = remote.displayed(id, "eighth\n", "v8");

        Git git = remote.clone(protocol, Remote.OWNER, "whole%20" + protocol);
        git.run("fetch", "-q", "origin", "refs/notes/*:refs/notes/*");

        assertEquals("refs/heads/main", git.run("symbolic-ref", "HEAD"));
        assertEquals(displayed.commit().hex(), git.run("rev-parse", "HEAD"));
        assertEquals("8", git.run("rev-list", "--count", "HEAD"));
        assertEquals("eighth", git.run("show", "HEAD:prompt.md"));
        assertEquals(released.commit().hex(), git.run("rev-parse", "1.0.0^{commit}"));
        assertEquals("tag", git.run("cat-file", "-t", "1.0.0"));
        assertEquals(displayed.commit().hex(), git.run("rev-parse", "v8"));
        git.requireSound();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFetchBringsWhatCameSince(int protocol) {
        PromptId id = remote.create("since " + protocol, TEXTS);
        Git git = remote.clone(protocol, Remote.OWNER, "since%20" + protocol);
        Version released = remote.released(id, "new\n", "2.0.0");

        git.run("fetch", "-q");

        assertEquals(released.commit().hex(), git.run("rev-parse", "origin/main"));
        assertEquals(released.commit().hex(), git.run("rev-parse", "2.0.0^{commit}"));
        git.requireSound();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aShallowCloneIsDeepenedToADepthAndToTheEnd(int protocol) {
        remote.create("shallow " + protocol, TEXTS);

        Git git = remote.clone(protocol, Remote.OWNER, "shallow%20" + protocol, "--depth=1");
        assertEquals("1", git.run("rev-list", "--count", "HEAD"));
        git.run("fetch", "-q", "--depth=3");
        assertEquals("3", git.run("rev-list", "--count", "HEAD"));
        git.run("fetch", "-q", "--unshallow");

        assertEquals("6", git.run("rev-list", "--count", "HEAD"));
        git.requireSound();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aShallowCloneEndsWhereItIsSaidTo(int protocol) {
        String name = "since%20when%20" + protocol;
        PromptId id = remote.create("since when " + protocol, TEXTS);
        remote.released(id, "released\n", "1.0.0");
        remote.save(id, Draft.checkpoint(Remote.body("after\n")));

        Git excluded = remote.clone(protocol, Remote.OWNER, name, "--shallow-exclude=1.0.0");
        Git since = remote.clone(protocol, Remote.OWNER, name, "--shallow-since=2000-01-01");

        assertEquals("1", excluded.run("rev-list", "--count", "HEAD"));
        assertEquals("8", since.run("rev-list", "--count", "HEAD"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPartialCloneFetchesItsBlobsLater(int protocol) {
        remote.create("blobless " + protocol, TEXTS);

        Git git = remote.clone(protocol, Remote.OWNER, "blobless%20" + protocol, "--filter=blob:none");

        assertEquals("text 6", git.run("show", "HEAD:prompt.md"));
        assertEquals("text 2", git.run("show", "HEAD~4:prompt.md"));
        assertTrue(missing(git) > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aShallowCloneMayBePartialToo(int protocol) {
        remote.create("thin " + protocol, TEXTS);

        Git git = remote.clone(protocol, Remote.OWNER, "thin%20" + protocol, "--depth=2", "--filter=blob:none");

        assertEquals("2", git.run("rev-list", "--count", "HEAD"));
        assertEquals("text 5", git.run("show", "HEAD~1:prompt.md"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPartialCloneFetchesItsTreesLater(int protocol) {
        remote.create("treeless " + protocol, TEXTS);

        Git git = remote.clone(protocol, Remote.OWNER, "treeless%20" + protocol, "--filter=tree:0", "--no-checkout");

        assertEquals("text 3", git.run("show", "HEAD~3:prompt.md"));
        assertTrue(missing(git) > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPartialCloneLeavesOutWhatIsLarge(int protocol) {
        remote.create("large " + protocol, "small\n", "large ".repeat(1_000));

        Git git =
                remote.clone(protocol, Remote.OWNER, "large%20" + protocol, "--filter=blob:limit=1k", "--no-checkout");

        assertEquals(1, missing(git));
    }

    private static long missing(Git git) {
        return git.lines("rev-list", "--objects", "--missing=print", "--all").stream()
                .filter(line -> line.startsWith("?"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anyCommitThatCanBeReachedIsFetchedByItsId(int protocol) {
        PromptId id = remote.create("by id " + protocol, TEXTS);
        String third = remote.bare(id).run("rev-parse", "main~3");
        Git git = remote.empty(protocol, Remote.READER, "by%20id%20" + protocol);

        git.run("fetch", "-q", "--depth=1", "origin", third);

        assertEquals(third, git.run("rev-parse", "FETCH_HEAD"));
        assertEquals("1", git.run("rev-list", "--count", "FETCH_HEAD"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aCommitOfAMergedBranchIsFetchedByItsIdThoughItIsNoVersion(int protocol) {
        PromptId id = remote.create("merged " + protocol, TEXTS);
        Git bare = remote.bare(id);
        String aside = commit(bare, "aside", "main^{tree}", "main~2");
        bare.run("update-ref", "refs/heads/feature", commit(bare, "on", "main^{tree}", aside));
        Git git = remote.empty(protocol, Remote.READER, "merged%20" + protocol);

        git.run("fetch", "-q", "origin", aside);

        assertEquals(aside, git.run("rev-parse", "FETCH_HEAD"));
    }

    private static String commit(Git git, String message, String tree, String parent) {
        return git.run(
                "-c",
                "user.name=o",
                "-c",
                "user.email=o@example.org",
                "commit-tree",
                tree,
                "-p",
                parent,
                "-m",
                message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theDraftIsThereForThoseAloneWhoMayChangeThePrompt(int protocol) {
        String name = "drafted%20" + protocol;
        PromptId id = remote.create("drafted " + protocol, TEXTS);
        remote.prompts()
                .update(
                        Remote.OWNER,
                        id,
                        new PromptEdit(Optional.empty(), new Field.Keep<>(), Optional.of(new PromptText("secret\n"))));
        Git bare = remote.bare(id);
        String draft = bare.run("rev-parse", "refs/heads/draft");
        String blob = bare.run("rev-parse", "refs/heads/draft:prompt.md");

        Git owners = remote.clone(protocol, Remote.OWNER, name);
        Git readers = remote.clone(protocol, Remote.READER, name);

        assertEquals(draft, owners.run("rev-parse", "origin/draft"));
        assertEquals(List.of("origin/HEAD", "origin/main"), branches(readers));
        assertTrue(readers.refusal("fetch", "origin", "draft").contains("couldn't find remote ref draft"));
        for (String hidden : List.of(draft, blob)) {
            String said = readers.refusal("fetch", "origin", hidden);
            assertTrue(said.contains("not our ref " + hidden), said);
        }
        owners.run("fetch", "-q", "origin", blob);
    }

    private static List<String> branches(Git git) {
        return git.lines("for-each-ref", "--format=%(refname:lstrip=2)", "refs/remotes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatIsTheServersOwnIsFetchedByNobodyWhateverItIsCalled(int protocol) {
        PromptId id = remote.create("own " + protocol, TEXTS);
        Git bare = remote.bare(id);
        Git git = remote.empty(protocol, Remote.OWNER, "own%20" + protocol);

        assertTrue(git.lines("ls-remote", "origin").stream().noneMatch(line -> line.contains("refs/meta")));
        assertEquals("", git.run("ls-remote", "origin", "refs/meta/*"));
        assertTrue(git.refusal("fetch", "origin", "refs/meta/prompt").contains("couldn't find remote ref"));
        for (String object : List.of("refs/meta/prompt", "refs/meta/prompt^{tree}", "refs/meta/prompt:prompt.json")) {
            String hidden = bare.run("rev-parse", object);
            for (String depth : List.of("--depth=1", "--no-tags")) {
                String said = git.refusal("fetch", depth, "origin", hidden);
                assertTrue(said.contains("not our ref " + hidden), said);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatIsNotThereIsRefusedAsWhatIsHiddenIs(int protocol) {
        remote.create("missing " + protocol, TEXTS);
        Git git = remote.empty(protocol, Remote.OWNER, "missing%20" + protocol);
        String nothing = "12345678".repeat(5);

        String said = git.refusal("fetch", "--depth=1", "origin", nothing);

        assertTrue(said.contains("not our ref " + nothing), said);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anOverwrittenSlotIsNotAdvertisedAndFetchedByItsId(int protocol) {
        PromptId id = remote.create("slots " + protocol, TEXTS);
        Version second = remote.save(
                id,
                new Draft(
                        Remote.body("second anew\n"),
                        new Draft.Slot.Exactly(2),
                        Optional.empty(),
                        Metadata.NONE,
                        Source.CHECKPOINT));
        Git git = remote.empty(protocol, Remote.READER, "slots%20" + protocol);

        assertTrue(git.lines("ls-remote", "origin").stream().noneMatch(line -> line.contains("refs/versions")));
        git.run("fetch", "-q", "origin", second.commit().hex());

        assertEquals("second anew", git.run("show", "FETCH_HEAD:prompt.md"));
    }

    @Test
    void anOverwrittenSlotIsFetchedByItsNameInVersion2() {
        PromptId id = remote.create("named slots", TEXTS);
        Draft.Slot slot = new Draft.Slot.Exactly(2);
        remote.save(
                id, new Draft(Remote.body("second anew\n"), slot, Optional.empty(), Metadata.NONE, Source.CHECKPOINT));
        Git git = remote.empty(2, Remote.READER, "named%20slots");

        git.run("fetch", "-q", "origin", "refs/versions/2");
        assertEquals("second anew", git.run("show", "FETCH_HEAD:prompt.md"));
        git.run("fetch", "-q", "origin", "refs/versions/*:refs/versions/*");
        assertEquals("second anew", git.run("show", "refs/versions/2:prompt.md"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void ofManyTagsTheHighestReleasesAreToldOfThenTheNewestDisplayVersions(int protocol) {
        PromptId id = remote.create("tags " + protocol, TEXTS);
        remote.released(id, "a\n", "1.9.0");
        remote.displayed(id, "b\n", "old");
        remote.displayed(id, "c\n", "new");
        remote.released(id, "d\n", "1.10.0");
        String old = remote.bare(id).run("rev-parse", "old");
        Git git = remote.empty(protocol, Remote.READER, "tags%20" + protocol);

        List<String> tags = git.lines("ls-remote", "--tags", "--refs", "origin").stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
        git.run("fetch", "-q", "origin", old);

        assertEquals(List.of("refs/tags/1.10.0", "refs/tags/1.9.0", "refs/tags/new"), tags);
        assertEquals(old, git.run("rev-parse", "FETCH_HEAD"));
    }

    @Test
    void aTagThatNobodyIsToldOfIsFetchedByItsNameInVersion2AndByItsOwnId() {
        PromptId id = remote.create("more tags", TEXTS);
        IntStream.range(0, 5).forEach(patch -> remote.released(id, "text of " + patch, "1.0." + patch));
        String tag = remote.bare(id).run("rev-parse", "1.0.0");

        Git git = remote.empty(2, Remote.READER, "more%20tags");
        git.run("fetch", "-q", "origin", "tag", "1.0.0");
        Git old = remote.empty(0, Remote.READER, "more%20tags");
        old.run("fetch", "-q", "origin", tag);

        assertEquals(tag, git.run("rev-parse", "1.0.0"));
        assertEquals(tag, old.run("rev-parse", "FETCH_HEAD"));
    }

    @Test
    void tagsByAnotherHandAreToldOfWhereThereIsRoom() {
        PromptId id = remote.create("other tags", TEXTS);
        remote.bare(id).run("tag", "by-hand", "main~1");
        Git git = remote.empty(2, Remote.READER, "other%20tags");

        assertTrue(git.run("ls-remote", "--tags", "origin").contains("refs/tags/by-hand"));
    }

    @Test
    void deepeningByANumberOfCommitsIsRefusedInWords() {
        remote.create("deeper", TEXTS);
        Git git = remote.clone(2, Remote.OWNER, "deeper", "--depth=1");

        String said = git.refusal("fetch", "--deepen=2");

        assertTrue(said.contains("This server cannot deepen a clone by a number of commits."), said);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aFetchThatNamesTooManyObjectsIsRefusedInWords(int protocol) {
        remote.create(
                "many " + protocol,
                IntStream.range(0, 30).mapToObj(Integer::toString).toArray(String[]::new));
        Git git = remote.clone(protocol, Remote.OWNER, "many%20" + protocol, "--filter=blob:none", "--no-checkout");
        String[] all = git.lines("rev-list", "--objects", "--missing=print", "--all").stream()
                .filter(line -> line.startsWith("?"))
                .map(line -> line.substring(1))
                .toArray(String[]::new);
        assertEquals(30, all.length);
        String[] fetch = new String[all.length + 2];
        fetch[0] = "fetch";
        fetch[1] = "origin";
        System.arraycopy(all, 0, fetch, 2, all.length);

        String said = git.refusal(fetch);

        assertTrue(said.contains("A fetch may name 20 objects at most."), said);
    }

    @Test
    void anEmptyPromptIsClonedWithMainAheadOfItsFirstVersion() {
        PromptId id = remote.create("empty", Visibility.PRIVATE);
        Git git = remote.clone(2, Remote.OWNER, "empty", "-c", "init.defaultBranch=other");

        assertEquals("refs/heads/main", git.run("symbolic-ref", "HEAD"));
        remote.save(id, Draft.checkpoint(Remote.body("first\n")));
        git.run("pull", "-q");
        assertEquals("first", git.run("show", "HEAD:prompt.md"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPromptIsClonedByAFormerNameAndWithoutTheSuffixAndFromAFolder(int protocol) {
        PromptId id = remote.create("folder " + protocol + "/old", TEXTS);
        remote.prompts()
                .update(
                        Remote.OWNER,
                        id,
                        new PromptEdit(
                                Optional.of(new PromptName("folder " + protocol + "/new")),
                                new Field.Keep<>(),
                                Optional.empty()));
        String folder = "folder%20" + protocol;

        for (String name : List.of(folder + "/new", folder + "%2Fnew", folder + "/old", folder + "%2Fold")) {
            String url = remote.url(Remote.OWNER, name);
            assertEquals("6", remote.clone(protocol, url).run("rev-list", "--count", "HEAD"));
            String bare = url.substring(0, url.length() - ".git".length());
            assertEquals("6", remote.clone(protocol, bare).run("rev-list", "--count", "HEAD"));
        }
    }

    @Test
    void everybodyClonesAPublicPrompt() {
        PromptId id = remote.create("public", Visibility.PUBLIC);
        remote.save(id, Draft.checkpoint(Remote.body("open\n")));

        Git git = remote.clone(2, remote.server.uri("/git/default/public.git").toString());

        assertEquals("open", git.run("show", "HEAD:prompt.md"));
        assertTrue(git.refusal("push", "origin", "HEAD:refs/heads/mine").contains("could not read Username"));
    }
}
