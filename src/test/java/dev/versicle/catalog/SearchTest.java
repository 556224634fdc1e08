package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.ADMIN;
import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.TIPS;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.killed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.Tag;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    private static final Page.Part FIRST = new Page.Part(0, 100);
    private static final Namespace OTHER = new Namespace("other");

    private final Path file;
    private final SqliteCatalog catalog;

    SearchTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
        catalog = SqliteCatalog.open(file);
        catalog.complete();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private void put(int number, String name, String text) {
        put(number, Samples.named(name), Optional.of(text));
    }

    private void put(int number, PromptSettings settings, Optional<String> text) {
        catalog.record(id(number), new PromptIndex.Change(settings, TIPS, MOMENT, List.of(), text));
    }

    private static PromptSettings seen(Namespace namespace, String name, Visibility visibility) {
        return Samples.settings(namespace, name, new PromptSettings.Access("ada", visibility, Map.of()));
    }

    private List<PromptId> found(String text) {
        return found(ADMIN, text);
    }

    private List<PromptId> found(Caller caller, String text) {
        return found(catalog, caller, new Search(text, Optional.empty(), Optional.empty()));
    }

    private static List<PromptId> found(SqliteCatalog catalog, Caller caller, Search search) {
        Page<PromptId> page = catalog.search(caller, search, FIRST);
        assertEquals(page.items().size(), page.total());
        return page.items();
    }

    private static Search in(String text, String namespace, String folder) {
        return new Search(
                text, Optional.of(namespace).filter(name -> !name.isEmpty()).map(Namespace::new), Optional.of(folder));
    }

    @Test
    void everyWordMustOccurSomewhereInNameDescriptionTagsOrText() {
        PromptSettings settings = Samples.named("Code reviewer")
                .described(Optional.of("Finds the Fehler"))
                .tagged(new TreeSet<>(Set.of(new Tag("team", "платформа"), new Tag("draft", ""))));
        put(1, settings, Optional.of("You are a strict reviewer of 代码。"));
        put(2, "Other", "Something else");

        for (String text : List.of(
                "reviewer",
                "REVIEW code",
                "fehler strict",
                "team:платформа",
                "форма draft",
                "代码",
                "码",
                "代 of a",
                "o d e",
                "strict\u3000代码。")) {
            assertEquals(List.of(id(1)), found(text), text);
        }
        for (String text : List.of("reviewers", "strict absent", "代碼", "字", "strict 字", "strictreviewer", "d:")) {
            assertEquals(List.of(), found(text), text);
        }
    }

    @Test
    void noTextBreaksTheQuery() {
        put(1, "odd", "x\"y'z* (a:b) NEAR/3 % _ -- ; \\ {c} ^d");

        for (String text :
                List.of("\"", "\"y'z*", "(a:b)", "NEAR/3", "%", "_", "--", ";", "\\", "{c}", "^d", "* \" '", "\"y'")) {
            assertEquals(List.of(id(1)), found(text), text);
        }
        for (String text : List.of("AND OR NOT", "name:odd", "od*", "''", "\"\"\"")) {
            assertEquals(List.of(), found(text), text);
        }
    }

    @Test
    void namesStandBeforeTextsAndTheNameItselfBeforeAll() {
        put(1, "Summary of a Café menu", "x");
        put(2, "text one", "cafe menu cafe menu cafe menu");
        put(3, "Café menu", "x");
        put(4, "menu", "café");
        put(5, "text two", "cafe menu cafe menu cafe menu");
        put(6, "described", "x");
        put(6, Samples.named("described").described(Optional.of("cafe menu")), Optional.empty());

        List<PromptId> found = found("CAFE  menu");

        assertEquals(List.of(id(3), id(1)), found.subList(0, 2));
        assertEquals(Set.of(id(2), id(4), id(5), id(6)), Set.copyOf(found.subList(2, 6)));
        // Equal matches: the newer change.
        assertEquals(1, found.indexOf(id(2)) - found.indexOf(id(5)));
        assertEquals(id(3), found("menu café").getFirst());
    }

    @Test
    void aMatchOfShortWordsAloneIsRankedToo() {
        put(1, "随便", "写代码");
        put(2, "代码", "x");
        put(3, "审查代码", "x");

        assertEquals(List.of(id(2), id(3), id(1)), found("代码"));
    }

    @Test
    void whatChangesIsFoundAsItIsNow() {
        put(1, "first name", "the old text");
        assertEquals(List.of(id(1)), found("old"));

        put(1, "first name", "the new text");
        assertEquals(List.of(), found("old"));
        assertEquals(List.of(id(1)), found("new first"));

        put(1, Samples.named("second name"), Optional.empty());
        assertEquals(List.of(), found("first"));
        assertEquals(List.of(id(1)), found("second new"));

        put(1, Samples.named("second name"), Optional.of(""));
        assertEquals(List.of(), found("new"));

        catalog.vanished(id(1));
        assertEquals(List.of(), found("second"));
        put(2, "third", "x");
        assertEquals(List.of(), found("second"));
    }

    @Test
    void whatWasForgottenBeforeItCouldBeIndexedIsNotFound() {
        put(1, "short-lived", "x");
        catalog.vanished(id(1));
        put(2, "next", "y");

        assertEquals(List.of(), found("short-lived"));
        assertEquals(List.of(id(2)), found("y"));
    }

    @Test
    void whoShowsNoTokenFindsWhatIsPublicAlone() {
        put(1, seen(TEAM, "the closed of ada", Visibility.PRIVATE), Optional.of("word"));
        put(2, seen(TEAM, "the opened of ada", Visibility.PUBLIC), Optional.of("word"));
        put(3, seen(OTHER, "opened elsewhere.", Visibility.PUBLIC), Optional.of("word"));
        PromptSettings.Access nobodys =
                new PromptSettings.Access(Caller.NOBODY.subject(), Visibility.PRIVATE, Map.of());
        put(4, Samples.settings(Namespace.DEFAULT, "of one called nobody", nobodys), Optional.of("word"));

        assertEquals(List.of(id(3), id(2)), found(Caller.NOBODY, "word"));
        assertEquals(List.of(id(3), id(2)), found(Caller.NOBODY, ""));
        assertEquals(List.of(id(3), id(2)), found(Caller.NOBODY, "wo"));
        assertEquals(List.of(), catalog.readableIn(Caller.NOBODY, Namespace.DEFAULT));
        Caller stranger = Samples.caller("zoe", OTHER, Set.of());
        assertEquals(List.of(id(3), id(2)), found(stranger, "word"));
        Caller reader = Samples.caller("zoe", TEAM, Set.of(Role.READER));
        assertEquals(List.of(id(3), id(2), id(1)), found(reader, "word"));
    }

    @Test
    void aNamespaceAndAFolderNarrowASearchWithAndWithoutWords() {
        put(1, seen(TEAM, "a/b/six", Visibility.PUBLIC), Optional.of("word"));
        put(2, seen(TEAM, "a/b/one", Visibility.PRIVATE), Optional.of("word"));
        put(3, seen(TEAM, "a/bc", Visibility.PUBLIC), Optional.of("word"));
        put(4, seen(OTHER, "a/b/three", Visibility.PUBLIC), Optional.of("word"));
        put(5, seen(TEAM, "a/b", Visibility.PUBLIC), Optional.of("other"));

        assertEquals(List.of(id(2), id(1)), found(catalog, ADMIN, in("", "team", "a/b")));
        assertEquals(List.of(id(4), id(2), id(1)), found(catalog, ADMIN, in("", "", "a/b")));
        assertEquals(List.of(id(4), id(1)), found(catalog, Caller.NOBODY, in("", "", "a/b")));
        assertEquals(List.of(id(1)), found(catalog, Caller.NOBODY, in("", "team", "a/b")));
        assertEquals(List.of(id(2), id(1)), found(catalog, ADMIN, in("word", "team", "a/b")));
        assertEquals(List.of(id(2), id(1)), found(catalog, ADMIN, in("wo", "team", "a/b")));
        assertEquals(List.of(id(1)), found(catalog, Caller.NOBODY, in("word wo", "team", "a/b")));
        Search team = new Search("", Optional.of(TEAM), Optional.empty());
        assertEquals(List.of(id(5), id(3), id(2), id(1)), found(catalog, ADMIN, team));
        assertEquals(List.of(id(5), id(3), id(1)), found(catalog, Caller.NOBODY, team));
    }

    @Test
    void pagesFollowOneAnotherAndTellTheTotal() {
        for (int i = 1; i <= 25; i++) {
            put(i, "prompt " + (10 + i), "word");
        }
        Search search = new Search("word", Optional.empty(), Optional.empty());

        Page<PromptId> second = catalog.search(ADMIN, search, new Page.Part(7, 3));

        assertEquals(new Page<>(List.of(id(18), id(17), id(16)), 25), second);
        assertEquals(new Page<>(List.of(), 25), catalog.search(ADMIN, search, new Page.Part(25, 3)));
        assertEquals(new Page<>(List.of(id(18)), 25), catalog.search(ADMIN, Search.EVERYTHING, new Page.Part(7, 1)));
    }

    @Test
    void aTextIsOfTwoHundredCharactersAndSixteenWordsAtMost() {
        assertEquals(List.of(), found("🚀".repeat(200)));
        assertEquals(List.of(), found("ab ".repeat(16)));
        // One character that folds to four words.
        assertEquals(List.of(), found("\ufdfa".repeat(200)));
        for (String text : List.of("🚀".repeat(201), "ab ".repeat(17), "nul \0")) {
            PromptException refused = assertThrows(PromptException.class, () -> found(text));
            assertEquals("q", ((Problem.Invalid) refused.problem()).field());
        }
    }

    @Test
    void whatAKilledServerHadNotIndexedYetIsFoundByTheNext() throws IOException {
        for (int i = 1; i <= 50; i++) {
            put(i, "prompt " + i, "some word " + i);
        }
        assertEquals(50, found("some").size());
        for (int i = 41; i <= 60; i++) {
            put(i, "prompt " + i, "last word " + i);
        }
        Path copy = killed(file);

        try (SqliteCatalog next = SqliteCatalog.open(copy)) {
            Search last = new Search("last", Optional.empty(), Optional.empty());
            Search some = new Search("some", Optional.empty(), Optional.empty());
            assertEquals(20, found(next, ADMIN, last).size());
            assertEquals(40, found(next, ADMIN, some).size());
        }
    }
}
