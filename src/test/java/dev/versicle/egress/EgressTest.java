package dev.versicle.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.TlsServer;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called, what is not, and at which address; with real sockets. */
class EgressTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("1.1.1.1");
    private static final InetAddress PRIVATE = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private static final AddressRules LOCAL =
            new AddressRules(List.of(AddressRange.parse("127.0.0.1").orElseThrow()));

    @TempDir
    private static Path directory;

    private static TlsServer server;

    @BeforeAll
    static void start() {
        server = TlsServer.start(directory)
                .answers("/hello", 200, Map.of("X-Said", "yes"), "hello")
                .answers("/moved", 302, Map.of("Location", "https://127.0.0.1/elsewhere"), "")
                .answers("/silent", exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    drip(exchange.getResponseBody());
                });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A byte now and then, until nobody wants it any more. */
    private static void drip(OutputStream out) throws IOException {
        while (true) {
            out.write('.');
            out.flush();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static Destination to(String url) {
        return Destination.parse("url", url);
    }

    private static Call call(String url, Duration timeMax) {
        Destination to = to(url);
        return new Call(to, to.path(), Map.of(), Optional.empty(), timeMax);
    }

    /** Names that have these addresses: at every look-up those of the next list. */
    private static Names names(List<List<InetAddress>> answers) {
        Deque<List<InetAddress>> left = new ArrayDeque<>(answers);
        return host -> left.removeFirst();
    }

    private static Names name(InetAddress... addresses) {
        return names(List.of(List.of(addresses)));
    }

    private static String read(Answer answer) throws IOException {
        try (answer) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String refusal(Egress egress, String url) {
        PromptException refused = assertThrows(PromptException.class, () -> egress.send(call(url, PATIENCE)));
        Problem.Invalid invalid = (Problem.Invalid) refused.problem();
        assertEquals("url", invalid.field());
        return invalid.rule();
    }

    private static String failure(Egress egress, Call call) {
        return assertThrows(Unreachable.class, () -> read(egress.send(call))).what();
    }

    @Test
    void anAllowedServerIsAskedAndItsAnswerRead() throws IOException {
        Answer answer = new Egress(LOCAL, new SystemNames()).send(call(server.url("/hello"), PATIENCE));

        assertEquals(200, answer.status());
        assertEquals(Optional.of("yes"), answer.header("x-said"));
        assertEquals("hello", read(answer));
    }

    @Test
    void aBodyIsPosted() throws IOException {
        Destination to = to(server.url("/hello"));
        Call call = new Call(to, "/hello?a=b", Map.of("X-Mine", "1"), Optional.of("ü"), PATIENCE);

        read(new Egress(LOCAL, new SystemNames()).send(call));

        TlsServer.Asked asked = server.asked().getLast();
        assertEquals("POST /hello?a=b", asked.method() + " " + asked.target());
        assertEquals(Optional.of("2"), asked.header("Content-length"));
        assertEquals(Optional.of("1"), asked.header("X-mine"));
        assertEquals(Optional.of("127.0.0.1:" + server.port()), asked.header("Host"));
    }

    @Test
    void aRedirectIsAnAnswerAndNothingMore() throws IOException {
        try (Answer answer = new Egress(LOCAL, new SystemNames()).send(call(server.url("/moved"), PATIENCE))) {
            assertEquals(302, answer.status());
        }
    }

    /** No resolver but the test's knows this name, so the address was the one that had been judged. */
    @Test
    void whatWasJudgedIsWhatIsDialled() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, HERE)) {
            Thread.ofVirtual().start(() -> hello(plain));
            String url = "http://git.invalid:" + plain.getLocalPort() + "/x";

            assertEquals("hi", read(new Egress(LOCAL, name(HERE)).send(call(url, PATIENCE))));
        }
    }

    private static void hello(ServerSocket plain) {
        try (Socket socket = plain.accept();
                InputStream in = socket.getInputStream()) {
            in.readNBytes(1);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aNameThatWasPublicBeforeIsJudgedAgainWhenItIsDialled() {
        Egress egress = new Egress(new AddressRules(List.of()), names(List.of(List.of(PUBLIC), List.of(PRIVATE))));

        egress.require(to("https://rebinding.example/"));

        assertEquals(
                "must not lead to an address that this server may not call",
                refusal(egress, "https://rebinding.example/"));
    }

    @Test
    void oneForbiddenAddressAmongManyIsEnough() {
        Egress egress = new Egress(new AddressRules(List.of()), name(PUBLIC, PRIVATE));

        assertEquals(
                "must not lead to an address that this server may not call", refusal(egress, "https://both.example/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://2130706433/",
                "https://10.0.0.1:8443/x.git",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[fd00::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://0.0.0.0/"
            })
    void noWayToWriteAForbiddenAddressHelps(String url) {
        Egress egress = new Egress(new AddressRules(List.of()), new SystemNames());

        assertEquals("must not lead to an address that this server may not call", refusal(egress, url));
    }

    @Test
    void withoutTlsOnlyWhatIsListedIsCalled() {
        Egress egress = new Egress(LOCAL, names(List.of(List.of(PUBLIC), List.of(HERE, PUBLIC))));

        assertEquals("must begin with https://", refusal(egress, "http://public.example/"));
        assertEquals("must begin with https://", refusal(egress, "http://mixed.example/"));
    }

    @Test
    void aNameThatLeadsNowhereIsSaid() {
        Names nothing = host -> {
            throw new UnknownHostException(host);
        };

        assertEquals(
                "has a name that leads nowhere", failure(new Egress(LOCAL, nothing), call("https://a.b/", PATIENCE)));
        assertEquals(
                "has a name that leads nowhere", failure(new Egress(LOCAL, name()), call("https://a.b/", PATIENCE)));
        assertThrows(PromptException.class, () -> new Egress(LOCAL, nothing).require(to("https://a.b/")));
    }

    @Test
    void anAnswerThatDripsEndsWithItsTime() {
        Egress egress = new Egress(LOCAL, new SystemNames());

        assertEquals("did not answer in time", failure(egress, call(server.url("/silent"), SHORT)));
    }

    @Test
    void aServerThatSaysNothingAtAllEndsWithItsTime() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, HERE)) {
            Egress egress = new Egress(LOCAL, new SystemNames());
            String url = "https://127.0.0.1:" + deaf.getLocalPort() + "/";

            assertEquals("did not answer in time", failure(egress, call(url, SHORT)));
        }
    }

    @Test
    void aPortThatNobodyHasIsSaid() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            free = socket.getLocalPort();
        }

        assertEquals(
                "could not be reached",
                failure(new Egress(LOCAL, new SystemNames()), call("https://127.0.0.1:" + free + "/", PATIENCE)));
    }

    @Test
    void aCertificateForAnotherNameIsSaid() {
        Egress egress = new Egress(LOCAL, name(HERE));

        assertEquals(
                "shows no certificate that is trusted here and made out to its name",
                failure(egress, call("https://git.example:" + server.port() + "/hello", PATIENCE)));
    }

    @Test
    void aCertificateThatNobodyTrustsIsSaid(@TempDir Path other) {
        String url;
        try (TlsServer stranger = TlsServer.start(other, "127.0.0.2");
                TlsServer trusted = TlsServer.start(other)) {
            url = trusted.url("/").replace(":" + trusted.port(), ":" + stranger.port());
            assertEquals(
                    "shows no certificate that is trusted here and made out to its name",
                    failure(new Egress(LOCAL, new SystemNames()), call(url, PATIENCE)));
        }
    }

    @Test
    void noProxyIsAsked() throws IOException {
        Map<String, String> proxies = Map.of(
                "https.proxyHost", "127.0.0.1",
                "https.proxyPort", "1",
                "socksProxyHost", "127.0.0.1",
                "socksProxyPort", "1");
        proxies.forEach(System::setProperty);
        try {
            assertEquals(
                    "hello", read(new Egress(LOCAL, new SystemNames()).send(call(server.url("/hello"), PATIENCE))));
        } finally {
            proxies.keySet().forEach(System::clearProperty);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://example.org/ | must begin with https://",
                "file:///etc/passwd | must begin with https://",
                "ext::sh -c id | must be a well-formed URL",
                "git@example.org:a/b.git | must be a well-formed URL",
                "example.org/a.git | must begin with https://",
                "https:///a.git | must have a host, in ASCII and without a zone",
                "https://127.1/ | must have a host, in ASCII and without a zone",
                "https:a.git | must have a host, in ASCII and without a zone",
                "https://gït.example/ | must have a host, in ASCII and without a zone",
                "https://[fe80::1%25eth0]/ | must have a host, in ASCII and without a zone",
                "https://user@example.org/ | must have no user and no password in it",
                "https://user:secret@example.org/ | must have no user and no password in it",
                "https://example.org@127.0.0.1/ | must have no user and no password in it",
                "https://example.org/#x | must have no fragment",
                "https://example.org:0/ | must have a port of 1 to 65535",
                "https://example.org:65536/ | must have a port of 1 to 65535",
                "https://example.org/a b | must be a well-formed URL"
            })
    void whatIsNoDestinationIsToldWhy(String url, String rule) {
        PromptException refused = assertThrows(PromptException.class, () -> to(url));

        assertEquals(new Problem.Invalid("url", rule), refused.problem());
    }

    @Test
    void whatACallCarriesIsNotInItsText() {
        Call call = new Call(
                to("https://example.org/a.git"),
                "/a.git",
                Map.of("Authorization", "Basic c2VjcmV0"),
                Optional.of("secret"),
                PATIENCE);

        assertEquals("https://example.org/a.git", call.toString());
    }
}
