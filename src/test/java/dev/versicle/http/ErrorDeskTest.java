package dev.versicle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Real HTTP against a door at which everything goes wrong. */
@Isolated("reads what the whole process logs")
final class ErrorDeskTest {
    private static final int BYTES_MAX = 1000;
    private static final long PATIENCE_SECONDS = 30;
    private static final String JSON = "application/json";

    private static EmbeddedServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        DeskController.PROPERTY,
                        "true",
                        "micronaut.server.port",
                        "-1",
                        "micronaut.server.max-request-size",
                        BYTES_MAX,
                        "micronaut.security.reject-not-found",
                        "false",
                        "micronaut.security.redirect.enabled",
                        "false"));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void aRefusalOfTheHeartIsWordedByTheControllersDialect() throws Exception {
        HttpResponse<String> answer = get("/desk/of/refusal");
        assertEquals(418, answer.statusCode());
        assertEquals("{\"desk\":\"Contended\"}", answer.body());
        assertEquals(List.of(JSON), answer.headers().allValues("Content-Type"));
    }

    @Test
    void aCrashIsLoggedOnceWithItsRequestAndTellsTheClientNothing() throws Exception {
        ListAppender<ILoggingEvent> log = listen();
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(server.getURI().resolve("/desk/of/crash"))
                        .header("X-Request-Id", "crash-1")
                        .build());
        assertEquals(500, answer.statusCode());
        assertEquals("{\"desk\":\"INTERNAL\"}", answer.body());
        List<ILoggingEvent> errors = log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .toList();
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(errors.getFirst().getFormattedMessage().contains("crash-1"));
        assertEquals(
                DeskController.SECRET, errors.getFirst().getThrowableProxy().getMessage());
    }

    @Test
    void aClientThatGoesAwayIsNoError() throws Exception {
        Logger desk = (Logger) LoggerFactory.getLogger(ErrorDesk.class);
        BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();
        desk.addAppender(started(new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                events.add(event);
            }
        }));
        desk.setLevel(Level.DEBUG);
        leave("POST /desk/of/bytes", "Content-Length: 100");
        ILoggingEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        desk.setLevel(null);
        assertEquals(Level.DEBUG, Optional.ofNullable(event).orElseThrow().getLevel());
    }

    @Test
    void aStatusOfTheFrameworkLosesItsText() throws Exception {
        HttpResponse<String> answer = get("/desk/of/status");
        assertEquals(400, answer.statusCode());
        assertEquals("{\"desk\":\"MALFORMED\"}", answer.body());
    }

    @Test
    void anUnknownPathIsWordedByTheDialectAboveIt() throws Exception {
        HttpResponse<String> answer = get("/desk/of/nowhere/at/all");
        assertEquals(404, answer.statusCode());
        assertEquals("{\"desk\":\"NO_ROUTE\"}", answer.body());
    }

    @Test
    void anUnknownPathAtNoDoorIsWordedByTheHouse() throws Exception {
        HttpResponse<String> answer = get("/desk/office");
        assertEquals(404, answer.statusCode());
        assertEquals(
                "{\"error\":\"NOT_FOUND\",\"message\":\"There is nothing at this address.\",\"details\":{}}",
                answer.body());
    }

    @Test
    void anotherMethodIsRefusedWithTheOnesThatAre() throws Exception {
        HttpResponse<String> answer = send(request("/desk/of/bytes").DELETE().build());
        assertEquals(405, answer.statusCode());
        assertEquals("{\"desk\":\"METHOD\"}", answer.body());
        assertEquals(List.of("POST"), answer.headers().allValues("Allow"));
    }

    @Test
    void whatIsNotProducedIsNotAcceptable() throws Exception {
        HttpResponse<String> answer =
                send(request("/desk/of/log").header("Accept", "image/png").build());
        assertEquals(406, answer.statusCode());
        assertEquals("{\"desk\":\"NOT_ACCEPTABLE\"}", answer.body());
    }

    @Test
    void whatIsNotConsumedIsUnsupported() throws Exception {
        HttpResponse<String> answer = send(request("/desk/of/bytes")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build());
        assertEquals(415, answer.statusCode());
        assertEquals("{\"desk\":\"MEDIA_TYPE\"}", answer.body());
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() throws Exception {
        HttpResponse<String> fits = post("/desk/of/bytes", "x".repeat(BYTES_MAX));
        HttpResponse<String> whole = post("/desk/of/bytes", "x".repeat(BYTES_MAX + 1));
        HttpResponse<String> streamed = post("/desk/of/stream", "x".repeat(BYTES_MAX + 1));
        assertEquals(BYTES_MAX + " bytes", fits.body());
        assertEquals("413 {\"desk\":\"TOO_LARGE\"}", whole.statusCode() + " " + whole.body());
        assertEquals("413 {\"desk\":\"TOO_LARGE\"}", streamed.statusCode() + " " + streamed.body());
    }

    @Test
    void anAbsentBodyIsNamed() throws Exception {
        HttpResponse<String> answer = post("/desk/of/bytes", "");
        assertEquals("418 {\"desk\":\"Invalid\"}", answer.statusCode() + " " + answer.body());
    }

    @Test
    void aQueryValueThatIsNoNumberIsNamed() throws Exception {
        assertEquals("page 7", get("/desk/of/query").body());
        assertEquals("page 9", get("/desk/of/query?page=9").body());
        assertEquals("{\"desk\":\"Invalid\"}", get("/desk/of/query?page=x").body());
        assertEquals("{\"desk\":\"Invalid\"}", get("/desk/of/query?page=1.5").body());
        assertEquals(
                "{\"desk\":\"Invalid\"}", get("/desk/of/query?page=99999999999").body());
        assertEquals("page 7", get("/desk/of/query?page=").body());
    }

    @Test
    void whoeverIsUnknownIsAskedForAToken() throws Exception {
        HttpResponse<String> answer = get("/desk/of/locked");
        assertEquals("401 {\"desk\":\"UNAUTHENTICATED\"}", answer.statusCode() + " " + answer.body());
        assertEquals(List.of("Bearer"), answer.headers().allValues("WWW-Authenticate"));
        assertFalse(answer.headers().allValues("X-Request-Id").isEmpty());
    }

    @Test
    void aRequestThatCannotBeDecodedGetsTheEnvelopeAndAnId() throws Exception {
        String malformedUri = raw("GET /desk/%zz", "Accept: */*");
        String badLength = raw("POST /desk/of/bytes", "Content-Length: ten");
        assertTrue(malformedUri.startsWith("HTTP/1.1 400 Bad Request"), malformedUri);
        assertTrue(malformedUri.contains("{\"error\":\"BAD_REQUEST\""), malformedUri);
        assertTrue(malformedUri.toLowerCase(Locale.ROOT).contains("\nx-request-id: "), malformedUri);
        assertTrue(badLength.startsWith("HTTP/1.1 400 Bad Request"), badLength);
        assertTrue(badLength.contains("{\"desk\":\"MALFORMED\"}"), badLength);
        assertTrue(badLength.toLowerCase(Locale.ROOT).contains("\nx-request-id: "), badLength);
    }

    @Test
    void aSaneRequestIdIsTakenAndReachesTheLogOfTheBlockingThread() throws Exception {
        HttpResponse<String> answer =
                send(request("/desk/of/log").header("X-Request-Id", "a.B_9-z").build());
        assertEquals("a.B_9-z", answer.body());
        assertEquals(List.of("a.B_9-z"), answer.headers().allValues("X-Request-Id"));
    }

    @Test
    void aStrangeRequestIdIsReplaced() throws Exception {
        HttpResponse<String> answer =
                send(request("/desk/of/log").header("X-Request-Id", "a b").build());
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertNotEquals("a b", id);
        assertEquals(id, answer.body());
    }

    @Test
    void aRefusedHeadHasNoBody() throws Exception {
        HttpResponse<String> answer = send(request("/desk/of/nowhere").HEAD().build());
        assertEquals("404 ", answer.statusCode() + " " + answer.body());
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> appender = started(new ListAppender<>());
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
        return appender;
    }

    private static <A extends Appender<ILoggingEvent>> A started(A appender) {
        appender.start();
        return appender;
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.getURI().resolve(path));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertFalse(answer.body().contains(DeskController.SECRET), answer.body());
        return answer;
    }

    private static String raw(String line, String header) throws IOException {
        try (Socket socket = connect(line, header)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void leave(String line, String header) throws IOException {
        connect(line, header).close();
    }

    private static Socket connect(String line, String header) throws IOException {
        String request = String.join("\r\n", line + " HTTP/1.1", "Host: x", header, "Connection: close", "", "");
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
