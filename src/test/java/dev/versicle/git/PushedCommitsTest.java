package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that people made with their own git, put into the repository while the server was stopped. */
class PushedCommitsTest {
    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private Git clone;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        id = house.create("pushed", "one");
        house.save(id, "two");
        house.git(id)
                .run(
                        "clone",
                        "-q",
                        house.repository(id).toString(),
                        root.resolve("clone").toString());
        clone = new Git(root.resolve("clone"));
        clone.run("config", "user.name", "Carol");
        clone.run("config", "user.email", "carol@example.org");
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private void whileStopped(Runnable work) {
        house.close();
        work.run();
        house = new House(root.resolve("data"), house.now.get().plusSeconds(60));
    }

    private void write(String text) {
        try {
            Files.writeString(root.resolve("clone/prompt.md"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void commit(String text, String message, String... options) {
        write(text);
        String[] command = {"commit", "-q", "-a", "--allow-empty", "--allow-empty-message", "-m", message};
        clone.run(java.util.stream.Stream.of(command, options)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new));
    }

    private void push() {
        clone.run("push", "-q", "origin", "main");
    }

    private List<Integer> numbers() {
        return house.prompts.versions(ALICE, id, new Page.Window(1, 100)).items().stream()
                .map(Version::number)
                .toList();
    }

    private Version version(int number) {
        return house.prompts.version(ALICE, id, new VersionRef.Numbered(number));
    }

    @Test
    void aPushedCommitIsTheNextVersionInItsAuthorsWords() {
        whileStopped(() -> {
            commit("three", "Better\n\nBecause it is.\n\nReally.");
            push();
        });

        Version three = version(3);
        assertEquals("three", three.text());
        assertEquals(Optional.of("Better"), three.metadata().title());
        assertEquals(Optional.of("Because it is.\n\nReally."), three.metadata().description());
        assertEquals(Source.CHECKPOINT, three.snapshot().origin().source());
        assertEquals("carol@example.org", three.snapshot().origin().createdBy());
        assertEquals(4, house.save(id, "four").version().number());
        assertEquals("three", version(3).text());
    }

    @Test
    void numbersGoOnThroughPushedAndOwnVersionsHoweverMixed() {
        for (int round = 0; round < 3; round++) {
            int before = 3 * round + 2;
            whileStopped(() -> {
                commit("a" + before, "a");
                commit("a" + before, "the same tree is no version");
                commit("b" + before, "b");
                push();
            });
            assertEquals(before + 3, house.save(id, "own " + before).version().number());
            clone.run("pull", "-q");
        }

        assertEquals(List.of(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), numbers());
        assertEquals("a5", version(6).text());
        assertEquals("b5", version(7).text());
        assertEquals("own 5", version(8).text());
        List<String> live = Look.at(house, id);
        withANewIndex();
        assertEquals(live, Look.at(house, id));
    }

    private void withANewIndex() {
        whileStopped(() -> {
            for (String suffix : List.of("", "-wal", "-shm")) {
                try {
                    Files.deleteIfExists(root.resolve("data/catalog.db" + suffix));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
    }

    @Test
    void aMergeCountsOnTheFirstParentLineAlone() {
        whileStopped(() -> {
            clone.run("checkout", "-q", "-b", "side");
            commit("s1", "s1");
            commit("s2", "s2");
            clone.run("checkout", "-q", "main");
            clone.run("merge", "-q", "--no-ff", "-m", "Merge the side", "side");
            push();
        });

        assertEquals(List.of(3, 2, 1), numbers());
        assertEquals("s2", version(3).text());
        assertEquals(Optional.of("Merge the side"), version(3).metadata().title());
        assertEquals(4, house.save(id, "four").version().number());
    }

    @Test
    void oddMessagesAreReadAsFarAsTheyGo() {
        List<Consumer<String>> ways = List.of(
                text -> commit(text, "one line\nand another\n\nbody"),
                text -> commit(text, "x".repeat(1_000)),
                text -> commit(text, ""),
                text -> commit(text, "Version-like: no\n\nVersionary: 9"),
                text -> {
                    clone.run("config", "i18n.commitEncoding", "ISO-8859-1");
                    write(text);
                    Path file = root.resolve("message");
                    try {
                        Files.write(file, "caf\u00e9 au lait\n".getBytes(StandardCharsets.ISO_8859_1));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    clone.run("commit", "-q", "-a", "-F", file.toString());
                });
        whileStopped(() -> {
            for (int i = 0; i < ways.size(); i++) {
                ways.get(i).accept("text " + i);
            }
            push();
        });

        assertEquals(List.of(7, 6, 5, 4, 3, 2, 1), numbers());
        assertEquals(Optional.of("one line and another"), version(3).metadata().title());
        assertEquals(Optional.of("body"), version(3).metadata().description());
        assertEquals(Optional.of("x".repeat(200)), version(4).metadata().title());
        assertEquals(Metadata.NONE, version(5).metadata());
        assertEquals(Optional.of("Versionary: 9"), version(6).metadata().description());
        assertEquals(Optional.of("caf\u00e9 au lait"), version(7).metadata().title());
    }

    @Test
    void aCopiedHeaderGivesNoNumberTwice() {
        whileStopped(() -> {
            String first = clone.run("rev-parse", "main~1");
            clone.run("checkout", "-q", "--orphan", "again");
            commit("other", "x");
            clone.run("checkout", "-q", "main");
            write("three");
            clone.run("commit", "-q", "-a", "-C", first);
            push();
        });

        assertEquals(List.of(3, 2, 1), numbers());
        assertEquals("one", version(1).text());
        assertEquals("three", version(3).text());
    }

    @Test
    void severalPushedCommitsAllGetTheirDisplayTags() {
        whileStopped(() -> {
            commit("three", "three\n\nDisplay-Version: v3");
            commit("four", "four\n\nDisplay-Version: v4");
            commit("five", "five");
            push();
        });

        assertEquals(3, version(3).number());
        assertEquals(List.of("v3", "v4"), house.git(id).lines("tag"));
    }

    @Test
    void aSlotUnderAPushedVersionIsOverwrittenLikeAnyOther() {
        whileStopped(() -> {
            commit("three", "three");
            commit("four", "four");
            push();
        });

        house.prompts.checkpoint(ALICE, id, draft("drei", new Draft.Slot.InPlace(3), Metadata.NONE), Expected.NOTHING);

        assertEquals("drei", version(3).text());
        assertEquals("carol@example.org", version(3).snapshot().origin().createdBy());
        List<String> live = Look.at(house, id);
        withANewIndex();
        assertEquals(live, Look.at(house, id));
    }

    @Test
    void aRewoundMainIsFollowed() {
        house.save(id, "three");
        whileStopped(() -> house.git(id).run("update-ref", "refs/heads/main", "main~1"));

        assertEquals(List.of(2, 1), numbers());
        assertEquals("two", house.prompts.prompt(ALICE, id).text());
        assertEquals(3, house.save(id, "another three").version().number());
    }

    @Test
    void aVersionThatANoteDeletesIsGoneAndItsNumberIsNeverGivenAgain() {
        house.save(id, "three");
        whileStopped(() -> note("main", "Deleted: true"));

        assertEquals(List.of(2, 1), numbers());
        assertEquals("two", house.prompts.prompt(ALICE, id).text());
        assertTrue(gone(3));
        assertEquals(
                new dev.versicle.prompt.Prompt.Counts(2, 2),
                house.prompts.prompt(ALICE, id).counts());
        assertEquals(4, house.save(id, "three").version().number());
        assertEquals(List.of(4, 2, 1), numbers());
        List<String> live = Look.at(house, id);
        withANewIndex();
        assertEquals(live, Look.at(house, id));
    }

    @Test
    void whereEveryVersionIsDeletedTheBodyIsEmptyAndASaveIsNew() {
        whileStopped(() -> {
            note("main", "Deleted: true");
            note("main~1", "Deleted: true");
        });

        assertEquals(List.of(), numbers());
        assertEquals("", house.prompts.prompt(ALICE, id).text());
        assertEquals(3, house.save(id, "two").version().number());
    }

    @Test
    void aNoteThatMerelyCommentsIsADescription() {
        whileStopped(() -> note("main", "Deleted: perhaps\nby and by"));

        assertEquals(
                Optional.of("Deleted: perhaps\nby and by\n"),
                version(2).metadata().description());
        assertTrue(version(2).edition().updatedAt().isAfter(house.now.get().minusSeconds(3600)));
    }

    @Test
    void aNoteThatCameBeforeItsCommitCountsOnceItIsAVersion() {
        note("main", "Title: known");
        house.prompts.restore(ALICE, id, new VersionRef.Numbered(1));
        clone.run("pull", "-q");
        whileStopped(() -> {
            commit("four", "four");
            clone.run("push", "-q", "origin", "main:refs/heads/side");
            note("side", "Display-Version: early\nDeleted: true");
        });
        assertEquals(List.of(3, 2, 1), numbers());
        whileStopped(() -> push());

        assertEquals(List.of(3, 2, 1), numbers());
        assertTrue(gone(4));
        assertEquals(5, house.save(id, "five").version().number());
    }

    private void note(String commit, String text) {
        house.git(id)
                .run("-c", "user.name=Dan", "-c", "user.email=dan@example.org", "notes", "add", "-m", text, commit);
    }

    private boolean gone(int number) {
        try {
            version(number);
            return false;
        } catch (dev.versicle.prompt.PromptException e) {
            return e.problem() instanceof dev.versicle.prompt.Problem.VersionNotFound;
        }
    }
}
