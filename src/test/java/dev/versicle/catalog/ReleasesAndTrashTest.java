package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.ADMIN;
import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.commit;
import static dev.versicle.catalog.Samples.deleted;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.killed;
import static dev.versicle.catalog.Samples.name;
import static dev.versicle.catalog.Samples.version;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptIndex.ReleaseEntry;
import dev.versicle.prompt.PromptIndex.Released;
import dev.versicle.prompt.PromptIndex.Trashed;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesAndTrashTest {
    private static final Page.Part FIRST = new Page.Part(0, 100);
    private static final Caller ADA = Samples.caller("ada", TEAM, Set.of());

    private final Path file;
    private final SqliteCatalog catalog;

    ReleasesAndTrashTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
        catalog = SqliteCatalog.open(file);
        catalog.complete();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private static SemVer release(String text) {
        return SemVer.parse(text);
    }

    private static Trashed trashed(int number, String owner, int second) {
        return new Trashed(id(number), TEAM, name("prompt " + number), owner, MOMENT.plusSeconds(second));
    }

    @Test
    void releasesAreInTheOrderOfTheirNumbersAndOfLiveVersionsAlone() {
        catalog.record(id(1), change("any", version(1, 11), version(2, 12), deleted(3, 13)));
        catalog.released(
                id(1),
                List.of(
                        new Released(release("1.10.0"), commit(11)),
                        new Released(release("1.9.0"), commit(12)),
                        new Released(release("10.0.0"), commit(11)),
                        new Released(release("9.0.0"), commit(13)),
                        new Released(release("8.0.0"), commit(99))));

        assertEquals(List.of(release("1.10.0"), release("10.0.0")), catalog.releases(id(1), commit(11)));
        assertEquals(List.of(release("9.0.0")), catalog.releases(id(1), commit(13)));
        List<ReleaseEntry> all = List.of(
                new ReleaseEntry(release("10.0.0"), version(1, 11)),
                new ReleaseEntry(release("1.10.0"), version(1, 11)),
                new ReleaseEntry(release("1.9.0"), version(2, 12)));
        assertEquals(new Page<>(all, 3), catalog.releases(id(1), FIRST));
        assertEquals(new Page<>(all.subList(1, 2), 3), catalog.releases(id(1), new Page.Part(1, 1)));
        assertEquals(new Page<>(List.of(), 0), catalog.releases(id(2), FIRST));

        catalog.vanished(id(1));
        catalog.record(id(1), change("any", version(1, 11)));
        assertEquals(List.of(), catalog.releases(id(1), commit(11)));
    }

    @Test
    void downloadsAreCountedThroughLaterChanges() {
        catalog.record(id(1), change("any", version(1, 11)));
        catalog.downloaded(id(1));
        catalog.record(id(1), change("renamed", version(2, 12)));
        catalog.downloaded(id(1));

        assertEquals(
                new Prompt.Counts(2, 2, 2), catalog.prompt(id(1)).orElseThrow().counts());
    }

    @Test
    void theTrashShowsAnOwnerItsOwnAndAnAdministratorAll() {
        for (int i = 1; i <= 4; i++) {
            catalog.record(id(i), change("prompt " + i));
        }
        catalog.trash(trashed(1, "ada", 10), Samples.DELETED, Optional.empty());
        catalog.trash(trashed(2, "bob", 30), Samples.DELETED, Optional.empty());
        catalog.trash(trashed(3, "ada", 20), Samples.DELETED, Optional.empty());

        List<Trashed> all = List.of(trashed(2, "bob", 30), trashed(3, "ada", 20), trashed(1, "ada", 10));
        assertEquals(new Page<>(all, 3), catalog.trashed(ADMIN, FIRST));
        assertEquals(new Page<>(all.subList(1, 3), 2), catalog.trashed(ADA, FIRST));
        assertEquals(new Page<>(all.subList(2, 3), 2), catalog.trashed(ADA, new Page.Part(1, 5)));
        assertEquals(
                new Page<>(List.of(), 0), catalog.trashed(Samples.caller("cyd", TEAM, Set.of(Role.WRITER)), FIRST));
        assertEquals(new Page<>(List.of(), 0), catalog.trashed(Caller.NOBODY, FIRST));
        assertEquals(1, catalog.count());
        assertEquals(Optional.empty(), catalog.find(TEAM, name("prompt 1")));

        catalog.untrash(id(1));
        catalog.untrash(id(1));
        catalog.trash(trashed(3, "cyd", 40), Samples.DELETED, Optional.empty());
        assertEquals(
                new Page<>(List.of(trashed(3, "cyd", 40), trashed(2, "bob", 30)), 2), catalog.trashed(ADMIN, FIRST));
        assertEquals(new Page<>(List.of(), 0), catalog.trashed(ADA, FIRST));
    }

    @Test
    void aPromptThatIsThereIsNotListedAsDeletedByTheStart() {
        catalog.record(id(1), change("alive"));
        catalog.trashed(trashed(1, "ada", 10));
        catalog.trashed(trashed(2, "ada", 10));
        catalog.trashed(trashed(2, "ada", 20));

        assertEquals(new Page<>(List.of(trashed(2, "ada", 20)), 1), catalog.trashed(ADMIN, FIRST));
        assertEquals(1, catalog.count());
    }

    @Test
    void whatAStartDoesNotFindInTheTrashIsNotListedAnyMore() throws IOException {
        catalog.trash(trashed(1, "ada", 10), Samples.DELETED, Optional.empty());
        catalog.trash(trashed(2, "ada", 10), Samples.DELETED, Optional.empty());
        Path copy = killed(file);

        try (SqliteCatalog next = SqliteCatalog.open(copy)) {
            assertEquals(2, next.trashed(ADMIN, FIRST).total());
            next.trashed(trashed(2, "ada", 10));
            next.trash(trashed(3, "bob", 20), Samples.DELETED, Optional.empty());
            next.complete();

            assertEquals(
                    new Page<>(List.of(trashed(3, "bob", 20), trashed(2, "ada", 10)), 2), next.trashed(ADMIN, FIRST));
        }
    }
}
