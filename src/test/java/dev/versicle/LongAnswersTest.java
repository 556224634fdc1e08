package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer has its entity tag, and is whole, whether it is held while its tag is made or is too long for that. */
class LongAnswersTest {
    private static final int HELD_BYTES_MAX = 256 << 10;
    private static final int SHORTER = 100_000;
    private static final String LIST = Api.PROMPTS + "/user?limit=1";

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(ints = {HELD_BYTES_MAX, HELD_BYTES_MAX + 1})
    void itIsTaggedHoweverLongItIs(int length) {
        try (TestServer server = TestServer.start(data);
                Api api = Api.of(server.uri(""), data)) {
            String prompt = api.create("long", "x".repeat(SHORTER));
            int around = api.get(LIST).being(200).text().length() - SHORTER;
            String text = "x".repeat(length - around);
            api.save(prompt, text).being(201);

            Api.Answer answer = api.get(LIST).being(200);

            assertEquals(length, answer.text().length());
            assertEquals(text, answer.json().at("/prompts/0/prompt").asText());
            String etag = answer.header("ETag").orElseThrow();
            assertEquals(etag, api.get(LIST).header("ETag").orElseThrow());
            assertEquals(
                    304,
                    api.send("GET", LIST, BodyPublishers.noBody(), "If-None-Match", etag)
                            .status());
            api.save(prompt, text.replaceFirst("x$", "y")).being(201);
            assertEquals(
                    200,
                    api.send("GET", LIST, BodyPublishers.noBody(), "If-None-Match", etag)
                            .status());
        }
    }
}
