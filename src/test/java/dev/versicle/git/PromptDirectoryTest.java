package dev.versicle.git;

import static dev.versicle.git.Followed.PRODUCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.PromptName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name has a directory of its own that every file system and Git take, and that tells the name again. */
class PromptDirectoryTest {
    private static final int LEVEL_BYTES_MAX = 255;
    private static final Pattern LEGAL = Pattern.compile("[a-z0-9_.%+A-F-]+");
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "A",
            "é",
            "e\u0301",
            "É",
            "ß",
            "SS",
            "/",
            "//",
            ".",
            "..",
            ".git",
            ".GIT",
            "git~1",
            ".g\u200cit",
            "con",
            "aux.txt",
            "NUL",
            "com1",
            "versions.json",
            "kustomization.yaml",
            "Kustomization",
            "%",
            "%2F",
            "+",
            "++",
            "-",
            "_",
            " ",
            "\\\\",
            ":",
            "*",
            "?",
            "\"",
            "<",
            "|",
            "\ud83d\ude00",
            "\u0628",
            "~",
            "xxxxxxxxxxxxxxxxxxxx",
            "...........",
            "_environments",
            ".gitmodules",
            "prompt.md");

    @ParameterizedTest
    @CsvSource(textBlock = """
            greeting,            greeting
            team/greeting,       +team/greeting
            a/b/c,               +a/+b/c
            Leasing assistant,   %4Ceasing%20assistant
            v1.0_final-2,        v1.0_final-2
            .git,                %2Egit
            a/..,                +a/%2E%2E
            -x,                  %2Dx
            con,                 %63on
            aux.txt,             %61ux.txt
            console,             console
            versions.json,       %76ersions.json
            kustomization.yaml,  %6Bustomization.yaml
            dot.,                dot%2E
            +team,               %2Bteam
            a//b,                +a/+%/b
            /,                   +%/%
            é,                   %C3%A9
            50%,                 50%25
            """)
    void aNameHasADirectoryThatPeopleCanRead(String name, String path) {
        assertEquals(path, PromptDirectory.of(new PromptName(name)).path());
    }

    @Test
    void whatIsTooLongForOneLevelGoesOnInTheNext() {
        PromptDirectory directory = PromptDirectory.of(new PromptName("\ud83d\ude00".repeat(20) + "/b"));

        assertEquals(
                List.of("++" + "%F0%9F%98%80".repeat(16), "+" + "%F0%9F%98%80".repeat(4), "b"), directory.levels());
    }

    static String name(RandomGenerator random) {
        while (true) {
            String text = IntStream.rangeClosed(0, random.nextInt(random.nextInt(10) == 0 ? 60 : 6))
                    .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                    .collect(Collectors.joining());
            if (!text.isBlank() && text.codePointCount(0, text.length()) <= PromptName.CHARACTERS_MAX) {
                return text;
            }
        }
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noTwoNamesMeetAndEachIsToldAgain(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, String> directories = new HashMap<>();
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String name = name(random);
            PromptDirectory directory = PromptDirectory.of(new PromptName(name));
            assertEquals(name, directory.name().text());
            directories.put(folded(directory.path()), name);
            all.put(name, directory.path());
            directory.levels().forEach(level -> assertLegal(level, name));
        }
        assertEquals(all.size(), directories.size());
        // None lies within another's: nothing above one is one.
        List<String> within = all.values().stream()
                .filter(path -> above(path).anyMatch(directories::containsKey))
                .toList();
        assertEquals(List.of(), within);
    }

    private static Stream<String> above(String path) {
        return IntStream.range(1, path.length())
                .filter(i -> path.charAt(i) == '/')
                .mapToObj(i -> folded(path.substring(0, i)));
    }

    private static void assertLegal(String level, String name) {
        assertTrue(LEGAL.matcher(level).matches(), () -> level + " of " + name);
        assertTrue(level.getBytes(StandardCharsets.UTF_8).length <= LEVEL_BYTES_MAX, () -> level + " of " + name);
        assertTrue(
                !level.startsWith(".")
                        && !level.startsWith("-")
                        && !level.endsWith(".")
                        && !DEVICE.matcher(level).matches(),
                () -> level + " of " + name);
    }

    @ParameterizedTest
    @ValueSource(longs = {5})
    void realGitTakesThemAll(long seed, @TempDir Path root) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> names = new ArrayList<>(List.of("a", "a/b", "a/prompt.md", "versions.json", "kustomization.yaml"));
        while (names.size() < 40) {
            String name = name(random);
            if (!names.contains(name) && isFree(name)) {
                names.add(name);
            }
        }
        try (Followed place = Followed.open(root)) {
            names.forEach(name -> place.move(place.prompt(name, name), PRODUCTION, 1));
            place.follow();

            place.requireSound();
            Map<String, String> files = new HashMap<>();
            names.forEach(
                    name -> files.put(PromptDirectory.of(new PromptName(name)).path() + "/prompt.md", name));
            assertEquals(files, place.prompts(PRODUCTION));
        }
    }

    private static boolean isFree(String name) {
        return !name.startsWith("_environments");
    }
}
