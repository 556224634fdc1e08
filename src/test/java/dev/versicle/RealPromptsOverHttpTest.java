package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.RealPrompts.History;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every real prompt, with its whole history, through a whole server.
 *
 * <p>"Replaying a history makes no commit" is read in two ways, and both are held. A save of the <em>next</em> version
 * is compared with the latest one alone, so A, B, A makes three versions and a replay of A, B onto B must make new
 * ones. Hence over HTTP, where every save is of the next version, each step is saved twice in a row; and the history as
 * a whole is replayed step by step <em>into its own slots</em>, where each is compared with what is there.
 */
class RealPromptsOverHttpTest {
    private static final int CLIENTS = 8;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}+");

    @TempDir
    private static Path data;

    private static TestServer server;
    private static Api api;
    private static List<Kept> kept = List.of();

    /** A history, where it went, and what the server called each of its steps. */
    private record Kept(History history, String prompt, List<String> versions) {}

    @BeforeAll
    static void everyHistoryGoesIn() {
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
        kept = each(RealPrompts.all(), RealPromptsOverHttpTest::save);
    }

    @AfterAll
    static void stop() {
        api.close();
        server.close();
    }

    /** Saves each step, and again, which must change nothing; plain git must read the step's text in between. */
    private static Kept save(History history) {
        String first = history.steps().getFirst().text();
        String prompt = api.create(name(history), first);
        Git git = new Git(server.repository(prompt));
        List<String> versions = new ArrayList<>();
        for (RealPrompts.Step step : history.steps()) {
            Api.Answer saved = api.save(prompt, step.text()).being(201);
            assertEquals(versions.isEmpty(), saved.skipped(), "the creation made version 1, and it alone");
            versions.add(saved.get("versionId"));
            assertEquals(step.text(), new String(git.bytes("show", "main:prompt.md"), StandardCharsets.UTF_8));
            Api.Answer again = api.save(prompt, step.text()).being(201);
            assertTrue(again.skipped(), again.text());
            assertEquals(versions.getLast(), again.get("versionId"));
        }
        return new Kept(history, prompt, versions);
    }

    /** The collection's, but for a few where it broke: a whole text with its line breaks stands there for the name. */
    private static String name(History history) {
        String line = CONTROLS.matcher(history.name()).replaceAll(" ");
        return line.substring(0, Math.min(line.length(), PromptName.CHARACTERS_MAX));
    }

    private static <T, R> List<R> each(List<T> items, Function<T, R> work) {
        return Crowd.of(
                        CLIENTS,
                        client -> IntStream.iterate(client, i -> i < items.size(), i -> i + CLIENTS)
                                .mapToObj(i -> work.apply(items.get(i)))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void thereAreMoreThanAThousandPromptsAndSomeHaveLongHistories() {
        assertTrue(kept.size() > 1_000);
        assertTrue(kept.stream().anyMatch(prompt -> prompt.versions().size() > 20));
    }

    @Test
    void everyTextComesOutOverHttpToTheByte() {
        each(kept, prompt -> {
            for (int i = 0; i < prompt.versions().size(); i++) {
                Api.Answer answer =
                        api.version(prompt.prompt(), prompt.versions().get(i));
                assertEquals(prompt.history().steps().get(i).text(), answer.get("prompt"));
                assertEquals(i + 1, answer.number());
            }
            return prompt;
        });
    }

    @Test
    void theCurrentBodyIsTheLastTextAndTheNameIsAsItWasWritten() {
        each(kept, prompt -> {
            Api.Answer answer = api.get(Api.PROMPTS + "/" + prompt.prompt()).being(200);
            assertEquals(name(prompt.history()), answer.get("name"));
            assertEquals(prompt.history().steps().getLast().text(), answer.get("prompt"));
            return prompt;
        });
    }

    @Test
    void everyRepositoryIsSoundAndHasACommitForEachText() {
        each(kept, prompt -> {
            Git git = new Git(server.repository(prompt.prompt()));
            git.requireSound();
            assertEquals(Integer.toString(prompt.versions().size()), git.run("rev-list", "--count", "main"));
            return prompt;
        });
    }

    @Test
    void aHistoryReplayedIntoItsSlotsChangesNothing() {
        Prompts prompts = server.part(Prompts.class);
        List<Kept> histories =
                kept.stream().filter(prompt -> prompt.versions().size() > 1).toList();
        each(histories, prompt -> {
            Git git = new Git(server.repository(prompt.prompt()));
            String before = git.run("for-each-ref");
            for (int i = 0; i < prompt.versions().size(); i++) {
                Draft again = slot(i + 1, prompt.history().steps().get(i).text());
                PromptId id = PromptId.parse(prompt.prompt());
                CheckpointResult result = prompts.checkpoint(ServerKeys.ADMINISTRATOR, id, again, Expected.NOTHING);
                assertTrue(result instanceof CheckpointResult.Unchanged, result.toString());
            }
            assertEquals(before, git.run("for-each-ref"));
            return prompt;
        });
    }

    private static Draft slot(int number, String text) {
        return new Draft(
                new Draft.Content.Body(new PromptText(text)),
                new Draft.Slot.Exactly(number),
                Optional.empty(),
                Metadata.NONE,
                Source.CHECKPOINT);
    }
}
