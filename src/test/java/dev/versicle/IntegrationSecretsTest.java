package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The API key of an integration goes to its provider, and nowhere else; it outlives restarts. */
@Isolated("reads what the whole process logs")
class IntegrationSecretsTest {
    private static final String SECRET = "sk-5ec3e75ec3e75ec3e7";
    private static final String PROMPT = "the secret recipe of the house";
    private static final String INTEGRATION = "/api/integrations/provider/..%2F..%2Flocal";
    private static final String TEST = """
            {"llmProvider": "../../local", "model": "small", "prompt": "%s"}""".formatted(PROMPT);

    @TempDir
    private Path data;

    private ModelServer provider;
    private TestServer server;
    private Api api;

    @BeforeEach
    void start() {
        provider = new ModelServer();
        open();
    }

    private void open() {
        server = TestServer.start(data);
        api = Api.of(server.uri(""), data);
    }

    @AfterEach
    void stop() {
        shut();
        provider.close();
    }

    private void shut() {
        api.close();
        server.close();
    }

    private Api.Answer post(String path, String body) {
        return api.send("POST", path, BodyPublishers.ofString(body), "X-Authorization", Api.key(data));
    }

    private void register() {
        String integration = """
                {"configuration": {"endpoint": "%s", "api_key": "%s"}}""".formatted(provider.base(), SECRET);
        post(INTEGRATION, integration).being(200);
        post(INTEGRATION + "/integration/small", "{}").being(200);
    }

    private Api.Answer test() {
        return post("/api/prompts/test", TEST);
    }

    private boolean isKeySet() {
        return api.get(INTEGRATION)
                .being(200)
                .json()
                .path("configuration")
                .path("api_key_set")
                .booleanValue();
    }

    @Test
    void theKeyIsInNoAnswerNoLogAndNoFileAndNoPromptIsInTheLog() throws IOException {
        List<String> said = new ArrayList<>();
        List<ILoggingEvent> events;
        try (ServersLog log = ServersLog.turnedUp(
                "dev.versicle", "io.micronaut.http.client", "io.micronaut.security", "org.eclipse.jgit")) {
            register();
            said.add(test().being(200).text());
            provider.answers(401, SECRET + " is wrong");
            said.add(test().being(502).text());
            for (String path : List.of("", "/integration", "/integration/small", "/integration/small/prompt")) {
                said.add(api.get(INTEGRATION + path).being(200).text());
            }
            said.add(api.get("/api/integrations/provider").being(200).text());
            events = log.events();
        }

        assertEquals(2, provider.asked().size());
        assertEquals("Bearer " + SECRET, provider.asked().getFirst().authorization());
        assertEquals(
                List.of(), said.stream().filter(text -> text.contains(SECRET)).toList());
        assertTrue(
                events.stream().anyMatch(event -> event.getLevel() == Level.TRACE || event.getLevel() == Level.DEBUG),
                "the log was turned up");
        assertEquals(
                List.of(),
                events.stream()
                        .map(ServersLog::line)
                        .filter(line -> line.contains(SECRET) || line.contains(PROMPT))
                        .toList());
        assertEquals(List.of(), filesWith(SECRET));
        Git system = new Git(data.resolve("system.git"));
        String objects =
                new String(system.bytes("cat-file", "--batch-all-objects", "--batch"), StandardCharsets.ISO_8859_1);
        assertTrue(objects.contains("api_key_sealed"), "the integration is among the objects");
        assertFalse(objects.contains(SECRET));
    }

    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void noNameIsAPathInTheSystemsTree() {
        register();

        List<String> paths = List.of(new Git(data.resolve("system.git"))
                .run("ls-tree", "-r", "--name-only", "main")
                .split("\n"));
        assertTrue(paths.stream().anyMatch(path -> path.matches("integrations/[0-9a-f]{64}\\.json")), paths.toString());
        assertFalse(paths.toString().contains("local"));
    }

    @Test
    void everyChangeIsACommitOfWhoMadeItAndNoChangeIsNone() {
        register();
        Git system = new Git(data.resolve("system.git"));

        assertEquals("admin Change integration ../../local", system.run("log", "-1", "--format=%an %s", "main"));
        system.requireSound();
    }

    @Test
    void secretKeyIsForItsOwnerAlone() throws IOException {
        Path file = data.resolve("secret.key");

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).matches("[0-9a-f]{64}\n"));
    }

    @Test
    void aRestartKeepsEverything() {
        register();
        String before = api.get(INTEGRATION).being(200).text();
        shut();
        open();

        assertEquals(before, api.get(INTEGRATION).being(200).text());
        assertEquals("hello", test().being(200).text());
        assertEquals("Bearer " + SECRET, provider.asked().getFirst().authorization());
    }

    @Test
    void whenSecretKeyIsLostTheIntegrationIsThereWithoutItsKeyUntilTheFileIsBack() throws IOException {
        register();
        shut();
        Path file = data.resolve("secret.key");
        byte[] key = Files.readAllBytes(file);
        Files.delete(file);
        List<String> warnings;
        try (ServersLog log = ServersLog.turnedUp()) {
            open();
            assertFalse(isKeySet());
            assertFalse(isKeySet());
            assertEquals(PROMPT, test().being(200).text());
            post(INTEGRATION + "/integration/large", "{}").being(200);
            warnings = log.events().stream()
                    .filter(event -> event.getLevel() == Level.WARN)
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(message -> message.contains("secret.key"))
                    .toList();
        }
        assertEquals(List.of(), provider.asked());
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.getFirst().startsWith("The API key of integration ../../local in namespace default"));

        shut();
        Files.write(file, key);
        open();

        assertEquals("hello", test().being(200).text());
    }

    @Test
    void aKeyGivenAnewAfterALossCounts() throws IOException {
        register();
        shut();
        Files.delete(data.resolve("secret.key"));
        open();

        register();

        assertEquals("hello", test().being(200).text());
    }

    @Test
    void aSecretKeyThatIsNoneRefusesTheStart(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("secret.key"), "not a key\n");
        Map<String, Object> settings =
                Map.of("versicle.data", other.toString(), "versicle.port", 0, "versicle.samples", false);

        StartRefused refused = assertThrows(StartRefused.class, () -> Server.start(settings));

        assertTrue(String.valueOf(refused.getMessage()).contains("secret.key does not hold 64 hex digits"));
    }
}
