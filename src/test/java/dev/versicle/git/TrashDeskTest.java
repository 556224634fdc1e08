package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Trashed;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.TrashDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted prompts come back, on a real disk. */
class TrashDeskTest {
    private static final Caller ADMIN =
            new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));
    private static final Page.Part FIRST = new Page.Part(0, 20);

    @TempDir
    private Path root;

    private House house;
    private TrashDesk desk;

    @BeforeEach
    void open() {
        begin();
    }

    private void begin() {
        house = new House(root);
        desk = new TrashDesk(house.prompts, house.store, house.catalog);
    }

    @AfterEach
    void close() {
        house.requireSound();
        house.close();
    }

    private static Problem refusal(Runnable work) {
        return assertThrows(PromptException.class, work::run).problem();
    }

    private List<PromptId> trash(Caller caller) {
        return desk.list(caller, FIRST).items().stream().map(Trashed::id).toList();
    }

    private long found(String text) {
        return house.prompts
                .search(ALICE, new Search(text, Optional.empty(), Optional.empty()), FIRST)
                .total();
    }

    @Test
    void aDeletedPromptComesBackWithAllThatItHad() {
        PromptId id = house.create("greeting", "Hello");
        house.save(id, "Hello!");
        house.prompts.saveDraft(ALICE, id, new PromptText("Hello?"));
        List<String> before = Look.at(house, id);
        house.prompts.delete(ALICE, id);
        assertEquals(new Problem.PromptNotFound(id.hex()), refusal(() -> house.prompts.prompt(ALICE, id)));
        assertEquals(0, found("greeting"));
        Prompt back = desk.restore(ALICE, id);
        assertEquals("Hello?", back.text());
        assertEquals(before, Look.at(house, id));
        assertEquals(1, found("greeting"));
        assertEquals(List.of(), trash(ALICE));
    }

    @Test
    void onlyWhoOwnedItAndAdministratorsSeeItAndBringItBack() {
        PromptId id = house.create("greeting", "Hello");
        house.prompts.delete(ALICE, id);
        assertEquals(List.of(), trash(BOB));
        assertEquals(new Problem.PromptNotFound(id.hex()), refusal(() -> desk.restore(BOB, id)));
        assertEquals(List.of(id), trash(ALICE));
        assertEquals(List.of(id), trash(ADMIN));
        desk.restore(ADMIN, id);
        assertEquals("Hello", house.prompts.prompt(ALICE, id).text());
    }

    @Test
    void theLatestDeletedComesFirst() {
        PromptId one = house.create("one", "1");
        house.tick(1);
        PromptId two = house.create("two", "2");
        house.prompts.delete(ALICE, two);
        house.tick(1);
        house.prompts.delete(ALICE, one);
        assertEquals(List.of(one, two), trash(ALICE));
    }

    @Test
    void aNameThatIsTakenByNowKeepsItInTheTrash() {
        PromptId id = house.create("greeting", "Hello");
        house.prompts.delete(ALICE, id);
        PromptId other = house.create("greeting", "Hi");
        assertEquals(new Problem.NameTaken(new PromptName("greeting")), refusal(() -> desk.restore(ALICE, id)));
        assertEquals(List.of(id), trash(ALICE));
        assertEquals(Optional.of(other), house.catalog.find(Namespace.DEFAULT, new PromptName("greeting")));
        house.prompts.delete(ALICE, other);
        assertEquals("Hello", desk.restore(ALICE, id).text());
    }

    @Test
    void whatIsDeletedTwiceComesBackTwice() {
        PromptId id = house.create("greeting", "Hello");
        house.prompts.delete(ALICE, id);
        desk.restore(ALICE, id);
        house.prompts.delete(ALICE, id);
        assertEquals("Hello", desk.restore(ALICE, id).text());
    }

    @Test
    void aPromptThatIsNotInTheTrashIsNotFound() {
        PromptId id = house.create("greeting", "Hello");
        assertEquals(new Problem.PromptNotFound(id.hex()), refusal(() -> desk.restore(ALICE, id)));
    }

    @Test
    void whatALostIndexForgotOfTheTrashIsReadAgain() throws IOException {
        PromptId id = house.create("greeting", "Hello");
        house.prompts.delete(ALICE, id);
        Trashed before = desk.list(ALICE, FIRST).items().getFirst();
        house.close();
        Files.delete(root.resolve("catalog.db"));
        begin();
        assertEquals(List.of(before), desk.list(ALICE, FIRST).items());
        assertEquals("Hello", desk.restore(ALICE, id).text());
    }
}
