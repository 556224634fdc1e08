package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ETagsTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String TAG = "\"" + COMMIT + "-89abcdef\"";
    private static final Version VERSION = version(Optional.of("89abcdef" + "0".repeat(32)));

    @Test
    void aTagIsTheVersionsStampInQuotes() {
        assertEquals(TAG, ETags.of(VERSION));
        assertEquals("\"" + COMMIT + "-00000000\"", ETags.of(version(Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TAG,
                "W/" + TAG,
                "*",
                "\"other\", " + TAG,
                TAG + ",W/\"a,b\"",
            })
    void whatTheClientHasIsKnown(String header) {
        assertTrue(ETags.known(headers(HttpHeaders.IF_NONE_MATCH, header), VERSION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", COMMIT, "\"" + COMMIT + "\"", "\"" + COMMIT + "-00000000\"", "w/", "\"*\"", "*,*"})
    void anythingElseIsNotKnown(String header) {
        assertFalse(ETags.known(headers(HttpHeaders.IF_NONE_MATCH, header), VERSION));
    }

    /** Of these two names, Java's own hash is the same. */
    @Test
    void whatPointsToAVersionTellsItsTagsApart() {
        String one = ETags.of(VERSION, List.of(new EnvironmentName("ap")));
        String other = ETags.of(VERSION, List.of(new EnvironmentName("c2")));

        assertNotEquals(one, other);
        assertEquals(one, ETags.of(VERSION, List.of(new EnvironmentName("ap"))));
        assertEquals(ETags.expected(match(TAG)), ETags.expected(match(one)));
    }

    @Test
    void factsAreToldApartByTheirOrder() {
        assertNotEquals(ETags.ofFacts("a", 1), ETags.ofFacts(1, "a"));
        assertTrue(ETags.ofFacts("a", 1).matches("\"[0-9a-f]{32}\""), () -> ETags.ofFacts("a", 1));
    }

    @Test
    void theConditionsMayTakeSeveralLines() {
        HttpHeaders headers = headers(HttpHeaders.IF_NONE_MATCH, "\"a\"", TAG);
        HttpHeaders match = headers(HttpHeaders.IF_MATCH, TAG, COMMIT);
        assertTrue(ETags.known(headers, VERSION));
        assertEquals(
                new Expected(List.of(stamp(COMMIT, Optional.of("89abcdef")), stamp(COMMIT, Optional.empty()))),
                ETags.expected(match));
    }

    @Test
    void withoutIfMatchNothingIsExpected() {
        assertEquals(Expected.NOTHING, ETags.expected(headers(HttpHeaders.ACCEPT, "*/*")));
        assertEquals(Expected.NOTHING, ETags.expected(headers(HttpHeaders.IF_MATCH, "*")));
    }

    @Test
    void aTagExpectsCommitAndNoteAndAnIdTheCommitAlone() {
        String shortId = COMMIT.substring(0, 24);
        Optional<String> none = Optional.empty();
        assertEquals(expected(stamp(COMMIT, Optional.of("89abcdef"))), ETags.expected(match(TAG)));
        assertEquals(expected(stamp(COMMIT, none)), ETags.expected(match(COMMIT)));
        assertEquals(expected(stamp(COMMIT, none)), ETags.expected(match("\"" + COMMIT + "\"")));
        assertEquals(expected(stamp(shortId, none)), ETags.expected(match(shortId)));
        assertEquals(
                expected(stamp(shortId, none)), ETags.expected(match("\"" + shortId.toUpperCase(Locale.ROOT) + "\"")));
        assertEquals(
                expected(stamp(COMMIT, none), stamp(shortId, none)), ETags.expected(match(COMMIT + " ,  " + shortId)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "5",
                "latest",
                "W/" + TAG,
                "0123456789abcdef0123456",
                COMMIT + "0",
                COMMIT + "-89abcdef",
                "\"" + COMMIT,
                COMMIT + "\"",
                TAG + ",",
                "*, " + TAG,
                "\"0123456789abcdef01234567-89abcdef\""
            })
    void anythingElseIsRefused(String header) {
        HttpHeaders headers = match(header);
        PromptException refused = assertThrows(PromptException.class, () -> ETags.expected(headers));
        assertEquals(
                new Problem.Invalid("If-Match", "must be an ETag of this server or 24 to 40 hex digits"),
                refused.problem());
    }

    private static HttpHeaders match(String value) {
        return headers(HttpHeaders.IF_MATCH, value);
    }

    private static HttpHeaders headers(String name, String... values) {
        MutableHttpRequest<Object> request = HttpRequest.GET("/");
        for (String value : values) {
            request.getHeaders().add(name, value);
        }
        return request.getHeaders();
    }

    private static Expected expected(Expected.Stamp... stamps) {
        return new Expected(List.of(stamps));
    }

    private static Expected.Stamp stamp(String commit, Optional<String> note) {
        return new Expected.Stamp(commit, note);
    }

    private static Version version(Optional<String> note) {
        Snapshot snapshot = new Snapshot(
                1,
                new CommitId(COMMIT),
                COMMIT,
                new Snapshot.Body("text", List.of()),
                Metadata.NONE,
                new Snapshot.Origin(
                        Source.CHECKPOINT, "anna", Instant.EPOCH, new Snapshot.Saved("anna", Instant.EPOCH)));
        Version.Edition edition = new Version.Edition(Metadata.NONE, "anna", Instant.EPOCH, note);
        return new Version(PromptId.parse("0".repeat(24)), snapshot, edition, true);
    }
}
