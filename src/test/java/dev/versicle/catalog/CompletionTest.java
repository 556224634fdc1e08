package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.ADMIN;
import static dev.versicle.catalog.Samples.FIRST_PAGE;
import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.TIPS;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.killed;
import static dev.versicle.catalog.Samples.name;
import static dev.versicle.catalog.Samples.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the declaration that the index is whole puts in order. */
class CompletionTest {
    private final Path file;

    CompletionTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    @Test
    void completingPutsListsInTheOrderOfTheLastChanges() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(1), at(1, 30));
            catalog.record(id(2), at(2, 10));
            catalog.record(id(3), at(3, 20));
            catalog.record(id(4), at(4, 20));
            catalog.complete();

            assertEquals(
                    List.of(id(1), id(4), id(3), id(2)),
                    catalog.readable(ADMIN, FIRST_PAGE).items());
            assertEquals(
                    List.of(id(1), id(4), id(3), id(2)),
                    catalog.readable(Samples.caller("ada", TEAM, Set.of()), FIRST_PAGE)
                            .items());
            catalog.record(id(2), at(2, 40));
            assertEquals(id(2), catalog.readable(ADMIN, FIRST_PAGE).items().getFirst());
        }
    }

    @Test
    void changesMadeWhileTheIndexIsMadeStayTheNewest() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(5), at(5, 100));
            catalog.record(id(1), at(1, 30));
            catalog.record(id(4), at(4, 100));
            catalog.record(id(2), at(2, 40));
            catalog.record(id(5), at(5, 101));
            catalog.record(id(3), at(3, 20));
            catalog.complete();

            assertEquals(
                    List.of(id(5), id(4), id(2), id(1), id(3)),
                    catalog.readable(ADMIN, FIRST_PAGE).items());
        }
    }

    @Test
    void namesAreNotToldWhileTheyAreNotAllKnown() {
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(1), at(1, 30));
            List<Runnable> calls = List.of(
                    () -> catalog.find(TEAM, name("prompt 1")),
                    () -> catalog.former(TEAM, name("prompt 1")),
                    () -> catalog.claim(TEAM, name("prompt 2"), id(2)));
            for (Runnable call : calls) {
                PromptException refused = assertThrows(PromptException.class, call::run);
                assertEquals(new Problem.Starting(), refused.problem());
            }
            catalog.reached(1, 1);
            assertEquals(new PromptIndex.Progress(PromptIndex.State.EMPTY, 1, 1), catalog.progress());

            catalog.complete();
            assertEquals(new PromptIndex.Progress(PromptIndex.State.COMPLETE, 1, 1), catalog.progress());
            assertEquals(Optional.of(id(1)), catalog.find(TEAM, name("prompt 1")));
        }
    }

    @Test
    void aRebuildThatWasKilledIsStillPutInOrderAtItsEnd() throws IOException {
        Path copy;
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(1), at(1, 30));
            catalog.record(id(2), at(2, 10));
            copy = killed(file);
        }

        try (SqliteCatalog catalog = SqliteCatalog.open(copy)) {
            catalog.record(id(3), at(3, 20));
            catalog.complete();
            assertEquals(
                    List.of(id(1), id(3), id(2)),
                    catalog.readable(ADMIN, FIRST_PAGE).items());
        }
    }

    @Test
    void completingFreesNamesThatAKilledServerHadClaimed() throws IOException {
        Path copy;
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            catalog.record(id(1), at(1, 10));
            catalog.complete();
            catalog.claim(TEAM, name("half renamed"), id(1));
            copy = killed(file);
        }

        try (SqliteCatalog catalog = SqliteCatalog.open(copy)) {
            catalog.claim(TEAM, name("in this run"), id(2));
            assertThrows(PromptException.class, () -> catalog.claim(TEAM, name("half renamed"), id(3)));
            catalog.complete();
            catalog.claim(TEAM, name("half renamed"), id(3));
            assertThrows(PromptException.class, () -> catalog.claim(TEAM, name("in this run"), id(3)));
            assertEquals(Optional.of(id(1)), catalog.find(TEAM, name("prompt 1")));
        }
    }

    private static PromptIndex.Change at(int number, int seconds) {
        return new PromptIndex.Change(named("prompt " + number), TIPS, MOMENT.plusSeconds(seconds), List.of());
    }
}
