package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.TestServer;
import dev.versicle.http.v1.EventLines.Told;
import dev.versicle.prompt.EventDesk;
import dev.versicle.prompt.EventFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows of the change stream's clients works as it stands there. */
@Timeout(EventClientsTest.PATIENCE_SECONDS)
class EventClientsTest {
    static final int PATIENCE_SECONDS = 300;
    private static final String ADDRESS = "http://127.0.0.1:2212";

    @TempDir
    private Path directory;

    private TestServer server;
    private V1Client admin;
    private String prompt;

    @BeforeEach
    void start() {
        server = TestServer.start(directory.resolve("data"));
        admin = V1Client.bearing(server, server.adminKey());
        prompt = admin.create("support-reply", "one");
    }

    @AfterEach
    void stop() {
        admin.close();
        server.close();
    }

    private static String readme(String language) throws IOException {
        String section = Files.readString(Path.of("README.md")).split("### The change stream\n", 2)[1];
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void theReadmeHasTheNumbersOfTheCode() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<String> told = List.of(
                "retry: " + EventFrames.RETRY.toMillis() + "\n",
                "Every " + EventStream.SILENCE_MAX.toSeconds() + " s without news",
                "ends the stream within " + EventStream.TOKEN_ASKED_EVERY.toSeconds() + " s",
                EventDesk.EVENTS_MAX + " at a time",
                "| events of a change stream that are looked at in one step, and kept in memory for all | "
                        + EventDesk.EVENTS_MAX + ", " + EventFeed.REMEMBERED_MAX + " |");
        assertEquals(
                List.of(), told.stream().filter(text -> !readme.contains(text)).toList());
    }

    private Process run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void promote() {
        admin.put("/prompts/" + prompt + "/environments/production", Map.of("rev", "1", "message", "The first one"))
                .being(201);
    }

    /** Once they follow: what is told before they do, is not told to them. */
    private void promoteWhen(int streams) {
        EventStreams all = server.part(EventStreams.class);
        while (all.underWay() < streams) {
            Thread.onSpinWait();
        }
        promote();
    }

    @Test
    void curlPrintsEventsAsTheyHappen() throws IOException {
        Files.writeString(
                directory.resolve("follow.sh"),
                "exec " + readme("sh").replace(ADDRESS, server.uri("").toString()));
        Process curl = run("bash", "follow.sh");
        try (BufferedReader out = curl.inputReader(StandardCharsets.UTF_8)) {
            promoteWhen(1);
            EventLines lines = new EventLines();

            Told told = Stream.generate(() -> line(out))
                    .map(lines::take)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();

            assertEquals("environment.moved", told.event());
            assertEquals("support-reply production 1 The first one", shape(told));
        } finally {
            curl.destroy();
        }
    }

    private static String line(BufferedReader out) {
        try {
            return Optional.ofNullable(out.readLine()).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String shape(Told told) {
        return told.at("/prompt/name").asText() + " "
                + told.at("/environment").asText() + " "
                + told.at("/to/version").asText() + " "
                + told.at("/message").asText();
    }

    /** The second one comes again with an id, and is told what it missed. */
    @Test
    void fetchHearsThemAndGoesOnBehindAnId() throws IOException {
        Files.writeString(directory.resolve("follow.mjs"), readme("js"));
        Files.writeString(directory.resolve("main.mjs"), """
                import { follow } from './follow.mjs';
                const [url, token, id] = process.argv.slice(2);
                await follow(url, token, (event) => console.log(JSON.stringify(event)), id);
                """);
        String url = server.uri("/v1/events?kind=environment.moved").toString();
        String id = server.part(EventFeed.class).epoch() + "-0";
        Process fresh = run("node", "main.mjs", url, server.adminKey(), "");
        try (BufferedReader out = fresh.inputReader(StandardCharsets.UTF_8)) {
            promoteWhen(1);
            assertEquals("support-reply production 1 The first one", shape(new Told("", "", line(out))));
        } finally {
            fresh.destroy();
        }
        Process again = run("node", "main.mjs", url, server.adminKey(), id);
        try (BufferedReader out = again.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("support-reply production 1 The first one", shape(new Told("", "", line(out))));
        } finally {
            again.destroy();
        }
    }

    @Test
    void fetchSaysWhyItIsRefused() throws Exception {
        Files.writeString(directory.resolve("main.mjs"), readme("js") + """
                await follow(process.argv[2], 'no token', () => {}).catch((e) => console.log(e.message));
                """);
        Process node = run("node", "main.mjs", server.uri("/v1/events").toString());
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = out.lines().toList();
            assertEquals(1, said.size(), said::toString);
            assertEquals(
                    "UNAUTHORIZED",
                    new Told("", "", said.getFirst()).at("/error").asText());
            assertEquals(0, node.waitFor());
        }
    }
}
