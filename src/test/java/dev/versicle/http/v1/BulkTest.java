package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts out of one server and into another, over real HTTP. */
class BulkTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Caller ADMIN = TestServer.caller("admin", Role.ADMIN);
    private static final Caller ALICE = TestServer.caller("alice");
    private static final Caller BOB = TestServer.caller("bob");
    private static final String TAR = "application/x-tar";

    @TempDir
    private Path root;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer from;
    private TestServer to;

    @BeforeEach
    void start() {
        from = TestServer.start(root.resolve("from"));
        to = TestServer.start(root.resolve("to"));
    }

    @AfterEach
    void stop() {
        http.close();
        from.close();
        to.close();
    }

    private static PromptId create(TestServer server, Caller caller, String name, String text) {
        NewPrompt wanted = new NewPrompt(new PromptName(name), Optional.empty(), Optional.of(new PromptText(text)));
        return server.part(Prompts.class).create(caller, wanted).id();
    }

    private static List<String> names(TestServer server) {
        return server.part(Prompts.class).list(ADMIN, new Page.Window(1, 100)).items().stream()
                .map((Prompt prompt) -> prompt.id() + " " + prompt.settings().name() + " " + prompt.text())
                .sorted()
                .toList();
    }

    private HttpResponse<byte[]> send(
            TestServer server, Caller caller, String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .method(method, body)
                .setHeader("Authorization", "Bearer " + server.token(caller))
                .setHeader("Content-Type", path.startsWith("/v1") ? TAR : "application/json")
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> get(Caller caller, String path) {
        return send(from, caller, "GET", path, BodyPublishers.noBody());
    }

    private byte[] export(Caller caller, String query) {
        HttpResponse<byte[]> answer = get(caller, "/v1/export" + query);
        assertEquals(200, answer.statusCode());
        assertEquals(Optional.of(TAR), answer.headers().firstValue("Content-Type"));
        assertTrue(answer.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment"));
        return answer.body();
    }

    /** Each line as it came. */
    private List<JsonNode> bring(Caller caller, byte[] tar) {
        HttpResponse<byte[]> answer = send(to, caller, "POST", "/v1/import", BodyPublishers.ofByteArray(tar));
        assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        assertEquals(Optional.of("application/x-ndjson"), answer.headers().firstValue("Content-Type"));
        return new String(answer.body(), StandardCharsets.UTF_8)
                .lines()
                .map(BulkTest::json)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<String> outcomes(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.has("outcome"))
                .map(line -> line.path("outcome").asText())
                .toList();
    }

    /** An entry as it stands in a tar. */
    private record Entry(String name, byte type, byte[] bytes) {
        private Entry(String name, byte[] bytes) {
            this(name, TarConstants.LF_NORMAL, bytes);
        }
    }

    private static byte[] tar(List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(entry.name(), entry.type());
                header.setSize(entry.bytes().length);
                tar.putArchiveEntry(header);
                tar.write(entry.bytes());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Entry> entries(byte[] tar) {
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            Stream.Builder<Entry> entries = Stream.builder();
            for (TarArchiveEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
                entries.add(new Entry(next.getName(), in.readAllBytes()));
            }
            return entries.build().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aNamespaceGoesOutAndComesInWhole() {
        create(from, ALICE, "one", "first");
        create(from, BOB, "two", "second");
        create(from, ALICE, "три/☕", "third");

        byte[] tar = export(ADMIN, "");
        List<JsonNode> lines = bring(ADMIN, tar);

        assertEquals(List.of("imported", "imported", "imported"), outcomes(lines));
        assertEquals(json("{\"done\":true,\"imported\":3,\"exists\":0,\"refused\":0,\"error\":null}"), lines.getLast());
        assertEquals(names(from), names(to));
        assertEquals(List.of("exists", "exists", "exists"), outcomes(bring(ADMIN, tar)));
    }

    @Test
    void itIsAPlainTarOfBundlesThatGitClones() throws Exception {
        PromptId id = create(from, ALICE, "one", "first");
        Files.write(root.resolve("x.tar"), export(ALICE, "?id=" + id));

        Process tar = new ProcessBuilder("tar", "-xf", "x.tar")
                .directory(root.toFile())
                .start();
        assertEquals(0, tar.waitFor());

        assertEquals(
                json("{\"format\":1,\"prompts\":[{\"id\":\"" + id
                        + "\",\"namespace\":\"default\",\"name\":\"one\",\"file\":\"prompts/" + id + ".bundle\"}]}"),
                json(Files.readString(root.resolve("manifest.json"))));
        new Git(root).run("clone", "-q", "prompts/" + id + ".bundle", "clone");
        assertEquals("first", Files.readString(root.resolve("clone/prompt.md")));
        new Git(root.resolve("clone")).requireSound();
    }

    @Test
    void aCallerGetsWhatItOwnsAndNothingIsBegunForMore() {
        PromptId alices = create(from, ALICE, "one", "first");
        PromptId bobs = create(from, BOB, "two", "second");

        assertEquals(
                List.of("manifest.json", "prompts/" + bobs + ".bundle"),
                entries(export(BOB, "")).stream().map(Entry::name).toList());
        assertEquals(403, get(BOB, "/v1/export?id=" + bobs + "&id=" + alices).statusCode());
        assertEquals(404, get(BOB, "/v1/export?id=" + "0".repeat(24)).statusCode());
        assertEquals(404, get(BOB, "/v1/export?id=x").statusCode());
        assertEquals(422, get(BOB, "/v1/export?namespace=NO").statusCode());
        assertEquals(422, get(BOB, "/v1/export?namespace=default&id=" + bobs).statusCode());
    }

    @Test
    void nobodyAndWhoOnlyReadsAreTurnedAway() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(to.uri("/v1/import"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        HttpResponse<String> nobody = http.send(request, BodyHandlers.ofString());
        Caller reader = TestServer.caller("rita", Role.READER);

        assertEquals(401, nobody.statusCode());
        assertEquals("UNAUTHORIZED", json(nobody.body()).path("error").asText());
        assertEquals(
                403,
                send(to, reader, "POST", "/v1/import", BodyPublishers.ofString("x"))
                        .statusCode());
    }

    @Test
    void whatIsNoExportIsRefusedBeforeTheFirstLine() {
        byte[] other = tar(List.of(new Entry("other.json", new byte[0])));
        byte[] future = tar(List.of(new Entry("manifest.json", "{\"format\":2}".getBytes(StandardCharsets.UTF_8))));
        byte[] link = tar(List.of(new Entry("manifest.json", TarConstants.LF_SYMLINK, new byte[0])));

        for (byte[] wrong : List.of("no tar".getBytes(StandardCharsets.UTF_8), new byte[2048], other, future, link)) {
            HttpResponse<byte[]> answer = send(to, ADMIN, "POST", "/v1/import", BodyPublishers.ofByteArray(wrong));
            assertEquals(422, answer.statusCode());
            assertEquals(
                    "VALIDATION_ERROR",
                    json(new String(answer.body(), StandardCharsets.UTF_8))
                            .path("error")
                            .asText());
        }
    }

    @Test
    void aBadPartIsReportedAndTheOthersGoOn() {
        create(from, ALICE, "one", "first");
        create(from, ALICE, "two", "second");
        create(from, ALICE, "three", "third");
        List<Entry> entries = entries(export(ADMIN, ""));
        Entry broken =
                new Entry(entries.get(1).name(), Arrays.copyOf(entries.get(1).bytes(), 200));

        List<JsonNode> lines = bring(ADMIN, tar(List.of(entries.get(0), broken, entries.get(2))));

        assertEquals(List.of("refused", "imported", "refused"), outcomes(lines));
        assertTrue(lines.get(0).path("error").asText().startsWith("bundle must"), lines.toString());
        assertTrue(lines.get(2).path("error").asText().contains("must be in the archive"), lines.toString());
        assertTrue(lines.getLast().path("done").asBoolean());
        assertEquals(1, names(to).size());
    }

    @Test
    void aBrokenTarEndsTheReportWithALineThatSaysSo() {
        create(from, ALICE, "one", "first");
        create(from, ALICE, "two", "second");
        byte[] whole = export(ADMIN, "");
        List<Entry> entries = entries(whole);
        Entry stray = new Entry("prompts/../../x", new byte[0]);
        Entry link = new Entry(entries.get(2).name(), TarConstants.LF_LINK, new byte[0]);
        Entry pax = new Entry("PaxHeader", TarConstants.LF_PAX_EXTENDED_HEADER_LC, new byte[512]);
        int second = new String(whole, StandardCharsets.ISO_8859_1)
                .indexOf(entries.get(2).name(), 1024);

        for (byte[] broken : List.of(
                tar(List.of(entries.get(0), entries.get(1), stray)),
                tar(List.of(entries.get(0), entries.get(1), entries.get(1))),
                tar(List.of(entries.get(0), entries.get(1), link)),
                tar(List.of(entries.get(0), entries.get(1), pax, entries.get(2))),
                Arrays.copyOf(whole, second + 600))) {
            List<JsonNode> lines = bring(ADMIN, broken);
            assertEquals(2, lines.size(), lines.toString());
            assertFalse(lines.getLast().path("done").asBoolean());
            assertTrue(lines.getLast().path("error").asText().startsWith("archive must"), lines.toString());
        }
        assertEquals(1, names(to).size());
    }

    @Test
    void anImportMayBeLargerThanAnyBodyThatIsTakenAsAWhole() {
        Random random = new Random(3);
        byte[] noise = new byte[PromptText.BYTES_MAX / 2];
        PromptId id = create(from, ALICE, "noise", "begin");
        for (int i = 0; i < 20; i++) {
            random.nextBytes(noise);
            PromptText text = new PromptText(HexFormat.of().formatHex(noise));
            from.part(Prompts.class)
                    .checkpoint(ALICE, id, Draft.checkpoint(new Draft.Content.Body(text)), Expected.NOTHING);
        }

        byte[] tar = export(ADMIN, "");

        assertTrue(tar.length > 9 << 20, () -> tar.length + " bytes");
        assertEquals(List.of("imported"), outcomes(bring(ADMIN, tar)));
        assertEquals(names(from), names(to));
    }

    @Test
    void aBodyThatIsTakenAsAWholeKeepsItsLimitWhetherOrNotItSaysHowLongItIs() {
        byte[] body = new byte[(8 << 20) + 1];
        Arrays.fill(body, (byte) ' ');

        for (BodyPublisher publisher : List.of(
                BodyPublishers.ofByteArray(body), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            HttpResponse<byte[]> answer = send(to, ALICE, "POST", "/api/prompts/create", publisher);
            assertEquals(413, answer.statusCode());
            assertEquals(
                    "application/json",
                    answer.headers().firstValue("Content-Type").orElse(""));
        }
    }

    @Test
    void anExportThatBreaksIsNeverTakenForAWholeOne() {
        create(from, ALICE, "one", "first");
        PromptId id = create(from, ALICE, "two", "second");
        Git git = new Git(from.repository(id.hex()));
        String blob = git.run("rev-parse", "main:prompt.md");
        assertTrue(from.repository(id.hex())
                .resolve("objects")
                .resolve(blob.substring(0, 2))
                .resolve(blob.substring(2))
                .toFile()
                .delete());

        assertThrows(UncheckedIOException.class, () -> get(ADMIN, "/v1/export?id=" + id));
    }
}
