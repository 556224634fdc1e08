package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.BesideOthers;
import dev.versicle.Git;
import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.SettingsDesk;
import dev.versicle.prompt.SettingsEdit;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.TagEdit;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.TrashDesk;
import dev.versicle.prompt.VersionRef;
import dev.versicle.prompt.Visibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of each thing that can be done to a prompt: all of it, once, and nothing else. */
@BesideOthers
class EventsTest {
    private static final Caller ADMIN =
            new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));
    private static final VersionRef LATEST = new VersionRef.Latest();

    @TempDir
    private Path root;

    private House house;
    private PromptId id;
    private long before;

    /** A prompt with two versions. */
    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        id = house.create("greeting", "one");
        new SettingsDesk(house.prompts, house.system).grant(ALICE, id, Map.of("bob", Right.UPDATE));
        house.tick(1);
        house.save(id, "two");
        house.tick(1);
        before = Told.last(house);
    }

    @AfterEach
    void close() {
        house.requireSound();
        house.close();
    }

    private List<String> told() {
        List<String> told = Told.since(house, before);
        before = Told.last(house);
        return told;
    }

    private static Metadata displayed(String text) {
        return new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(text)), Optional.empty(), Optional.empty());
    }

    private static Draft released(String text, String release, Metadata metadata) {
        return new Draft(
                body(text), new Draft.Slot.Next(), Optional.of(SemVer.parse(release)), metadata, Source.MANUAL_SAVE);
    }

    private void edit(int number, Field<DisplayVersion> display, Field<String> description) {
        MetadataEdit edit = new MetadataEdit(display, new Field.Keep<>(), description);
        house.prompts.edit(BOB, id, new VersionRef.Numbered(number), edit, Expected.NOTHING);
    }

    private void display(int number, String text) {
        edit(number, new Field.Set<>(new DisplayVersion(text)), new Field.Keep<>());
    }

    private String commit(int number) {
        return house.prompts
                .version(ALICE, id, new VersionRef.Numbered(number))
                .commit()
                .hex();
    }

    private Pusher carol() {
        return Pusher.clone(house, id, root.resolve("carol"));
    }

    @Test
    void aNewPrompt() {
        house.create("other", "text");

        assertEquals(
                List.of(
                        "prompt.created other by alice",
                        "push refs/heads/main - v1 by alice",
                        "version.created 1 by alice"),
                told());
    }

    @Test
    void aNewPromptWithoutAText() {
        house.prompts.create(BOB, new NewPrompt(new PromptName("empty"), Optional.empty(), Optional.empty()));

        assertEquals(List.of("prompt.created empty by bob"), told());
    }

    @Test
    void aSave() {
        house.save(id, "three");
        assertEquals(List.of("push refs/heads/main v2 v3 by alice", "version.created 3 by alice"), told());

        house.save(id, "three");
        assertEquals(List.of(), told());
    }

    @Test
    void aReleaseWithADisplayVersion() {
        house.save(id, released("three", "1.0.0", displayed("beta")));

        assertEquals(
                List.of(
                        "push refs/heads/main v2 v3 by alice",
                        "version.created 3 by alice",
                        "push refs/tags/1.0.0 - tag v3 by alice",
                        "push refs/tags/beta - v3 by alice"),
                told());
    }

    @Test
    void aReleaseOnAnUnchangedTree() {
        house.save(id, released("two", "1.0.0", Metadata.NONE));

        assertEquals(List.of("push refs/tags/1.0.0 - tag v2 by alice"), told());
    }

    @Test
    void aReleaseInADisplayTagsWay() {
        display(1, "1.0.0/beta");
        told();

        house.save(id, released("three", "1.0.0", Metadata.NONE));

        assertEquals(
                List.of(
                        "push refs/heads/main v2 v3 by alice",
                        "version.created 3 by alice",
                        "push refs/tags/1.0.0/beta v1 - by alice",
                        "push refs/tags/1.0.0 - tag v3 by alice"),
                told());
    }

    @Test
    void draftsTagsAndRightsAreNoEvents() {
        house.prompts.saveDraft(ALICE, id, new PromptText("draft"));
        house.prompts.dropDraft(ALICE, id);
        house.prompts.tag(ALICE, id, new TagEdit(Set.of(new Tag("a", "")), Set.of()));
        publish();

        assertEquals(List.of(), told());
    }

    private void publish() {
        settings(Optional.empty(), Optional.of(Visibility.PUBLIC));
    }

    private void settings(Optional<Namespace> namespace, Optional<Visibility> visibility) {
        SettingsEdit edit = new SettingsEdit(
                new SettingsEdit.Place(namespace, Optional.empty()),
                new Field.Keep<>(),
                Optional.empty(),
                new SettingsEdit.AccessEdit(visibility, Optional.empty()));
        new SettingsDesk(house.prompts, house.system).change(ADMIN, id, edit);
    }

    @Test
    void anEditOfADescription() {
        edit(1, new Field.Keep<>(), new Field.Set<>("why"));
        assertEquals(List.of("push refs/notes/commits - . by bob", "metadata.changed 1 by bob"), told());

        edit(1, new Field.Keep<>(), new Field.Set<>("why"));
        assertEquals(List.of(), told());
    }

    @Test
    void aDisplayVersionThatMovesToAnotherVersion() {
        display(1, "stable");
        told();

        display(2, "stable");

        assertEquals(
                List.of(
                        "push refs/notes/commits . . by bob",
                        "metadata.changed 2 by bob",
                        "push refs/tags/stable v1 v2 by bob"),
                told());
    }

    @Test
    void aDisplayVersionThatNoTagCanCarry() {
        display(1, "not a tag ~");

        assertEquals(List.of("push refs/notes/commits - . by bob", "metadata.changed 1 by bob"), told());
    }

    @Test
    void aDeletedVersion() {
        display(1, "stable");
        told();

        house.prompts.deleteVersion(ALICE, id, 1);

        assertEquals(
                List.of(
                        "push refs/notes/commits . . by alice",
                        "metadata.changed 1 deleted by alice",
                        "push refs/tags/stable v1 - by alice"),
                told());
    }

    @Test
    void theLastVersionDeleted() {
        house.prompts.deleteVersion(ALICE, id, 1);
        told();

        house.prompts.deleteVersion(ALICE, id, 2);

        assertEquals(List.of("prompt.deleted [alice, bob] by alice"), told());
    }

    @Test
    void aSlotOverwritten() {
        house.save(id, draft("uno", new Draft.Slot.Exactly(1), Metadata.NONE));

        assertEquals(List.of("version.created 1 by alice"), told());
    }

    @Test
    void theLatestSlotOverwritten() {
        house.save(id, draft("due", new Draft.Slot.Exactly(2), Metadata.NONE));

        assertEquals(List.of("push refs/heads/main old v2 v2 by alice", "version.created 2 by alice"), told());
    }

    @Test
    void aSlotSavedWithOtherMetadataAlone() {
        house.save(id, draft("one", new Draft.Slot.Exactly(1), displayed("stable")));

        assertEquals(
                List.of(
                        "push refs/notes/commits - . by alice",
                        "metadata.changed 1 by alice",
                        "push refs/tags/stable - v1 by alice"),
                told());
    }

    @Test
    void aRestoreOverADraft() {
        house.prompts.saveDraft(ALICE, id, new PromptText("draft"));

        house.prompts.restore(BOB, id, new VersionRef.Numbered(1));

        assertEquals(List.of("push refs/heads/main v2 v3 by bob", "version.created 3 by bob"), told());
    }

    @Test
    void anotherNameAndAnotherNamespace() {
        house.prompts.update(
                ALICE, id, new PromptEdit(Optional.of(new PromptName("hello")), new Field.Keep<>(), Optional.empty()));
        settings(Optional.of(new Namespace("acme")), Optional.empty());

        assertEquals(
                List.of(
                        "prompt.renamed default/greeting default/hello by alice",
                        "prompt.renamed default/hello acme/hello by root"),
                told());
    }

    @Test
    void aDeletionAndAWayBack() {
        display(2, "stable");
        told();

        house.prompts.delete(ALICE, id);
        assertEquals(List.of("prompt.deleted [alice, bob] by alice"), told());

        new TrashDesk(house.prompts, house.store, house.catalog).restore(ADMIN, id);
        assertEquals(
                List.of(
                        "prompt.created greeting by root",
                        "push refs/heads/main - v2 by root",
                        "version.created 2 by root"),
                told());

        house.tick(1);
        display(1, "stable");
        assertEquals(
                List.of(
                        "push refs/notes/commits . . by bob",
                        "metadata.changed 1 by bob",
                        "push refs/tags/stable v2 v1 by bob"),
                told());
    }

    @Test
    void whoCouldReadWhatIsDeletedIsTold() {
        new SettingsDesk(house.prompts, house.system).grant(ADMIN, id, Map.of("carol", Right.READ));
        house.prompts.delete(ALICE, id);
        assertEquals(List.of("prompt.deleted [alice, carol] by alice"), told());

        id = house.create("other", "one");
        publish();
        told();
        house.prompts.delete(ALICE, id);
        assertEquals(List.of("prompt.deleted [alice] open by alice"), told());
    }

    @Test
    void anImport() {
        display(1, "stable");
        house.save(id, released("three", "1.0.0", Metadata.NONE));
        promote("production", 1);
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        transfers(house).write(ALICE, id, bundle);
        house.close();
        house = new House(root.resolve("other"));
        before = 0;

        transfers(house).read(ALICE, id, Bundled.content(bundle.toByteArray()));
        assertEquals(
                List.of(
                        "prompt.created greeting by alice",
                        "push refs/heads/main - v3 by alice",
                        "version.created 3 by alice"),
                told());

        promote("production", 2);
        assertEquals(
                List.of(
                        "environment.moved production v1 v2 why by alice",
                        "push refs/heads/env/production v1 v2 by alice"),
                told());
    }

    private static Transfers transfers(House house) {
        return new Transfers(house.store, house.catalog, house.system, house.now::get);
    }

    @Test
    void aPushOfTwoVersions() {
        Pusher carol = carol();
        carol.commitAt(house.now.get(), "three", "three\n\nDisplay-Version: c");
        carol.commitAt(house.now.get(), "four", "four");

        carol.push(BOB, false, "main:refs/heads/main");

        assertEquals(
                List.of(
                        "push refs/heads/main v2 v4 by bob",
                        "version.created 3 by bob",
                        "version.created 4 by bob",
                        "push refs/tags/c - v3 by bob"),
                told());
    }

    @Test
    void aPushOfACommitThatIsNoVersion() {
        Pusher carol = carol();
        carol.commitAt(house.now.get(), "two", "no change");

        carol.push("main:refs/heads/main");

        assertEquals(List.of("push refs/heads/main v2 . by alice"), told());
    }

    @Test
    void pushedBranchesComeMoveAndGo() {
        Pusher carol = carol();
        carol.push(BOB, false, "main:refs/heads/side", "main:refs/heads/draft");
        carol.commitAt(house.now.get(), "three", "three");
        carol.push(BOB, false, "main:refs/heads/side");
        carol.push(BOB, false, ":refs/heads/side", ":refs/heads/draft");

        assertEquals(
                List.of(
                        "push refs/heads/side - v2 by bob",
                        "push refs/heads/side v2 . by bob",
                        "push refs/heads/side . - by bob"),
                told());
    }

    @Test
    void branchesMadeAndRemovedByCalls() {
        BranchDesk desk = new BranchDesk(house.prompts);
        desk.create(BOB, id, new BranchName("side"), new VersionRef.Written("1"));
        desk.delete(BOB, id, new BranchName("side"), Expected.NOTHING);

        assertEquals(List.of("push refs/heads/side - v1 by bob", "push refs/heads/side v1 - by bob"), told());
    }

    @Test
    void aFastForward() {
        Pusher carol = carol();
        carol.commitAt(house.now.get(), "three", "three");
        carol.commitAt(house.now.get(), "four", "four");
        carol.push("main:refs/heads/side");
        told();

        merge();

        assertEquals(
                List.of("push refs/heads/main v2 v4 by bob", "version.created 3 by bob", "version.created 4 by bob"),
                told());
    }

    private void merge() {
        Merge merge = Merge.of(new BranchName("side"), Optional.empty());
        new BranchDesk(house.prompts).merge(BOB, id, merge, Expected.NOTHING);
    }

    @Test
    void aMergeOfTwoLines() {
        Pusher carol = carol();
        carol.write("more.md", "more");
        carol.commitAt(house.now.get(), "two", "more");
        carol.push("main:refs/heads/side");
        house.save(id, "three");
        told();

        merge();

        assertEquals(List.of("push refs/heads/main v3 v4 by bob", "version.created 4 by bob"), told());
    }

    @Test
    void aMergeThatChangesNothing() {
        Pusher carol = carol();
        carol.commitAt(house.now.get(), "two", "no change");
        carol.push("main:refs/heads/side");
        house.save(id, "three");
        told();

        merge();

        assertEquals(List.of("push refs/heads/main v3 . by bob"), told());
    }

    @Test
    void pushedTags() {
        Pusher carol = carol();
        carol.push(BOB, false, "main:refs/tags/1.0.0", "main~1:refs/tags/stable");
        assertEquals(
                List.of(
                        "push refs/tags/1.0.0 - v2 by bob",
                        "push refs/notes/commits - . by bob",
                        "metadata.changed 1 by bob",
                        "push refs/tags/stable - v1 by bob"),
                told());

        carol.push(BOB, false, "main:refs/tags/stable");
        assertEquals(
                List.of(
                        "push refs/notes/commits . . by bob",
                        "metadata.changed 1 by bob",
                        "metadata.changed 2 by bob",
                        "push refs/tags/stable v1 v2 by bob"),
                told());

        carol.push(BOB, false, ":refs/tags/stable");
        assertEquals(
                List.of(
                        "push refs/notes/commits . . by bob",
                        "metadata.changed 2 by bob",
                        "push refs/tags/stable v2 - by bob"),
                told());
    }

    @Test
    void aRefusedPushIsNoEvent() {
        Pusher carol = carol();
        carol.git.run("notes", "add", "-m", "note", "main");

        carol.push("refs/notes/commits:refs/notes/commits", "main:refs/heads/env", "main:refs/meta/other");

        assertEquals(List.of(), told());
    }

    private void promote(String environment, int number) {
        EnvironmentDesk desk = new EnvironmentDesk(house.prompts);
        EnvironmentName name = new EnvironmentName(environment);
        List<Expected.Stamp> seen = desk.environments(ALICE, id).stream()
                .filter(found -> found.name().equals(name))
                .map(found -> new Expected.Stamp(found.target().commit().hex(), Optional.empty()))
                .toList();
        EnvironmentDesk.Wish wish = new EnvironmentDesk.Wish(new VersionRef.Numbered(number), Optional.of("why"));
        desk.move(ALICE, id, name, wish, new Expected(seen));
    }

    @Test
    void anEnvironmentMadeMovedAndDropped() {
        promote("production", 1);
        promote("production", 2);
        promote("production", 2);
        new EnvironmentDesk(house.prompts).drop(ALICE, id, new EnvironmentName("production"), Expected.NOTHING);

        assertEquals(
                List.of(
                        "environment.moved production - v1 why by alice",
                        "push refs/heads/env/production - v1 by alice",
                        "environment.moved production v1 v2 why by alice",
                        "push refs/heads/env/production v1 v2 by alice",
                        "environment.moved production v2 - by alice",
                        "push refs/heads/env/production v2 - by alice"),
                told());
    }

    @Test
    void anEnvironmentMovedByAPush() {
        promote("production", 1);
        told();

        carol().push(BOB, false, "main:refs/heads/env/production");

        assertEquals(
                List.of("environment.moved production v1 v2 by bob", "push refs/heads/env/production v1 v2 by bob"),
                told());
    }

    /** Gives a ref another commit behind the server's back, as Git's {@code commit-tree} makes it, and says which. */
    private String replace(String ref, String... commit) {
        Git git = house.git(id);
        List<String> author = List.of("-c", "user.name=o", "-c", "user.email=o@example.org", "commit-tree");
        String made = git.run(Stream.concat(author.stream(), Stream.of(commit)).toArray(String[]::new));
        git.run("update-ref", ref, made);
        return made;
    }

    @Test
    void aMainThatDoesNotGoOnIsAPushAndItsNewVersions() {
        display(2, "stable");
        promote("production", 1);
        told();
        String other = replace("refs/heads/main", "main~1^{tree}", "-p", "main~1", "-m", "Other\n\nVersion: 2");

        house.save(id, "three");

        assertEquals(
                List.of(
                        "push refs/heads/main . v2",
                        "version.created 2",
                        "push refs/heads/main v2 v3 by alice",
                        "version.created 3 by alice"),
                told());
        assertEquals(3, house.prompts.version(ALICE, id, LATEST).number());
        assertEquals(
                List.of("production"),
                new EnvironmentDesk(house.prompts)
                        .environments(ALICE, id).stream()
                                .map(found -> found.name().text())
                                .toList());
        assertEquals(other, commit(2));
    }

    /** Opens the house again with the index as it was when it was copied. */
    private void reopenWith(Path index) throws IOException {
        Instant now = house.now.get();
        house.close();
        for (String file : List.of("catalog.db", "catalog.db-wal", "catalog.db-shm")) {
            Files.deleteIfExists(house.root.resolve(file));
            if (Files.exists(index.resolve(file))) {
                Files.copy(index.resolve(file), house.root.resolve(file));
            }
        }
        house = new House(house.root, now);
    }

    @Test
    void everyMoveThatTheIndexLostIsToldOneByOne() throws IOException {
        promote("production", 1);
        told();
        Path before = root.resolve("before");
        Look.copy(house.root, before);
        promote("production", 2);
        promote("staging", 2);
        new EnvironmentDesk(house.prompts).drop(ALICE, id, new EnvironmentName("production"), Expected.NOTHING);
        List<String> moves =
                told().stream().filter(line -> line.startsWith("environment")).toList();

        long known = lastOf(before);
        reopenWith(before);

        assertEquals(
                List.of(
                        moves.get(0),
                        moves.get(1),
                        moves.get(2),
                        "push refs/heads/env/production v1 -",
                        "push refs/heads/env/staging - v2"),
                Told.since(house, known));
        assertEquals(3, moves.size());
    }

    private static long lastOf(Path index) throws IOException {
        Path copy = Files.createTempDirectory(index, "copy");
        for (String file : List.of("catalog.db", "catalog.db-wal")) {
            Files.copy(index.resolve(file), copy.resolve(file));
        }
        try (SqliteCatalog catalog = SqliteCatalog.open(copy.resolve("catalog.db"))) {
            return catalog.events().after(0, 1_000_000).getLast().number();
        }
    }

    @Test
    void environmentsWhoseHistoryIsAnotherAreTakenAsTheyAre() {
        promote("production", 1);
        told();
        replace("refs/meta/environments", "refs/meta/environments^{tree}", "-m", "Other");

        promote("production", 2);

        assertEquals(
                List.of(
                        "environment.moved production v1 v2 why by alice",
                        "push refs/heads/env/production v1 v2 by alice"),
                told());
    }

    @Test
    void anIndexMadeAnewTellsNothingHoweverOftenItsStartIsBrokenOff() throws IOException {
        house.create("other", "text");
        house.save(id, released("three", "1.0.0", displayed("beta")));
        Instant now = house.now.get();
        house.close();
        for (String file : List.of("catalog.db", "catalog.db-wal", "catalog.db-shm")) {
            Files.deleteIfExists(house.root.resolve(file));
        }
        house = new House(house.root, now, new House.Between() {
            @Override
            public boolean settles() {
                return false;
            }
        });
        AtomicInteger left = new AtomicInteger(1);
        house.settlement.reach(() -> left.getAndDecrement() > 0);
        house.close();

        house = new House(house.root, now);

        assertEquals(List.of(), Told.since(house, 0));
        house.save(id, "four");
        assertEquals(
                List.of("push refs/heads/main v3 v4 by alice", "version.created 4 by alice"), Told.since(house, 0));
    }
}
