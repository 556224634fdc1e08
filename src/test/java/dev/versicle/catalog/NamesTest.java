package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.name;
import static dev.versicle.catalog.Samples.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who holds which name, and since when. */
class NamesTest {
    private final SqliteCatalog catalog;

    NamesTest(@TempDir Path directory) {
        catalog = SqliteCatalog.open(directory.resolve("catalog.db"));
        catalog.complete();
    }

    @BeforeEach
    void fill() {
        catalog.record(id(1), change("greeting", version(1, 11), version(2, 12)));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void aBorneNameIsFoundInItsNamespaceOnly() {
        assertEquals(Optional.of(id(1)), catalog.find(TEAM, name("greeting")));
        assertEquals(Optional.empty(), catalog.find(new Namespace("other"), name("greeting")));
        assertEquals(Optional.empty(), catalog.find(TEAM, name("Greeting")));
    }

    @Test
    void aNameInAnyScriptWithQuotesIsKept() {
        String text = "it's \"ñ\" 日本語 👩‍🚀 %_";

        catalog.record(id(2), change(text));

        assertEquals(Optional.of(id(2)), catalog.find(TEAM, name(text)));
    }

    @Test
    void aTakenNameCannotBeClaimedByAnother() {
        assertTaken("greeting", () -> catalog.claim(TEAM, name("greeting"), id(2)));
        assertEquals(List.of(id(1)), catalog.known());
    }

    @Test
    void thePromptThatHasANameMayClaimItAgain() {
        catalog.claim(TEAM, name("greeting"), id(1));
        catalog.claim(TEAM, name("farewell"), id(1));
        catalog.claim(TEAM, name("farewell"), id(1));

        assertTaken("farewell", () -> catalog.claim(TEAM, name("farewell"), id(2)));
    }

    @Test
    void aClaimedNameIsHeldButNotFoundUntilItIsBorne() {
        catalog.claim(TEAM, name("farewell"), id(2));

        assertEquals(Optional.empty(), catalog.find(TEAM, name("farewell")));
        assertTaken("farewell", () -> catalog.claim(TEAM, name("farewell"), id(3)));
        assertEquals(List.of(id(1)), catalog.known());
    }

    @Test
    void theSameNameMayBeClaimedInTwoNamespaces() {
        catalog.claim(new Namespace("other"), name("greeting"), id(2));

        assertEquals(List.of(id(1)), catalog.known());
    }

    @Test
    void aRenamedPromptBearsTheNewNameAndFreesTheOld() {
        catalog.claim(TEAM, name("farewell"), id(1));
        catalog.record(id(1), change("farewell"));

        assertEquals(Optional.of(id(1)), catalog.find(TEAM, name("farewell")));
        assertEquals(Optional.empty(), catalog.find(TEAM, name("greeting")));
        catalog.claim(TEAM, name("greeting"), id(2));
    }

    @Test
    void aSaveInTheMiddleOfARenamingLeavesTheNewNameClaimed() {
        catalog.claim(TEAM, name("farewell"), id(1));
        catalog.record(id(1), change("greeting"));

        PromptException taken = assertThrows(PromptException.class, () -> catalog.claim(TEAM, name("farewell"), id(2)));

        assertEquals(new Problem.NameTaken(name("farewell")), taken.problem());
    }

    @Test
    void aClaimGivenBackIsFree() {
        catalog.claim(TEAM, name("farewell"), id(2));
        catalog.release(TEAM, name("farewell"), id(2));

        catalog.claim(TEAM, name("farewell"), id(3));
    }

    @Test
    void releasingAfterAFailedRenameKeepsTheBorneName() {
        catalog.claim(TEAM, name("farewell"), id(1));
        catalog.release(TEAM, name("farewell"), id(1));
        catalog.release(TEAM, name("greeting"), id(1));

        assertEquals(Optional.of(id(1)), catalog.find(TEAM, name("greeting")));
        assertTaken("greeting", () -> catalog.claim(TEAM, name("greeting"), id(2)));
    }

    @Test
    void nobodyReleasesTheClaimOfAnother() {
        catalog.claim(TEAM, name("farewell"), id(2));
        catalog.release(TEAM, name("farewell"), id(3));

        assertTaken("farewell", () -> catalog.claim(TEAM, name("farewell"), id(3)));
    }

    @Test
    void recordingUnderTheNameOfAnotherChangesNothing() {
        catalog.record(id(2), change("farewell", version(1, 21)));
        PromptIndex.PromptEntry before = catalog.prompt(id(2)).orElseThrow();

        assertTaken("greeting", () -> catalog.record(id(2), change("greeting", version(2, 22))));

        assertEquals(before, catalog.prompt(id(2)).orElseThrow());
        assertEquals(Optional.empty(), catalog.byNumber(id(2), 2));
        assertEquals(Optional.of(id(2)), catalog.find(TEAM, name("farewell")));
        assertEquals(Optional.of(id(1)), catalog.find(TEAM, name("greeting")));
    }

    @Test
    void recordingUnderANameThatAnotherHasClaimedIsRefused() {
        catalog.claim(TEAM, name("farewell"), id(2));

        assertTaken("farewell", () -> catalog.record(id(3), change("farewell")));
        assertEquals(Optional.empty(), catalog.prompt(id(3)));
    }

    private static void assertTaken(String name, Runnable call) {
        PromptException refusal = assertThrows(PromptException.class, call::run);
        assertEquals(new Problem.NameTaken(name(name)), refusal.problem());
    }
}
