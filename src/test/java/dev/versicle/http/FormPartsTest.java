package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.http.MediaType;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms read part by part, however their bytes come. */
class FormPartsTest {
    private static final String BOUNDARY = "----edge";
    private static final MediaType TYPE = MediaType.of("multipart/form-data; boundary=" + BOUNDARY);

    /** A part, its bytes as Latin-1. */
    private record Read(String name, String bytes) {}

    private static String part(String headers, String bytes) {
        return "--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n" + bytes + "\r\n";
    }

    private static String named(String name, String bytes) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", bytes);
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--" + BOUNDARY + "--\r\n";
    }

    private static List<Read> read(String form, int atOnce) throws IOException {
        byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
        InputStream in = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, atOnce));
            }
        };
        FormParts parts = FormParts.of(TYPE, in);
        List<Read> read = new ArrayList<>();
        for (Optional<FormParts.Part> next = parts.next(); next.isPresent(); next = parts.next()) {
            byte[] content = next.get().content().readAllBytes();
            read.add(new Read(next.get().name(), new String(content, StandardCharsets.ISO_8859_1)));
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64 << 10})
    void theBytesOfAPartAreThoseThatWereSent(int atOnce) throws IOException {
        String tricky = "\r\n--" + BOUNDARY.substring(1) + "\r\n\r\r\n--" + BOUNDARY.substring(0, 5) + "\0\u00ff\r";
        assertEquals(
                List.of(new Read("version", "1.0.0"), new Read("tarball", tricky), new Read("empty", "")),
                read(form(named("version", "1.0.0"), named("tarball", tricky), named("empty", "")), atOnce));
    }

    @Test
    void aPartMayBeLongerThanAnyBuffer() throws IOException {
        byte[] bytes = new byte[1_000_000];
        new Random(2212).nextBytes(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertEquals(List.of(new Read("tarball", text)), read(form(named("tarball", text)), 10_007));
    }

    @Test
    void whatNobodyReadsIsPassedOver() throws IOException {
        String form = form(named("big", "x".repeat(300_000)), named("version", "1.0.0"));
        FormParts parts = FormParts.of(TYPE, new ByteArrayInputStream(form.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals('x', parts.next().orElseThrow().content().read());
        assertEquals("version", parts.next().orElseThrow().name());
        assertEquals(Optional.empty(), parts.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"version\"",
                "content-disposition:form-data;name=version",
                "Content-Type: text/plain\r\nContent-Disposition: form-data; filename=\"a;b\"; name=\"version\"",
                "Content-Disposition: form-data; name=\"version\"; filename=\"x\"\r\nContent-Type: application/gzip"
            })
    void aPartIsNamedByItsDisposition(String headers) throws IOException {
        assertEquals(List.of(new Read("version", "1.0.0")), read(form(part(headers, "1.0.0")), 4096));
    }

    @Test
    void aPartWithoutANameHasNone() throws IOException {
        assertEquals(List.of(new Read("", "x")), read(form(part("Content-Type: text/plain", "x")), 4096));
    }

    @Test
    void whatStandsBeforeTheFirstBoundaryIsNoPart() throws IOException {
        assertEquals(List.of(new Read("a", "1")), read("preamble\r\n" + form(named("a", "1")), 4096));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing of a form",
                "------edge",
                "------edge\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut",
                "------edge and more\r\n\r\nx\r\n------edge--\r\n"
            })
    void whatIsNoFormIsRefused(String body) {
        refused(body);
    }

    @Test
    void partsAndTheirHeadersHaveALimit() throws IOException {
        String[] parts = new String[FormParts.PARTS_MAX];
        java.util.Arrays.fill(parts, named("a", "1"));
        assertEquals(FormParts.PARTS_MAX, read(form(parts), 4096).size());
        refused(form(form(parts).replace("--" + BOUNDARY + "--\r\n", ""), named("a", "1")));
        refused(form(part("X: " + "x".repeat(9_000), "1")));
        refused(form(part(("X: " + "x".repeat(90) + "\r\n").repeat(100) + "Y: y", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=\"\""})
    void aFormNeedsABoundary(String type) {
        PromptException refusal = assertThrows(
                PromptException.class, () -> FormParts.of(MediaType.of(type), InputStream.nullInputStream()));
        assertInstanceOf(Problem.Invalid.class, refusal.problem());
    }

    private static void refused(String body) {
        PromptException refusal = assertThrows(PromptException.class, () -> read(body, 4096));
        assertEquals(
                "body",
                assertInstanceOf(Problem.Invalid.class, refusal.problem()).field());
    }
}
