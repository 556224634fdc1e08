package dev.versicle.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Visibility;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalog lists is what the prompts' settings allow, for any settings and any caller. */
class ReadableTest {
    private static final List<Namespace> NAMESPACES =
            List.of(new Namespace("a"), new Namespace("b"), new Namespace("c-1"));
    private static final List<String> SUBJECTS = List.of("ada", "bob", "cyd's", "дмитрий", "*", "a");
    private static final int CHANGES = 120;
    private static final int PROMPTS = 30;
    private static final int CALLERS = 60;

    @TempDir
    private Path directory;

    /** Settings by id, in the order of the last change. */
    private final Map<PromptId, PromptSettings> model = new LinkedHashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void listsAndTotalsAgreeWithWhatTheSettingsAllow(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (SqliteCatalog catalog = SqliteCatalog.open(directory.resolve("catalog.db"))) {
            for (int i = 0; i < CHANGES; i++) {
                change(catalog, random);
            }
            assertEquals(model.size(), catalog.count(), "seed " + seed);
            for (int i = 0; i < CALLERS; i++) {
                Caller caller = caller(random);
                Page.Window window = new Page.Window(random.nextInt(1, 5), random.nextInt(1, 12));
                assertEquals(
                        expected(caller, window), catalog.readable(caller, window), "seed " + seed + ", " + caller);
                Namespace namespace = pick(NAMESPACES, random);
                assertEquals(
                        expected(caller, namespace),
                        catalog.readableIn(caller, namespace),
                        "seed " + seed + ", " + caller + " in " + namespace);
            }
        }
    }

    private void change(SqliteCatalog catalog, RandomGenerator random) {
        PromptId id = Samples.id(random.nextInt(PROMPTS));
        model.remove(id);
        if (random.nextInt(8) == 0) {
            catalog.vanished(id);
            return;
        }
        PromptSettings settings = Samples.settings(pick(NAMESPACES, random), "named " + id, access(random));
        catalog.record(id, new PromptIndex.Change(settings, Samples.TIPS, Samples.MOMENT, List.of()));
        model.put(id, settings);
    }

    private Page<PromptId> expected(Caller caller, Page.Window window) {
        List<PromptId> newestLast = new ArrayList<>();
        model.forEach((id, settings) -> {
            if (settings.allows(caller, Right.READ)) {
                newestLast.add(id);
            }
        });
        List<PromptId> items = newestLast.reversed().stream()
                .skip(window.offset())
                .limit(window.limit())
                .toList();
        return new Page<>(items, newestLast.size());
    }

    private List<PromptId> expected(Caller caller, Namespace namespace) {
        return expected(caller, new Page.Window(1, Page.Window.LIMIT_MAX)).items().stream()
                .filter(id -> Optional.ofNullable(model.get(id))
                        .map(PromptSettings::namespace)
                        .equals(Optional.of(namespace)))
                .toList();
    }

    private static PromptSettings.Access access(RandomGenerator random) {
        Map<String, Right> grants = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            grants.put(pick(SUBJECTS, random), pick(List.of(Right.values()), random));
        }
        Visibility visibility = random.nextInt(4) == 0 ? Visibility.PUBLIC : Visibility.PRIVATE;
        return new PromptSettings.Access(pick(SUBJECTS, random), visibility, grants);
    }

    private static Caller caller(RandomGenerator random) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (random.nextInt(role == Role.ADMIN ? 8 : 3) == 0) {
                roles.add(role);
            }
        }
        return Samples.caller(pick(SUBJECTS, random), pick(NAMESPACES, random), roles);
    }

    private static <T> T pick(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
