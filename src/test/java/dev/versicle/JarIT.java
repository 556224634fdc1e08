package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, as an operator runs it. */
class JarIT {
    private static final int JAVA_MIN = 25;
    private static final int SIGTERM_STATUS = 128 + 15;
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern KEY = Pattern.compile("vsk_[0-9a-f]{12}_[0-9a-f]{64}");
    private static final Pattern JAVA_VERSION = Pattern.compile("version \"(\\d+)");

    @TempDir
    private Path directory;

    @Test
    void aFirstStartPrintsWhereItIsAndTheKeyAndASecondOneNoSecret() throws Exception {
        String version;
        String prompt;
        String key;
        String first;
        try (JarServer server = JarServer.run(directory);
                Api api = server.api()) {
            assertEquals(200, health(server.address()));
            key = Api.key(server.data());
            prompt = api.create("kept", "the first word");
            version = api.save(prompt, "the second word").being(201).get("versionId");
            server.terminate();
            assertEquals(SIGTERM_STATUS, server.status());
            first = server.output();
        }
        Path file = directory.resolve("data").resolve("admin.key");
        assertTrue(KEY.matcher(key).matches(), key);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        requireBanner(first, "0");
        assertTrue(first.contains("  " + key + "\n"), first);
        try (JarServer server = JarServer.run(directory);
                Api api = server.api()) {
            assertEquals("the second word", api.version(prompt, version).get("prompt"));
            server.terminate();
            assertEquals(SIGTERM_STATUS, server.status());
            requireBanner(server.output(), "1");
            assertFalse(KEY.matcher(server.output()).find(), server.output());
            assertFalse(server.output().contains(key.substring(key.lastIndexOf('_') + 1)), server.output());
        }
        assertEquals(key, Api.key(directory.resolve("data")));
    }

    private void requireBanner(String output, String prompts) {
        Path data = directory.resolve("data");
        requireLine(output, "address", "http://127\\.0\\.0\\.1:\\d+");
        requireLine(output, "data directory", Pattern.quote(data.toString()));
        requireLine(output, "prompts", prompts);
        requireLine(output, "Java", Pattern.quote(Runtime.version().toString()));
        requireLine(
                output,
                "administrator key",
                Pattern.quote(data.resolve("admin.key").toString()));
    }

    private static void requireLine(String output, String name, String value) {
        assertTrue(
                Pattern.compile("(?m)^ *" + name + " +" + value + "$")
                        .matcher(output)
                        .find(),
                () -> "no line of " + name + " " + value + " in: " + output);
    }

    /** In the environment for the first start, in a file for the second, which shows that both ways lead there. */
    @Test
    void withJsonEveryLineOfTheOutputIsOneAndTheBannerStandsApart() throws Exception {
        Path file = Files.writeString(directory.resolve("set.yml"), "versicle:\n  log-format: json\n");
        for (Map<String, String> settings :
                List.of(Map.of("VERSICLE_LOG_FORMAT", "json"), Map.of("MICRONAUT_CONFIG_FILES", file.toString()))) {
            try (JarServer server = JarServer.run(directory, settings);
                    Api api = server.api()) {
                api.get("/api/prompts/user").being(200);
                api.get("/nowhere").being(404);
                // A line comes when its answer has been sent: the ones before are there when this one is answered.
                api.get("/health").being(200);
                server.terminate();
                assertEquals(SIGTERM_STATUS, server.status());
                List<String> messages = new ArrayList<>();
                for (String line : server.lines()) {
                    messages.add(MAPPER.readTree(line).get("message").asText());
                }
                assertTrue(
                        messages.stream().anyMatch(line -> line.startsWith("GET /api/prompts/user 200 ")),
                        messages::toString);
                assertTrue(messages.stream().anyMatch(line -> line.startsWith("GET unknown 404 ")), messages::toString);
                requireBanner(server.errors(), "0");
                assertFalse(String.join("\n", server.lines()).contains(Api.key(server.data())));
            }
        }
    }

    @Test
    void aFormatOfTheLogThatIsNoneIsRefusedWithASentenceAlone() throws Exception {
        try (JarServer server = JarServer.run(directory, Map.of("VERSICLE_LOG_FORMAT", "xml"))) {
            assertEquals(1, server.status());
            assertEquals("VERSICLE_LOG_FORMAT must be text or json.\n", server.output());
        }
    }

    @Test
    void aLoggerIsTurnedUpByItsName() throws Exception {
        for (Map.Entry<String, Boolean> level :
                Map.of("DEBUG", true, "INFO", false).entrySet()) {
            try (JarServer server = JarServer.run(directory, Map.of("LOGGER_LEVELS_DEV_VERSICLE", level.getKey()));
                    Api api = server.api()) {
                api.get("/health").being(200);
                api.get("/health").being(200);
                server.terminate();
                assertEquals(level.getValue(), server.output().contains(" GET /health 200 "), server.output());
            }
        }
    }

    private static int health(URI address) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address.resolve("/health")).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** The page, a document, and the largest file of the webjar: as small a jar as can be still has all of it. */
    @Test
    void theJarHasThePageWithTheDocumentsAndWhatDrawsThem() throws Exception {
        try (JarServer server = JarServer.run(directory)) {
            assertTrue(text(server, "/openapi").contains("href=\"openapi/tether.yaml\""));
            assertTrue(text(server, "/openapi/tether.yaml").startsWith("openapi: 3.0.3\n"));
            assertTrue(text(server, "/openapi/swagger-ui-bundle.js").contains("SwaggerUIBundle"));
        }
    }

    private static String text(JarServer server, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.address().resolve(path)).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void aSecondServerOnTheSameDataEndsWithASentence() throws Exception {
        try (JarServer first = JarServer.run(directory)) {
            URI address = first.address();
            try (JarServer second = JarServer.run(directory)) {
                assertEquals(1, second.status());
                assertEquals(
                        "Another server is running on the data directory " + first.data() + ".\n", second.output());
            }
            assertEquals(200, health(address));
        }
    }

    /** The server has asked for the body when the signal comes, and gets it when nobody else is let in any more. */
    @Test
    void aStopLetsARequestUnderWayEnd() throws Exception {
        String prompt;
        String answer;
        try (JarServer server = JarServer.run(directory);
                Api api = server.api()) {
            prompt = api.create("slow", "the first word");
            String body = "{\"prompt\": \"the last word\"}";
            URI address = server.address();
            try (Socket socket = new Socket(address.getHost(), address.getPort());
                    OutputStream out = socket.getOutputStream();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                out.write(head(prompt, body, address, Api.key(server.data())));
                assertEquals("HTTP/1.1 100 Continue", in.readLine());
                assertEquals("", in.readLine());
                server.terminate();
                untilNobodyListens(address);
                out.write(body.getBytes(StandardCharsets.UTF_8));
                answer = in.readLine();
            }
            assertEquals("HTTP/1.1 201 Created", answer, server::output);
            assertEquals(SIGTERM_STATUS, server.status());
            assertFalse(server.output().contains("WARN"), server.output());
        }
        try (JarServer server = JarServer.run(directory);
                Api api = server.api()) {
            assertEquals(
                    "the last word",
                    api.get(Api.PROMPTS + "/" + prompt).being(200).get("prompt"));
        }
    }

    private static byte[] head(String prompt, String body, URI address, String key) {
        return """
                POST %s HTTP/1.1
                Host: %s
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: %d
                Expect: 100-continue

                """.formatted(Api.versions(prompt), address.getAuthority(), key, body.length())
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void untilNobodyListens(URI address) {
        assertThrows(SocketException.class, () -> {
            while (true) {
                new Socket(address.getHost(), address.getPort()).close();
            }
        });
    }

    @Test
    void anOldJavaIsToldInWordsThatItIsTooOld() throws Exception {
        int installed = javaOnThePath();
        assumeTrue(installed > 0, "there is no java on the PATH, so no old one can be asked");
        assumeTrue(installed < JAVA_MIN, "the java on the PATH is " + installed + ", which is not too old");
        try (JarServer server = JarServer.run(directory, "java")) {
            assertEquals(1, server.status());
            assertEquals(
                    "Versicle needs Java 25 or later; this is Java " + installed
                            + ". Run it with the java of a newer JDK.\n",
                    server.output());
        }
        assertFalse(Files.exists(directory.resolve("data")));
    }

    /** Which Java the PATH leads to; 0 where it leads to none. */
    private static int javaOnThePath() throws InterruptedException {
        try {
            Process java = new ProcessBuilder("java", "-version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = JAVA_VERSION.matcher(said);
            return java.waitFor() == 0 && version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
