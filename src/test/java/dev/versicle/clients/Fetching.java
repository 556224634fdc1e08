package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** What clients take out. */
final class Fetching {
    private static final String MAIN = "refs/heads/main";
    private static final String TRACKED = "refs/remotes/origin/main";
    private static final String NOTES = "refs/notes/commits";
    private static final String TAGS = "refs/tags";
    private static final String RELEASE = "refs/tags/1.7.0";
    private static final String DISPLAY_TAG = "refs/tags/v0.4";

    /** So many tags are told of unless a setting says otherwise: the newest. */
    private static final int TAGS_TOLD_MAX = 1_000;

    private Fetching() {}

    static void list(Stage stage) {
        Host.Shared prompt = stage.host().shared;

        Said said = stage.client().list(prompt.remote()).required();

        assertEquals(Host.refs(prompt.repository(), MAIN, NOTES, TAGS), refs(said.words(), "refs/"));
    }

    static void whole(Stage stage) {
        Host.Shared prompt = stage.host().shared;

        stage.client().clone(prompt.remote(), stage.directory(), 0, true).required();

        checkedOut(stage, prompt);
        assertEquals(Host.refs(prompt.repository(), TAGS), Host.refs(stage.judge(), TAGS));
        assertEquals(count(prompt.repository(), MAIN), count(stage.judge(), "HEAD"));
    }

    static void shallow(Stage stage) {
        Host.Shared prompt = stage.host().shared;

        stage.client().clone(prompt.remote(), stage.directory(), 1, false).required();

        checkedOut(stage, prompt);
        assertEquals(1, count(stage.judge(), "HEAD"));
    }

    static void deepened(Stage stage) {
        Host.Shared prompt = stage.host().shared;
        new RealGit(2).clone(prompt.remote(), stage.directory(), 1, false).required();

        fetch(stage, prompt, 3, new GitClient.Fetch(MAIN, TRACKED));

        assertEquals(3, count(stage.judge(), TRACKED));
        same(stage, prompt, MAIN, TRACKED);
    }

    static void oneTag(Stage stage) {
        Host.Shared prompt = stage.host().shared;
        stage.init(prompt.remote());

        fetch(stage, prompt, 0, GitClient.Fetch.of(RELEASE));
        fetch(stage, prompt, 0, GitClient.Fetch.of(DISPLAY_TAG));

        // libgit2 brings others with them
        assertEquals(
                Host.refs(prompt.repository(), RELEASE, DISPLAY_TAG), Host.refs(stage.judge(), RELEASE, DISPLAY_TAG));
        stage.judge().requireSound();
    }

    static void byId(Stage stage) {
        Host.Shared prompt = stage.host().shared;
        stage.init(prompt.remote());
        String id = prompt.repository().run("rev-parse", MAIN + "~5");

        fetch(stage, prompt, 0, new GitClient.Fetch(id, "refs/heads/fetched"));

        assertEquals(id, stage.judge().run("rev-parse", "refs/heads/fetched"));
        assertEquals(count(prompt.repository(), id), count(stage.judge(), id));
        stage.judge().requireSound();
    }

    static void later(Stage stage) {
        Host.Shared prompt = stage.host().prompt(2);
        stage.client().clone(prompt.remote(), stage.directory(), 0, true).required();
        stage.host().save(prompt, 10);

        fetch(stage, prompt, 0, new GitClient.Fetch(MAIN, TRACKED));

        assertEquals(12, count(stage.judge(), TRACKED));
        same(stage, prompt, MAIN, TRACKED);
    }

    static void notes(Stage stage) {
        Host.Shared prompt = stage.host().shared;
        stage.init(prompt.remote());

        fetch(stage, prompt, 0, GitClient.Fetch.of(NOTES));

        same(stage, prompt, NOTES, NOTES);
    }

    static void manyTags(Stage stage) {
        Host.Shared prompt = stage.host().many;
        String told = refs(stage.client().list(prompt.remote()).required().words(), TAGS);

        stage.client().clone(prompt.remote(), stage.directory(), 0, true).required();

        checkedOut(stage, prompt);
        assertEquals(told, Host.refs(stage.judge(), TAGS));
        assertEquals(TAGS_TOLD_MAX, told.lines().count());
        assertEquals(ManyVersions.VERSIONS, count(stage.judge(), "HEAD"));
    }

    static void empty(Stage stage) {
        Host.Shared prompt = stage.host().prompt(0);

        assertEquals("", refs(stage.client().list(prompt.remote()).required().words(), "refs/"));
        stage.client().clone(prompt.remote(), stage.directory(), 0, true).required();

        assertTrue(Files.isDirectory(stage.directory().resolve(".git")));
        stage.judge().requireSound();
    }

    private static void fetch(Stage stage, Host.Shared prompt, int depth, GitClient.Fetch what) {
        stage.client().fetch(prompt.remote(), stage.directory(), depth, what).required();
    }

    /** The clone is whole, its files are those of the latest version, and Git sees no change in them. */
    private static void checkedOut(Stage stage, Host.Shared prompt) {
        same(stage, prompt, MAIN, "HEAD");
        assertEquals("", stage.judge().run("status", "--porcelain"));
    }

    private static void same(Stage stage, Host.Shared prompt, String there, String here) {
        stage.judge().requireSound();
        assertEquals(
                prompt.repository().lines("rev-parse", there, there + "^{tree}"),
                stage.judge().lines("rev-parse", here, here + "^{tree}"));
    }

    private static int count(Git repository, String tip) {
        return Integer.parseInt(repository.run("rev-list", "--count", tip));
    }

    /** Of what a client lists, the refs below {@code prefix}; what an annotated tag peels to is not a ref. */
    private static String refs(String words, String prefix) {
        List<String> lines = words.lines()
                .filter(line -> line.contains("\t" + prefix) && !line.endsWith("^{}"))
                .sorted()
                .toList();
        return lines.stream().collect(Collectors.joining("\n"));
    }
}
