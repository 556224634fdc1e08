package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CurrentBody;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SettingsDesk;
import dev.versicle.prompt.SettingsEdit;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.Visibility;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, grants and the current body, on a real disk. */
class SettingsDeskTest {
    private static final Namespace ACME = new Namespace("acme");
    private static final SettingsEdit PUBLISH =
            edit(Optional.empty(), Optional.empty(), Optional.of(Visibility.PUBLIC));

    @TempDir
    private Path root;

    private House house;
    private SettingsDesk desk;
    private PromptId id;

    @BeforeEach
    void open() {
        house = new House(root);
        desk = new SettingsDesk(house.prompts, house.system);
        id = house.create("greeting", "Hello");
    }

    @AfterEach
    void close() {
        house.requireSound();
        house.close();
    }

    private static SettingsEdit edit(
            Optional<Namespace> namespace, Optional<String> name, Optional<Visibility> visibility) {
        return new SettingsEdit(
                new SettingsEdit.Place(namespace, name.map(PromptName::new)),
                new Field.Keep<>(),
                Optional.empty(),
                new SettingsEdit.AccessEdit(visibility, Optional.empty()));
    }

    private static SettingsEdit renaming(String name) {
        return edit(Optional.empty(), Optional.of(name), Optional.empty());
    }

    private static SettingsEdit moving(Namespace namespace) {
        return edit(Optional.of(namespace), Optional.empty(), Optional.empty());
    }

    private static Problem refusal(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    @Test
    void onlyWhatIsNamedIsChanged() {
        SortedSet<Tag> tags = new TreeSet<>(Set.of(new Tag("lang", "en")));
        SettingsEdit edit = new SettingsEdit(
                new SettingsEdit.Place(Optional.empty(), Optional.empty()),
                new Field.Set<>("Says hello"),
                Optional.of(tags),
                new SettingsEdit.AccessEdit(Optional.empty(), Optional.empty()));
        PromptSettings after = desk.change(ALICE, id, edit).settings();
        assertEquals(Optional.of("Says hello"), after.description());
        assertEquals(tags, after.tags());
        assertEquals("greeting", after.name().text());
        assertEquals(Visibility.PRIVATE, after.access().visibility());
    }

    @Test
    void aRenamedPromptIsFoundByItsNewNameAndRemembersTheOld() {
        Prompt after = desk.change(ALICE, id, renaming("folder/salute"));
        assertEquals(Optional.of(id), house.catalog.find(Namespace.DEFAULT, new PromptName("folder/salute")));
        assertEquals(Optional.empty(), house.catalog.find(Namespace.DEFAULT, new PromptName("greeting")));
        assertEquals(List.of("greeting"), after.settings().identity().formerNames());
    }

    @Test
    void aTakenNameChangesNothing() {
        house.create("salute", "Hi");
        assertEquals(
                new Problem.NameTaken(new PromptName("salute")),
                refusal(() -> desk.change(ALICE, id, renaming("salute"))));
        assertEquals(Optional.of(id), house.catalog.find(Namespace.DEFAULT, new PromptName("greeting")));
    }

    @Test
    void anAdministratorMovesAPromptAnywhereAndOthersOnlyHome() {
        Caller admin = new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));
        assertEquals(
                new Problem.Forbidden("moving prompts into namespace acme"),
                refusal(() -> desk.change(ALICE, id, moving(ACME))));
        Prompt moved = desk.change(admin, id, moving(ACME));
        assertEquals(ACME, moved.settings().namespace());
        assertEquals(Optional.of(id), house.catalog.find(ACME, new PromptName("greeting")));
        assertEquals(Optional.empty(), house.catalog.find(Namespace.DEFAULT, new PromptName("greeting")));
        assertEquals(
                Namespace.DEFAULT,
                desk.change(ALICE, id, moving(Namespace.DEFAULT)).settings().namespace());
    }

    @Test
    void aPublicPromptIsReadByEverybodyAndChangedByNobodyMore() {
        assertEquals(new Problem.Unauthenticated(), refusal(() -> house.prompts.prompt(Caller.NOBODY, id)));
        desk.change(ALICE, id, PUBLISH);
        assertEquals("Hello", house.prompts.prompt(Caller.NOBODY, id).text());
        assertEquals("Hello", house.prompts.prompt(BOB, id).text());
        assertEquals(new Problem.Unauthenticated(), refusal(() -> house.prompts.draft(Caller.NOBODY, id)));
        assertEquals(new Problem.Denied(id, Right.UPDATE), refusal(() -> house.prompts.draft(BOB, id)));
    }

    @Test
    void whoMayUpdateDoesNotSayWhoMayRead() {
        desk.grant(ALICE, id, Map.of("bob", Right.UPDATE));
        desk.change(BOB, id, renaming("by-bob"));
        assertEquals(new Problem.Denied(id, Right.OWNER), refusal(() -> desk.change(BOB, id, PUBLISH)));
        assertEquals(new Problem.Denied(id, Right.OWNER), refusal(() -> desk.grant(BOB, id, Map.of())));
    }

    @Test
    void grantsReplaceThoseBefore() {
        desk.grant(ALICE, id, Map.of("bob", Right.READ, "carol", Right.DELETE));
        assertEquals("Hello", house.prompts.prompt(BOB, id).text());
        PromptSettings.Access after = desk.grant(ALICE, id, Map.of("carol", Right.OWNER));
        assertEquals(Map.of("carol", Right.OWNER), after.grants());
        assertEquals(after, desk.access(ALICE, id));
        assertEquals(new Problem.Denied(id, Right.READ), refusal(() -> house.prompts.prompt(BOB, id)));
        assertEquals(0, house.prompts.list(BOB, new Page.Window(1, 10)).total());
    }

    @Test
    void aBlankPrincipalGetsNothing() {
        assertEquals(
                new Problem.Invalid("grants", "must not name a blank principal"),
                refusal(() -> desk.grant(ALICE, id, Map.of(" ", Right.READ))));
    }

    @Test
    void theCurrentBodyIsSavedReadAndDropped() {
        assertEquals(new CurrentBody("Hello", false), house.prompts.draft(ALICE, id));
        assertEquals(new CurrentBody("Hello!", true), house.prompts.saveDraft(ALICE, id, new PromptText("Hello!")));
        assertEquals(new CurrentBody("Hello!", true), house.prompts.draft(ALICE, id));
        house.prompts.dropDraft(ALICE, id);
        assertEquals(new CurrentBody("Hello", false), house.prompts.draft(ALICE, id));
        house.prompts.dropDraft(ALICE, id);
        assertEquals(1, house.prompts.prompt(ALICE, id).counts().latest());
    }
}
