package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once: nobody's version is lost, given twice or somebody else's. */
class ConcurrencyOverHttpTest {
    private static final int CLIENTS = 16;
    private static final int SAVES_EACH = 100;
    private static final int SAVES = CLIENTS * SAVES_EACH;
    private static final int PROMPTS = 50;

    @TempDir
    private static Path data;

    private static TestServer server;
    private static Api api;

    /** What a client saved where, and what it was told. */
    private record Save(String prompt, String text, Api.Answer answer) {}

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
    }

    @AfterAll
    static void stop() {
        api.close();
        server.close();
    }

    /** Every client saves texts of its own, turning from prompt to prompt. */
    private static List<Save> saves(List<String> prompts) {
        return Crowd.of(
                        CLIENTS,
                        client -> IntStream.range(0, SAVES_EACH)
                                .mapToObj(i -> save(prompts.get((client + i) % prompts.size()), client + " says " + i))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Save save(String prompt, String text) {
        return new Save(prompt, text, api.save(prompt, text).being(201));
    }

    private static void requireEachHoldsItsText(List<Save> saves) {
        Crowd.of(CLIENTS, client -> {
            for (Save save : saves.subList(client * SAVES_EACH, (client + 1) * SAVES_EACH)) {
                Api.Answer version = api.version(save.prompt(), save.answer().get("versionId"));
                assertEquals(save.text(), version.get("prompt"));
                assertEquals(save.answer().number(), version.number());
                assertFalse(save.answer().skipped());
            }
            return client;
        });
    }

    /** Behind version 1, which the creation made. */
    private static List<Integer> numbersTo(int last) {
        return IntStream.rangeClosed(2, last).boxed().toList();
    }

    private static List<Integer> numbers(List<Save> saves) {
        return saves.stream().map(save -> save.answer().number()).sorted().toList();
    }

    private static void requireSound(String prompt, int versions) {
        Git git = new Git(server.repository(prompt));
        git.requireSound();
        assertEquals(Integer.toString(versions), git.run("rev-list", "--count", "main"));
    }

    @Test
    void manyClientsSaveOnePrompt() {
        String prompt = api.create("one for all", "the first word");
        List<Save> saves = saves(List.of(prompt));
        assertEquals(numbersTo(SAVES + 1), numbers(saves));
        requireEachHoldsItsText(saves);
        requireSound(prompt, SAVES + 1);
    }

    @Test
    void manyClientsSaveManyPrompts() {
        List<String> prompts = IntStream.range(0, PROMPTS)
                .mapToObj(i -> api.create("one of many " + i, "the first word"))
                .toList();
        List<Save> saves = saves(prompts);
        requireEachHoldsItsText(saves);
        Map<String, List<Save>> byPrompt = saves.stream().collect(Collectors.groupingBy(Save::prompt));
        for (String prompt : prompts) {
            assertEquals(numbersTo(SAVES / PROMPTS + 1), numbers(byPrompt.getOrDefault(prompt, List.of())));
            requireSound(prompt, SAVES / PROMPTS + 1);
        }
    }

    @Test
    void ofManyCreationsUnderOneNameOneSucceeds() {
        List<Api.Answer> answers = Crowd.of(32, client -> api.creation("wanted by all", "by " + client));
        assertEquals(Map.of(201, 1L, 409, 31L), counted(answers, Api.Answer::status));
        long kept = api.get(Api.PROMPTS + "/user?limit=100").json().path("prompts").findValuesAsText("name").stream()
                .filter("wanted by all"::equals)
                .count();
        assertEquals(1, kept);
    }

    @Test
    void ofManySavesUponOneStateOneIsMade() {
        String prompt = api.create("seen by all", "the first word");
        String seen = api.save(prompt, "the first word").get("versionId");
        List<Api.Answer> answers =
                Crowd.of(20, client -> api.save(prompt, "upon it, by " + client, "If-Match", "\"" + seen + "\""));
        assertEquals(
                Map.of("201, skipped: false", 1L, "412, skipped: false", 19L),
                counted(answers, answer -> answer.status() + ", skipped: " + answer.skipped()));
        requireSound(prompt, 2);
    }

    private static <K> Map<K, Long> counted(List<Api.Answer> answers, Function<Api.Answer, K> key) {
        return answers.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }
}
