package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.TIPS;
import static dev.versicle.catalog.Samples.change;
import static dev.versicle.catalog.Samples.commit;
import static dev.versicle.catalog.Samples.deleted;
import static dev.versicle.catalog.Samples.displayed;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.name;
import static dev.versicle.catalog.Samples.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Visibility;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest {
    private final SqliteCatalog catalog;

    SqliteCatalogTest(@TempDir Path directory) {
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
    void anEntryComesBackAsItWasRecorded() {
        assertEquals(
                Optional.of(new PromptIndex.PromptEntry(TIPS, Optional.empty(), new Prompt.Counts(2, 2), MOMENT)),
                catalog.prompt(id(1)));
        assertEquals(Optional.empty(), catalog.prompt(id(2)));
        assertEquals(1, catalog.count());
    }

    @Test
    void anOverwrittenVersionIsFoundByItsCommitOnly() {
        catalog.record(id(1), change("greeting", version(2, 13)));

        assertEquals(Optional.of(version(2, 13)), catalog.byNumber(id(1), 2));
        PromptIndex.VersionEntry before =
                catalog.byCommit(id(1), commit(12).hex()).orElseThrow();
        assertFalse(before.standing().current());
        assertEquals(
                new Prompt.Counts(2, 2), catalog.prompt(id(1)).orElseThrow().counts());
        assertEquals(List.of(version(2, 13), version(1, 11)), catalog.live(id(1), Samples.FIRST_PAGE));
    }

    @Test
    void ofTwoCurrentVersionsOfOneNumberInAChangeTheLaterCounts() {
        catalog.record(id(1), change("greeting", version(3, 13), version(3, 14)));

        assertEquals(Optional.of(version(3, 14)), catalog.byNumber(id(1), 3));
        assertEquals(
                new Prompt.Counts(3, 3), catalog.prompt(id(1)).orElseThrow().counts());
    }

    @Test
    void aDeletedVersionKeepsItsNumberAndIsNotLive() {
        catalog.record(id(1), change("greeting", deleted(2, 12)));

        assertEquals(Optional.of(deleted(2, 12)), catalog.byNumber(id(1), 2));
        assertEquals(Optional.of(version(1, 11)), catalog.latest(id(1)));
        assertEquals(Optional.of(deleted(2, 12)), catalog.floor(id(1), 5));
        assertEquals(
                new Prompt.Counts(1, 1), catalog.prompt(id(1)).orElseThrow().counts());
    }

    @Test
    void aVersionIsFoundByTheBeginningOfItsCommitInItsPromptOnly() {
        String shortId = commit(12).shortId();
        String other = "f".repeat(24);

        assertEquals(Optional.of(version(2, 12)), catalog.byCommit(id(1), shortId));
        assertEquals(
                Optional.of(version(2, 12)), catalog.byCommit(id(1), commit(12).hex()));
        assertEquals(Optional.empty(), catalog.byCommit(id(1), other));
        assertEquals(Optional.empty(), catalog.byCommit(id(2), shortId));
    }

    @Test
    void theFloorOfAGapIsTheNumberBelowIt() {
        catalog.record(id(1), change("greeting", version(9, 19)));

        assertEquals(Optional.of(version(2, 12)), catalog.floor(id(1), 8));
        assertEquals(Optional.of(version(9, 19)), catalog.floor(id(1), Integer.MAX_VALUE));
        assertEquals(Optional.empty(), catalog.floor(id(1), 0));
    }

    @Test
    void theCarrierIsWhoGotTheTextLastThenTheHighestNumber() {
        catalog.record(
                id(1),
                change(
                        "greeting",
                        displayed(3, 13, "v1", MOMENT.plusMillis(1)),
                        displayed(4, 14, "v1", MOMENT),
                        displayed(5, 15, "v2", MOMENT),
                        displayed(6, 16, "v2", MOMENT)));

        assertEquals(
                3,
                catalog.carrier(id(1), new DisplayVersion("v1")).orElseThrow().number());
        assertEquals(
                6,
                catalog.carrier(id(1), new DisplayVersion("v2")).orElseThrow().number());
        assertEquals(Optional.empty(), catalog.carrier(id(1), new DisplayVersion("V1")));
    }

    @Test
    void aClearedDisplayVersionIsCarriedNoMore() {
        catalog.record(id(1), change("greeting", displayed(1, 11, "v1", MOMENT)));
        catalog.record(id(1), change("greeting", version(1, 11)));

        assertEquals(Optional.empty(), catalog.carrier(id(1), new DisplayVersion("v1")));
    }

    @Test
    void theHighestNumberThereIsIsKept() {
        catalog.record(id(1), change("greeting", version(Integer.MAX_VALUE - 1, 13)));

        assertEquals(
                new Prompt.Counts(Integer.MAX_VALUE - 1, 3),
                catalog.prompt(id(1)).orElseThrow().counts());
    }

    @Test
    void nothingOfAForgottenPromptStays() {
        catalog.claim(TEAM, name("farewell"), id(1));
        catalog.record(id(2), change("other", version(1, 21)));

        catalog.vanished(id(1));

        assertEquals(List.of(id(2)), catalog.known());
        assertEquals(Optional.empty(), catalog.prompt(id(1)));
        assertEquals(Optional.empty(), catalog.byCommit(id(1), commit(11).hex()));
        assertEquals(List.of(), catalog.live(id(1), Samples.FIRST_PAGE));
        assertEquals(1, catalog.count());
        assertEquals(new Page<>(List.of(id(2)), 1), catalog.readable(Samples.ADMIN, Samples.FIRST_PAGE));
        catalog.claim(TEAM, name("greeting"), id(3));
        catalog.claim(TEAM, name("farewell"), id(3));
    }

    @Test
    void aForgottenPromptMayComeBack() {
        catalog.vanished(id(1));
        catalog.record(id(1), change("greeting", version(1, 11)));

        assertEquals(
                new Prompt.Counts(1, 1), catalog.prompt(id(1)).orElseThrow().counts());
        assertEquals(Optional.of(version(1, 11)), catalog.latest(id(1)));
    }

    @Test
    void aPromptOfTheOwnersThatIsAlsoGrantedToItIsListedOnce() {
        PromptSettings.Access access = new PromptSettings.Access("bob", Visibility.PRIVATE, Map.of("bob", Right.OWNER));
        catalog.record(id(2), new PromptIndex.Change(Samples.settings(TEAM, "bob's", access), TIPS, MOMENT, List.of()));

        assertEquals(
                new Page<>(List.of(id(2)), 1),
                catalog.readable(Samples.caller("bob", new Namespace("other"), Set.of()), Samples.FIRST_PAGE));
    }

    @Test
    void aPageBehindTheEndIsEmptyAndKnowsTheTotal() {
        Page.Window far = new Page.Window(Page.Window.NUMBER_MAX, Page.Window.LIMIT_MAX);

        assertEquals(new Page<>(List.of(), 1), catalog.readable(Samples.ADMIN, far));
        assertEquals(List.of(), catalog.live(id(1), far));
    }

    @Test
    void callsAfterTheCloseAreRefused() {
        catalog.close();

        assertThrows(IllegalStateException.class, () -> catalog.count());
        assertThrows(IllegalStateException.class, () -> catalog.vanished(id(1)));
    }
}
