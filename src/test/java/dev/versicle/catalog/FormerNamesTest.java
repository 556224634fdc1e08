package dev.versicle.catalog;

import static dev.versicle.catalog.Samples.MOMENT;
import static dev.versicle.catalog.Samples.TEAM;
import static dev.versicle.catalog.Samples.TIPS;
import static dev.versicle.catalog.Samples.id;
import static dev.versicle.catalog.Samples.name;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerNamesTest {
    private final SqliteCatalog catalog;
    private int second;

    FormerNamesTest(@TempDir Path directory) {
        catalog = SqliteCatalog.open(directory.resolve("catalog.db"));
        catalog.complete();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private PromptSettings put(int number, PromptSettings settings) {
        second++;
        catalog.record(id(number), new PromptIndex.Change(settings, TIPS, MOMENT.plusSeconds(second), List.of()));
        return settings;
    }

    private Optional<PromptId> former(String name) {
        return catalog.former(TEAM, name(name));
    }

    @Test
    void aRenamedPromptIsFoundByEveryNameThatItHad() {
        PromptSettings first = put(1, Samples.named("it's \"一\" \\ first"));
        assertEquals(Optional.empty(), former("it's \"一\" \\ first"));
        PromptSettings second = put(1, first.renamed(name("second")));
        put(1, second.renamed(name("third")));

        assertEquals(Optional.of(id(1)), former("it's \"一\" \\ first"));
        assertEquals(Optional.of(id(1)), former("second"));
        assertEquals(Optional.empty(), former("third"));
        assertEquals(Optional.empty(), catalog.former(new Namespace("other"), name("second")));
    }

    @Test
    void aLiveNameBeatsAFormerOne() {
        put(1, put(1, Samples.named("wanted")).renamed(name("elsewhere")));
        put(2, Samples.named("wanted"));
        assertEquals(Optional.empty(), former("wanted"));

        catalog.vanished(id(2));
        assertEquals(Optional.of(id(1)), former("wanted"));
        catalog.claim(TEAM, name("wanted"), id(3));
        assertEquals(Optional.of(id(1)), former("wanted"));
    }

    @Test
    void ofSeveralThatHadANameTheLastIsFound() {
        PromptSettings one = put(1, put(1, Samples.named("wanted")).renamed(name("one")));
        PromptSettings two = put(2, put(2, Samples.named("wanted")).renamed(name("two")));
        put(1, one.described(Optional.of("a later change of something else")));
        assertEquals(Optional.of(id(2)), former("wanted"));

        PromptSettings again = put(1, one.renamed(name("wanted")));
        assertEquals(Optional.empty(), former("wanted"));
        put(1, again.renamed(name("one")));
        assertEquals(Optional.of(id(1)), former("wanted"));

        put(1, again.moved(new Namespace("other")));
        assertEquals(Optional.of(id(2)), former("wanted"));
        catalog.vanished(id(2));
        assertEquals(Optional.empty(), former("wanted"));
        assertEquals(two.name(), name("two"));
    }
}
