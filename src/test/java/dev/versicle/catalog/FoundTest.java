package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.BesideOthers;
import dev.versicle.RealPrompts;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.Visibility;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search finds what looking through all texts finds, and nothing that the settings do not allow. */
@BesideOthers
class FoundTest {
    private static final List<Namespace> NAMESPACES = List.of(new Namespace("a"), new Namespace("b"));
    private static final List<String> SUBJECTS = List.of("ada", "bob", "nobody");
    private static final List<String> LETTERS = List.of("a", "A", "b", "é", "e", "代", "码", "が", " ", "/", "\n", "\"");
    private static final int QUERIES = 100;
    private static final int NAME_CHARACTERS = 190;
    private static final int WORD_CHARACTERS_MAX = 12;

    private record Document(PromptSettings settings, String text, String folded) {
        static Document of(PromptSettings settings, String text) {
            String folded = Words.folded(settings.name().text()) + "\n" + Words.folded(text);
            return new Document(settings, text, folded);
        }

        boolean matches(Search search) {
            return Words.of(search.text()).all().stream().allMatch(folded::contains)
                    && search.namespace().map(settings.namespace()::equals).orElse(true)
                    && search.folder()
                            .map(path -> settings.name().text().startsWith(path + "/"))
                            .orElse(true);
        }
    }

    @TempDir
    private Path directory;

    private final Map<PromptId, Document> model = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyRealPromptIsFoundByPartsOfItsWords(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            for (RealPrompts.History history : RealPrompts.all()) {
                put(
                        catalog,
                        Samples.named(name(history)),
                        history.steps().getLast().text());
            }
            catalog.complete();
            for (int i = 0; i < QUERIES; i++) {
                Search search = new Search(parts(random), Optional.empty(), Optional.empty());
                compare(catalog, Samples.ADMIN, search, "seed " + seed + ", " + search);
            }
        }
    }

    /** Its name as one line that may name a prompt, and no other's. */
    private String name(RealPrompts.History history) {
        String line = history.name().replaceAll("\\p{Cntrl}", " ");
        int characters = Math.min(line.codePointCount(0, line.length()), NAME_CHARACTERS);
        return line.substring(0, line.offsetByCodePoints(0, characters)) + " " + model.size();
    }

    /** One to three parts of words that one prompt has, as they stand there. */
    private String parts(RandomGenerator random) {
        Document document = pick(new ArrayList<>(model.values()), random);
        List<String> words = Words.of(document.settings().name().text() + " " + document.text())
                .all();
        return random.ints(random.nextInt(1, 4), 0, words.size())
                .mapToObj(words::get)
                .map(word -> part(word, random))
                .collect(Collectors.joining(" "));
    }

    private static String part(String word, RandomGenerator random) {
        int[] characters = word.codePoints().toArray();
        int from = random.nextBoolean() ? 0 : random.nextInt(characters.length);
        int most = Math.min(characters.length - from, WORD_CHARACTERS_MAX);
        return new String(characters, from, random.nextInt(1, most + 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anySearchOfAnyCallerIsWhatAModelSays(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            catalog.complete();
            for (int i = 0; i < QUERIES; i++) {
                change(catalog, random);
                Search search = search(random);
                Caller caller = caller(random);
                compare(catalog, caller, search, "seed " + seed + ", " + caller + ", " + search);
            }
        }
    }

    private void change(SqliteCatalog catalog, RandomGenerator random) {
        Map<String, Right> grants = random.nextInt(3) == 0 ? Map.of(pick(SUBJECTS, random), Right.READ) : Map.of();
        Visibility visibility = random.nextInt(3) == 0 ? Visibility.PUBLIC : Visibility.PRIVATE;
        PromptSettings.Access access = new PromptSettings.Access(pick(SUBJECTS, random), visibility, grants);
        int number = model.size() + 1;
        String name = (letters(random) + " n" + number).replace('\n', ' ');
        put(catalog, Samples.settings(pick(NAMESPACES, random), name, access), letters(random));
        if (random.nextInt(5) == 0) {
            PromptId gone = pick(new ArrayList<>(model.keySet()), random);
            model.put(gone, Document.of(Samples.named("gone " + gone), "x"));
            catalog.record(gone, change(Samples.named("gone " + gone), "x"));
        }
    }

    private void put(SqliteCatalog catalog, PromptSettings settings, String text) {
        PromptId id = Samples.id(model.size() + 1);
        model.put(id, Document.of(settings, text));
        catalog.record(id, change(settings, text));
    }

    private static PromptIndex.Change change(PromptSettings settings, String text) {
        return new PromptIndex.Change(settings, Samples.TIPS, Samples.MOMENT, List.of(), Optional.of(text));
    }

    private void compare(SqliteCatalog catalog, Caller caller, Search search, String when) {
        Set<PromptId> expected = model.entrySet().stream()
                .filter(each -> each.getValue().settings().allows(caller, Right.READ))
                .filter(each -> each.getValue().matches(search))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<PromptId> found = new ArrayList<>();
        for (int offset = 0; offset <= expected.size(); offset += Page.Window.LIMIT_MAX) {
            Page<PromptId> page = catalog.search(caller, search, new Page.Part(offset, Page.Window.LIMIT_MAX));
            assertEquals(expected.size(), page.total(), when);
            found.addAll(page.items());
        }
        assertEquals(expected, new HashSet<>(found), when);
        assertEquals(expected.size(), found.size(), when);
    }

    private static Search search(RandomGenerator random) {
        Optional<Namespace> namespace =
                random.nextInt(3) == 0 ? Optional.of(pick(NAMESPACES, random)) : Optional.empty();
        Optional<String> folder = random.nextInt(4) == 0
                ? Optional.of(letters(random).replace('\n', ' ')).filter(path -> !path.isBlank())
                : Optional.empty();
        return new Search(random.nextInt(4) == 0 ? "" : letters(random), namespace, folder);
    }

    private static String letters(RandomGenerator random) {
        return random.ints(random.nextInt(1, 7), 0, LETTERS.size())
                .mapToObj(LETTERS::get)
                .collect(Collectors.joining());
    }

    private static Caller caller(RandomGenerator random) {
        Set<Role> roles = random.nextInt(4) == 0 ? Set.of(pick(List.of(Role.values()), random)) : Set.of();
        return Samples.caller(pick(SUBJECTS, random), pick(NAMESPACES, random), roles);
    }

    private static <T> T pick(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
