package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.storage.Quarantine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a quarantine comes in when it is admitted, wholly and once, and is gone otherwise. */
class LocalQuarantineTest {
    private static final String ID = "0123456789abcdef01234567";
    private static final String MAIN = "refs/heads/main";
    private static final PersonIdent EVE = new PersonIdent("Eve", "eve@example.org", Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    private Path root;

    private DataDirectory data;
    private LocalRepositories repositories;
    private Repository git;

    @BeforeEach
    void open() throws IOException {
        start();
        repositories.create(ID, fresh -> {});
        git = repositories.open(ID).orElseThrow();
    }

    private void start() {
        data = DataDirectory.open(root.resolve("data"));
        repositories = new LocalRepositories(data, 8, () -> Instant.EPOCH);
    }

    @AfterEach
    void close() {
        git.close();
        repositories.close();
        data.close();
    }

    private Quarantine quarantine() throws IOException {
        return repositories.quarantine(git, pack -> {});
    }

    private Path bare() {
        return git.getDirectory().toPath();
    }

    /** A history of so many commits in a quarantine, each of a file; the last one's id. */
    static ObjectId history(Quarantine into, String name, int commits) throws IOException {
        try (ObjectInserter inserter = into.repository().newObjectInserter()) {
            ObjectId last = ObjectId.zeroId();
            for (int i = 0; i < commits; i++) {
                last = commit(inserter, name + " " + i, last);
            }
            inserter.flush();
            return last;
        }
    }

    private static ObjectId commit(ObjectInserter inserter, String text, ObjectId parent) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        tree.append(
                "a", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8)));
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(inserter.insert(tree));
        if (!parent.equals(ObjectId.zeroId())) {
            commit.setParentId(parent);
        }
        commit.setAuthor(EVE);
        commit.setCommitter(EVE);
        commit.setMessage(text);
        return inserter.insert(commit);
    }

    private ObjectId admitted(String name, int commits) throws IOException {
        try (Quarantine apart = quarantine()) {
            ObjectId tip = history(apart, name, commits);
            apart.admit(List.of(tip));
            return tip;
        }
    }

    private void point(ObjectId tip) throws IOException {
        repositories.move(git, MAIN, ObjectId.zeroId(), tip);
    }

    private static List<String> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> packs() {
        return files(bare().resolve("objects")).stream()
                .filter(file -> file.startsWith("pack/"))
                .toList();
    }

    private List<String> staged() {
        try (Stream<Path> all = Files.list(root.resolve("data/new"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsNotAdmittedIsGoneWhenItIsClosed() throws IOException {
        List<String> before = files(root);

        try (Quarantine apart = quarantine()) {
            ObjectId tip = history(apart, "x", 1);
            assertTrue(apart.repository().getObjectDatabase().has(tip));
            assertFalse(git.getObjectDatabase().has(tip));
        }

        assertEquals(before, files(root));
        assertEquals(List.of(), staged());
    }

    @Test
    void whatAKillLeavesIsGoneAtTheNextStart() throws IOException {
        Quarantine killed = quarantine();
        history(killed, "x", 1);
        assertEquals(List.of("apart-1"), staged());

        git.close();
        repositories.close();
        data.close();
        start();
        git = repositories.open(ID).orElseThrow();

        assertEquals(List.of(), staged());
        admitted("y", 1);
    }

    @Test
    void aHundredObjectsComeInAsLooseOnes() throws IOException {
        point(admitted("x", 33));

        assertEquals(List.of(), packs());
        assertEquals(99, files(bare().resolve("objects")).size());
        new Git(bare()).requireSound();
    }

    @Test
    void moreComeInAsOnePack() throws IOException {
        point(admitted("x", 34));

        assertEquals(2, packs().size());
        assertEquals(packs(), files(bare().resolve("objects")));
        assertEquals("34", new Git(bare()).run("rev-list", "--count", "main"));
        new Git(bare()).requireSound();
    }

    @Test
    void onlyWhatTheTipsReachComesIn() throws IOException {
        ObjectId other;
        try (Quarantine apart = quarantine()) {
            ObjectId tip = history(apart, "x", 40);
            other = history(apart, "y", 40);
            apart.admit(List.of(tip));
            point(tip);
        }

        assertFalse(git.getObjectDatabase().has(other));
    }

    @Test
    void whatIsKnownDoesNotComeInOnceMore() throws IOException {
        ObjectId first = admitted("x", 40);
        point(first);

        try (Quarantine apart = quarantine();
                ObjectInserter inserter = apart.repository().newObjectInserter()) {
            ObjectId next = commit(inserter, "next", first);
            inserter.flush();
            apart.admit(List.of(next));
        }

        assertEquals(5, files(bare().resolve("objects")).size());
    }

    /** A branch that was deleted comes again: its pack is there, may have readers, and is not written over. */
    @Test
    void thePackThatIsThereStays() throws IOException {
        ObjectId tip = admitted("x", 50);
        List<Object> before = keys();

        assertEquals(tip, admitted("x", 50));

        assertEquals(before, keys());
        point(tip);
        new Git(bare()).requireSound();
    }

    /** Which file each is, not only its name. */
    private List<Object> keys() throws IOException {
        List<Object> keys = new ArrayList<>();
        for (String pack : packs()) {
            keys.add(Files.getAttribute(bare().resolve("objects").resolve(pack), "unix:ino"));
        }
        return keys;
    }

    /** A kill between the pack's two renames leaves a pack that nobody finds. */
    @Test
    void aPackWithoutItsIndexIsReplaced() throws IOException {
        ObjectId tip = admitted("x", 50);
        for (String file : packs()) {
            Path path = bare().resolve("objects").resolve(file);
            if (file.endsWith(".idx")) {
                Files.delete(path);
            } else {
                Files.write(path, new byte[] {1});
            }
        }
        git.close();
        repositories.close();
        repositories = new LocalRepositories(data, 8, () -> Instant.EPOCH);
        git = repositories.open(ID).orElseThrow();

        point(admitted("x", 50));

        assertEquals(tip.name(), new Git(bare()).run("rev-parse", "main"));
        new Git(bare()).requireSound();
    }

    @Test
    void quarantinesDoNotSeeEachOther() throws IOException {
        try (Quarantine one = quarantine();
                Quarantine two = quarantine()) {
            ObjectId mine = history(one, "x", 1);
            ObjectId yours = history(two, "y", 1);

            assertFalse(two.repository().getObjectDatabase().has(mine));
            two.admit(List.of(yours));
            one.admit(List.of(mine));
            assertTrue(two.repository().getObjectDatabase().has(mine));
        }
        assertEquals(List.of(), staged());
    }

    @Test
    void aPromptThatIsDeletedMeanwhileDoesNotComeBackAsAShell() throws IOException {
        Path place = bare();
        try (Quarantine few = quarantine();
                Quarantine many = quarantine()) {
            ObjectId one = history(few, "x", 1);
            ObjectId forty = history(many, "y", 40);
            repositories.trash(ID);

            assertThrows(IOException.class, () -> few.admit(List.of(one)));
            assertThrows(IOException.class, () -> many.admit(List.of(forty)));
        }

        assertFalse(Files.exists(place));
        assertEquals(List.of(), staged());
    }

    @Test
    void afterItIsClosedNothingMoreIsDone() throws IOException {
        Quarantine apart = quarantine();
        ObjectId tip = history(apart, "x", 1);
        apart.close();

        assertThrows(IllegalStateException.class, () -> apart.admit(List.of(tip)));
        assertThrows(IllegalStateException.class, apart::repository);
        apart.close();
    }

    @Test
    void noPackIsReadThatTheCheckRefuses() throws IOException {
        List<String> before = files(root);
        try (Quarantine apart = repositories.quarantine(git, pack -> {
                    throw new IOException("not this one");
                });
                ObjectInserter inserter = apart.repository().newObjectInserter()) {
            assertThrows(
                    IOException.class,
                    () -> inserter.newPackParser(new ByteArrayInputStream("PACK".getBytes(StandardCharsets.US_ASCII))));
        }
        assertEquals(before, files(root));
    }
}
