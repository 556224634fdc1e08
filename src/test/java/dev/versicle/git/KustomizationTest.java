package dev.versicle.git;

import static dev.versicle.git.Followed.PRODUCTION;
import static dev.versicle.git.Followed.STAGING;
import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NamespaceSettings;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code kustomization.yaml} says of every prompt's files what kustomize's documentation asks for. */
class KustomizationTest {
    /** A DNS subdomain, with room for the hash that kustomize adds. */
    private static final Pattern CONFIG_MAP =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern KEY = Pattern.compile("(?!\\.\\.)[-._a-zA-Z0-9]{1,253}");
    private static final EnvironmentPlace PLACE = new EnvironmentPlace(Namespace.DEFAULT, PRODUCTION);

    @TempDir
    private Path root;

    private Followed place;
    private PromptId greeting;

    @BeforeEach
    void onePrompt() {
        place = Followed.open(root);
        greeting = place.prompt("team/greeting", "Hello", "Hi");
    }

    @AfterEach
    void everythingIsSound() {
        place.requireSound();
        place.close();
    }

    private void kustomize(boolean wanted) {
        place.house.system.ensure(Namespace.DEFAULT, ALICE);
        place.house.system.change(Namespace.DEFAULT, new NamespaceSettings(wanted), ALICE);
    }

    private void settle() {
        place.environments.settle(Namespace.DEFAULT, ALICE);
    }

    /** The files of each ConfigMap by their keys, of which no other field is written. */
    private Map<String, Map<String, String>> configMaps() {
        try {
            JsonNode file = Yaml.mapper().readTree(place.files(PRODUCTION).get(Kustomization.PATH));
            assertEquals(
                    "kustomize.config.k8s.io/v1beta1", file.path("apiVersion").asText());
            assertEquals("Kustomization", file.path("kind").asText());
            assertEquals(3, file.size());
            Map<String, Map<String, String>> all = new TreeMap<>();
            for (JsonNode map : file.path("configMapGenerator")) {
                Map<String, String> files = new TreeMap<>();
                for (JsonNode source : map.path("files")) {
                    String[] parts = source.asText().split("=", -1);
                    assertEquals(2, parts.length);
                    assertTrue(KEY.matcher(parts[0]).matches(), parts[0]);
                    files.put(parts[0], parts[1]);
                }
                assertEquals(2, map.size());
                all.put(map.path("name").asText(), files);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PromptFile file(int bytes) {
        return new PromptFile("x".repeat(bytes).getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void aNamespaceHasNoneUnlessItSaysSo() {
        place.move(greeting, PRODUCTION, 1);
        place.follow();

        assertFalse(place.files(PRODUCTION).containsKey(Kustomization.PATH));
    }

    @Test
    void itComesAndGoesByACommitOfWhoSaidSoInEachEnvironment() {
        place.move(greeting, PRODUCTION, 1);
        place.move(greeting, STAGING, 2);
        place.follow();
        kustomize(true);
        settle();
        settle();

        assertEquals(Map.of("team.greeting", Map.of("prompt.md", "+team/greeting/prompt.md")), configMaps());
        assertEquals(List.of("Add kustomization.yaml", "staging: team/greeting → 2"), place.log(STAGING));
        assertEquals("alice", place.git(STAGING).run("log", "-1", "--format=%an", "main"));

        kustomize(false);
        settle();
        assertEquals("Remove kustomization.yaml", place.log(PRODUCTION).getFirst());
        assertFalse(place.files(PRODUCTION).containsKey(Kustomization.PATH));
        place.environments.follow(place.house.catalog.events().after(0, 100));
        assertEquals(3, place.log(PRODUCTION).size());
    }

    /** A kill between the setting and the commits: the next of these brings it. */
    @Test
    void whatAKillLeftUndoneComesWithTheNextMoveOrClone() {
        place.move(greeting, PRODUCTION, 1);
        place.move(greeting, STAGING, 1);
        place.follow();
        kustomize(true);
        place.move(greeting, PRODUCTION, 2);
        place.follow();
        assertTrue(place.environments.has(new EnvironmentPlace(Namespace.DEFAULT, STAGING)));

        assertTrue(place.files(PRODUCTION).containsKey(Kustomization.PATH));
        assertTrue(place.files(STAGING).containsKey(Kustomization.PATH));
        assertEquals("production: team/greeting 1 → 2", place.log(PRODUCTION).getFirst());
    }

    @Test
    void itFollowsMovesRenamesAndDrops() {
        kustomize(true);
        Map<String, PromptFile> files = new HashMap<>();
        List.of("prompt.md", "examples/one.md", "examples__one.md", ".hidden", "a b.md", "ü", "a=b")
                .forEach(path -> files.put(path, file(2)));
        place.house.save(greeting, Draft.checkpoint(new Draft.Content.Files(PromptFiles.of(files))));
        place.move(greeting, PRODUCTION, 3);
        place.follow();

        assertEquals(
                Map.of(
                        "team.greeting",
                        Map.of(
                                "prompt.md", "+team/greeting/prompt.md",
                                "examples__one.md", "+team/greeting/examples/one.md",
                                "examples_5f_5fone.md", "+team/greeting/examples__one.md",
                                "_2ehidden", "+team/greeting/.hidden",
                                "a_20b.md", "+team/greeting/a b.md",
                                "_c3_bc", "+team/greeting/ü")),
                configMaps());
        place.rename(greeting, "hello");
        place.move(greeting, PRODUCTION, 1);
        place.follow();
        assertEquals(Map.of("hello", Map.of("prompt.md", "hello/prompt.md")), configMaps());
        place.drop(greeting, PRODUCTION);
        place.follow();
        assertEquals(Map.of(), configMaps());
    }

    @Test
    void whatNoConfigMapCanHoldIsLeftOutAndSaid() {
        kustomize(true);
        Map<String, PromptFile> files = Map.of("prompt.md", file(10), "data", file(1_000_000));
        place.house.save(greeting, Draft.checkpoint(new Draft.Content.Files(PromptFiles.of(files))));
        place.move(greeting, PRODUCTION, 3);
        place.follow();

        assertEquals(Map.of(), configMaps());
        assertTrue(place.files(PRODUCTION).getOrDefault(Kustomization.PATH, "").contains("#Left out"));
        assertTrue(place.environments.has(PLACE));
    }

    @Test
    void noTwoPromptsHaveOneConfigMap() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(6);
        Set<String> names = new HashSet<>(List.of("a/b", "a.b", "a-b", "A-b", "prompt", "x-" + "0".repeat(24)));
        while (names.size() < 5_000) {
            names.add(PromptDirectoryTest.name(random));
        }
        Set<String> maps = new HashSet<>();
        int number = 0;
        for (String name : names) {
            PromptId id = new PromptId("%024x".formatted(number++));
            String map = Kustomization.configMap(id, new PromptName(name));
            assertTrue(CONFIG_MAP.matcher(map).matches() && map.length() <= 200, map);
            maps.add(map);
        }
        assertEquals(names.size(), maps.size());
        assertEquals("a.b", Kustomization.configMap(greeting, new PromptName("a/b")));
        assertEquals(
                "leasing-assistant-" + greeting,
                Kustomization.configMap(greeting, new PromptName("Leasing assistant!")));
    }
}
