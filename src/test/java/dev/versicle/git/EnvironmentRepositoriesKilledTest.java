package dev.versicle.git;

import static dev.versicle.git.Followed.PRODUCTION;
import static dev.versicle.git.Followed.STAGING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to prompts, and wherever the follower is killed meanwhile, the repositories come to say what a
 * simple model says: one commit for each thing that happened, in its order.
 */
@BesideOthers
class EnvironmentRepositoriesKilledTest {
    private static final int PROMPTS = 5;
    private static final int STEPS = 60;
    private static final List<EnvironmentName> NAMES = List.of(PRODUCTION, STAGING);
    private static final List<String> NAMESPACES = List.of("default", "elsewhere");

    @TempDir
    private Path root;

    /** What a killed process does no more. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Lets so many steps happen. */
    private static final class Fuse implements Watched.Watcher {
        private int steps;
        private boolean burnt;

        Fuse(int steps) {
            this.steps = steps;
        }

        @Override
        public void at(String step) {
            steps--;
            if (steps < 0) {
                burnt = true;
                throw new Killed();
            }
        }
    }

    /** A prompt as the model has it. */
    private static final class Known {
        private final PromptId id;
        private final String first;
        private String name;
        private String namespace = "default";
        private int versions = 1;
        private boolean deleted;
        private final Map<EnvironmentName, Integer> pointers = new TreeMap<>();

        Known(PromptId id, String name) {
            this.id = id;
            this.first = name;
            this.name = name;
        }
    }

    /** What all should be. */
    private static final class Model {
        private final List<Known> prompts = new ArrayList<>();
        private final Map<String, List<String>> logs = new HashMap<>();

        void log(String namespace, EnvironmentName environment, String subject) {
            logs.computeIfAbsent(namespace + "/" + environment, key -> new ArrayList<>())
                    .add(environment + ": " + subject);
        }

        List<String> log(String namespace, EnvironmentName environment) {
            return logs.getOrDefault(namespace + "/" + environment, List.of());
        }

        Map<String, String> files(String namespace, EnvironmentName environment) {
            Map<String, String> files = new TreeMap<>();
            for (Known prompt : prompts) {
                if (!prompt.deleted && prompt.namespace.equals(namespace) && prompt.pointers.containsKey(environment)) {
                    files.put(prompt.name + "/prompt.md", text(prompt, prompt.pointers.getOrDefault(environment, 0)));
                }
            }
            return files;
        }
    }

    private static String text(Known prompt, int version) {
        return prompt.first + " " + version;
    }

    private final Model model = new Model();
    private int names;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itComesToWhatTheModelSays(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int kills = 0;
        Followed place = Followed.open(root);
        try {
            for (int i = 0; i < PROMPTS; i++) {
                model.prompts.add(new Known(place.house.create("p" + i, "p" + i + " 1"), "p" + i));
            }
            for (int step = 0; step < STEPS; step++) {
                act(place, model.prompts.get(random.nextInt(PROMPTS)), random);
                if (random.nextInt(3) == 0) {
                    kills += followKilled(place, random);
                    require(place, "seed " + seed + ", step " + step);
                }
                if (random.nextInt(20) == 0) {
                    place = place.reopened();
                }
            }
            followKilled(place, random);
            require(place, "seed " + seed);
            place.requireSound();
            assertTrue(kills > 0, "somebody was killed");
        } finally {
            place.close();
        }
    }

    /** Until nothing is to be done any more; a new process after each kill. */
    private static int followKilled(Followed place, RandomGenerator random) {
        int kills = 0;
        Fuse fuse = new Fuse(random.nextInt(8));
        while (ended(Followed.watched(place.house, fuse), fuse)) {
            kills++;
            fuse = new Fuse(random.nextInt(8));
        }
        return kills;
    }

    private static boolean ended(Followed follower, Fuse fuse) {
        try {
            follower.follow();
        } catch (Killed e) {
            return true;
        }
        return fuse.burnt;
    }

    private void require(Followed place, String when) {
        for (String namespace : NAMESPACES) {
            for (EnvironmentName environment : NAMES) {
                List<String> log = place.has(namespace, environment)
                        ? place.git(namespace, environment).lines("log", "--reverse", "--format=%s", "main")
                        : List.of();
                assertEquals(model.log(namespace, environment), log, when + " in " + namespace);
                Map<String, String> files =
                        place.has(namespace, environment) ? place.files(namespace, environment) : new TreeMap<>();
                files.remove(VersionsFile.PATH);
                assertEquals(model.files(namespace, environment), files, when + " in " + namespace);
            }
        }
    }

    private void act(Followed place, Known prompt, RandomGenerator random) {
        place.house.tick(1);
        EnvironmentName environment = NAMES.get(random.nextInt(NAMES.size()));
        if (prompt.deleted) {
            restore(place, prompt);
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> rename(place, prompt);
            case 1 -> send(place, prompt);
            case 2 -> delete(place, prompt);
            case 3 -> drop(place, prompt, environment);
            case 4, 5 -> save(place, prompt);
            default -> move(place, prompt, environment, 1 + random.nextInt(prompt.versions));
        }
    }

    private static void save(Followed place, Known prompt) {
        prompt.versions++;
        place.house.save(prompt.id, text(prompt, prompt.versions));
    }

    private void move(Followed place, Known prompt, EnvironmentName environment, int version) {
        int before = prompt.pointers.getOrDefault(environment, 0);
        place.move(prompt.id, environment, version);
        if (before != version) {
            model.log(prompt.namespace, environment, prompt.name + (before == 0 ? "" : " " + before) + " → " + version);
            prompt.pointers.put(environment, version);
        }
    }

    private void drop(Followed place, Known prompt, EnvironmentName environment) {
        int before = prompt.pointers.getOrDefault(environment, 0);
        if (before > 0) {
            prompt.pointers.remove(environment);
            place.drop(prompt.id, environment);
            model.log(prompt.namespace, environment, prompt.name + " " + before + " dropped");
        }
    }

    private void rename(Followed place, Known prompt) {
        String name = "n" + names++;
        place.rename(prompt.id, name);
        prompt.pointers
                .keySet()
                .forEach(environment -> model.log(prompt.namespace, environment, prompt.name + " is " + name + " now"));
        prompt.name = name;
    }

    private void send(Followed place, Known prompt) {
        String from = prompt.namespace;
        String to = NAMESPACES.get(1 - NAMESPACES.indexOf(from));
        place.send(prompt.id, to);
        prompt.pointers.forEach((environment, version) -> {
            model.log(to, environment, prompt.name + " came from namespace " + from + " with " + version);
            model.log(from, environment, prompt.name + " left for namespace " + to);
        });
        prompt.namespace = to;
    }

    private void delete(Followed place, Known prompt) {
        place.delete(prompt.id);
        prompt.pointers
                .keySet()
                .forEach(environment -> model.log(prompt.namespace, environment, prompt.name + " deleted"));
        prompt.deleted = true;
    }

    private void restore(Followed place, Known prompt) {
        place.restore(prompt.id);
        prompt.pointers.forEach((environment, version) ->
                model.log(prompt.namespace, environment, prompt.name + " came with " + version));
        prompt.deleted = false;
    }
}
