package dev.versicle.http.orkes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.TestServer;
import dev.versicle.prompt.PromptText;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text is that some clients send raw, and others as a JSON string. */
class OrkesBodiesTest {
    private static final String SAVE = "/prompts/body?description=d";

    @TempDir
    private static Path data;

    private static TestServer server;
    private static OrkesClient alice;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        alice = OrkesClient.of(server, TestServer.caller("alice"));
    }

    @AfterAll
    static void stop() {
        alice.close();
        server.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("What is it?", "What is it?"),
                Arguments.of("\"What \\\"is\\\" it?\"", "What \"is\" it?"),
                Arguments.of("{\"a\":1}", "{\"a\":1}"),
                Arguments.of("\"a\" and \"b\"", "\"a\" and \"b\""),
                Arguments.of("\"\"", ""),
                Arguments.of("\"", "\""),
                Arguments.of("\"a\" ", "\"a\" "),
                Arguments.of(" \"a\"", " \"a\""),
                Arguments.of("\"a\nb\"", "\"a\nb\""),
                Arguments.of("\"a\\nb\"", "a\nb"),
                Arguments.of("\"\\x\"", "\"\\x\""),
                Arguments.of("\"\\ud83d\\ude00\"", "😀"),
                Arguments.of("[\"a\"]", "[\"a\"]"),
                Arguments.of("null", "null"),
                Arguments.of("7", "7"),
                Arguments.of("C:\\temp\\n", "C:\\temp\\n"),
                Arguments.of("\uFEFFmarked", "\uFEFFmarked"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsOneJsonStringStandsForWhatItHolds(String sent, String saved) {
        for (String type : new String[] {"application/json", "application/json; charset=utf-8", "text/plain"}) {
            alice.post(SAVE, "another").being(200);
            alice.send("POST", SAVE, BodyPublishers.ofString(sent), "Content-Type", type)
                    .being(200);
            assertEquals(saved, alice.get("/prompts/body").get("template"), type);
        }
        alice.put(SAVE, "another").being(200);
        alice.put(SAVE, sent).being(200);
        assertEquals(saved, alice.get("/prompts/body").get("template"));
    }

    /** It sends every text raw, so that quotes around it are the text's own. */
    @Test
    void ofTheJavaSdkEveryBodyStandsForItself() {
        alice.send("POST", SAVE, BodyPublishers.ofString("\"a\""), "User-Agent", "okhttp/4.12.0")
                .being(200);
        assertEquals("\"a\"", alice.get("/prompts/body").get("template"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\"a\\u0000b\"", "\"\\ud83d\""})
    void nulAndLoneSurrogatesAreRefused(String sent) {
        assertEquals(400, alice.post(SAVE, sent).status());
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] wrong = {'a', (byte) 0xff};
        assertEquals(
                "body must be well-formed UTF-8.",
                alice.send("POST", SAVE, BodyPublishers.ofByteArray(wrong))
                        .being(400)
                        .get("message"));
        assertEquals(
                400,
                alice.send("PUT", SAVE, BodyPublishers.ofByteArray(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                        .status());
    }

    @Test
    void theLimitCountsWhatWasDecoded() {
        String longest = "\u0001".repeat(PromptText.BYTES_MAX);
        alice.post(SAVE, longest).being(200);
        alice.post(SAVE, OrkesClient.written(longest)).being(200);
        assertEquals(longest, alice.get("/prompts/body").get("template"));
        assertEquals(400, alice.post(SAVE, longest + "a").status());
        assertEquals(400, alice.post(SAVE, OrkesClient.written(longest + "a")).status());
    }
}
