package dev.versicle.remote;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.versicle.Git;
import dev.versicle.TlsServer;
import dev.versicle.git.House;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Remote;
import dev.versicle.prompt.RemoteImports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that send too much, too slowly or nonsense are told apart in words, and nothing of them stays. */
class HostileRemotesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String ID = "1234567890123456789012345678901234567890";
    private static final String ADVERTISEMENT = "application/x-git-upload-pack-advertisement";
    private static final String RESULT = "application/x-git-upload-pack-result";
    private static final String OLD = Packets.line("# service=git-upload-pack\n") + Packets.FLUSH;
    private static final String NEW =
            OLD + Packets.line("version 2\n") + Packets.line("object-format=sha1\n") + Packets.FLUSH;

    @TempDir
    private Path root;

    private House house;
    private TlsServer server;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        server = TlsServer.start(root);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(Optional.empty(), house.catalog.find(Namespace.DEFAULT, new PromptName("mine")));
        try (Stream<Path> fresh = Files.walk(root.resolve("data/new"));
                Stream<Path> whole = Files.walk(root.resolve("data/prompts"))) {
            assertEquals(List.of(), Stream.concat(fresh.skip(1), whole.skip(1)).toList());
        }
        server.close();
        house.close();
    }

    /** What writes an answer. */
    @FunctionalInterface
    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    private static Body text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Body forever(String text) {
        byte[] portion = text.repeat(Math.max(1, (1 << 16) / text.length())).getBytes(StandardCharsets.ISO_8859_1);
        return out -> {
            while (true) {
                out.write(portion);
            }
        };
    }

    private static Body both(Body first, Body then) {
        return out -> {
            first.write(out);
            then.write(out);
        };
    }

    /** A server that answers the first request so, and every other as it says. */
    private static HttpHandler says(Body advertisement, Body result) {
        return exchange -> {
            boolean first = exchange.getRequestMethod().equals("GET");
            send(exchange, first ? ADVERTISEMENT : RESULT, first ? advertisement : result);
        };
    }

    private static void send(HttpExchange exchange, String type, Body body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        body.write(exchange.getResponseBody());
    }

    /** A server of protocol 0 with one commit, whose answer to a fetch is this. */
    private static HttpHandler fetched(Body result) {
        return says(text(offer("HEAD", "refs/heads/main")), both(text(Packets.line("NAK\n")), result));
    }

    private static String offer(String... names) {
        StringBuilder offer = new StringBuilder(OLD);
        String capabilities = "\0side-band-64k ofs-delta";
        for (String name : names) {
            offer.append(Packets.line(ID + " " + name + capabilities + "\n"));
            capabilities = "";
        }
        return offer + Packets.FLUSH;
    }

    private static String band(int channel, String bytes) {
        int length = bytes.length() + 5;
        return String.format("%04x", length) + (char) channel + bytes;
    }

    private static HttpHandler status(int status, Map<String, String> headers) {
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private static Arguments failing(String name, HttpHandler handler, String what) {
        return Arguments.of(name, handler, new Problem.RemoteFailed(what));
    }

    private static Arguments refused(String name, HttpHandler handler, String rule) {
        return Arguments.of(name, handler, new Problem.Invalid("history", rule));
    }

    static Stream<Arguments> remotes() {
        String nonsense = "does not speak Git's protocol as it should";
        return Stream.of(
                failing(
                        "redirecting",
                        status(301, Map.of("Location", "https://127.0.0.1/git/other.git")),
                        "answered with a redirect, which is not followed: name the address that it leads to"),
                failing("without it", status(404, Map.of()), "has no repository there that it would show"),
                failing("closed", status(403, Map.of()), "does not allow this"),
                failing("broken", status(500, Map.of()), "answered with status 500"),
                failing("silent on it", status(204, Map.of()), "answered with status 204"),
                failing(
                        "a web page",
                        exchange -> send(exchange, "text/html", text("<html>")),
                        "does not answer as a Git server does"),
                failing(
                        "a dumb server",
                        exchange -> send(exchange, "text/plain", text(ID + "\trefs/heads/main\n")),
                        "does not answer as a Git server does"),
                failing(
                        "compressing",
                        exchange -> {
                            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                            send(exchange, ADVERTISEMENT, text("x"));
                        },
                        "answered in a coding that was not asked for"),
                failing("saying nothing", says(text(""), text("")), "offers nothing"),
                failing("not in packets", says(text("what is a packet?"), text("")), nonsense),
                failing("in packets of three bytes", says(text("0003"), text("")), nonsense),
                failing("ending in a packet", says(text("0100# serv"), text("")), "broke its answer off"),
                failing("refusing", says(text(Packets.line("ERR go away")), text("")), "refused to answer"),
                failing(
                        "with ids of its own",
                        says(text(OLD + Packets.line("main refs/heads/main\n") + Packets.FLUSH), text("")),
                        "names its refs in no way that is known here"),
                failing(
                        "with SHA-256",
                        says(
                                text(OLD + Packets.line("version 2\n") + Packets.line("object-format=sha256\n")),
                                text("")),
                        "names its objects in another way than by SHA-1"),
                failing(
                        "with refs without end",
                        says(both(text(OLD), forEachNumber()), text("")),
                        "has more than 100000 refs"),
                failing(
                        "with capabilities without end",
                        says(
                                both(text(OLD + Packets.line("version 2\n")), forever(Packets.line("x".repeat(900)))),
                                text("")),
                        "answered with more than 16777216 bytes"),
                failing(
                        "listing without end",
                        says(text(NEW), forever(Packets.line(ID + " refs/heads/main " + "x".repeat(900)))),
                        "answered with more than 16777216 bytes"),
                failing(
                        "without a commit",
                        says(text(NEW), text(Packets.FLUSH)),
                        "has no commit that its HEAD leads to"),
                failing("without a pack", says(text(offer("HEAD")), text(Packets.FLUSH)), "sent no history"),
                failing("giving up", fetched(text(band(3, "out of memory"))), "gave up"),
                failing("ending in the pack", fetched(text(band(1, "PACK"))), "broke its answer off"),
                failing(
                        "talking without end",
                        fetched(forever(band(2, "Counting objects: 1\n".repeat(100)))),
                        "answered with more than 75497472 bytes"),
                Arguments.of(
                        "sending without end",
                        fetched(forever(band(1, "x".repeat(60_000)))),
                        new Problem.TooLarge("The history", 64L << 20)),
                refused(
                        "sending nothing",
                        fetched(text(Packets.FLUSH)),
                        "must hold a whole pack: it is cut short or damaged"),
                refused(
                        "claiming many objects",
                        fetched(text(band(1, "PACK\0\0\0\u0002\u00ff\u00ff\u00ff\u00ff") + Packets.FLUSH)),
                        "must have at most 50000 objects"),
                refused(
                        "claiming a huge object",
                        // A blob of 2 GiB and more.
                        fetched(text(
                                band(1, "PACK\0\0\0\u0002\0\0\0\u0001\u00bf\u00ff\u00ff\u00ff\u007f") + Packets.FLUSH)),
                        "must have objects of at most 16777216 bytes"),
                refused(
                        "with a ref below another",
                        says(
                                text(offer("HEAD", "refs/heads/a", "refs/heads/a/b")),
                                text(Packets.line("NAK\n") + band(1, "PACK") + Packets.FLUSH)),
                        "must have no ref that is the directory of another"));
    }

    private static Body forEachNumber() {
        return out -> {
            for (long i = 0; true; i++) {
                out.write(Packets.line(ID + " refs/tags/" + i + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        };
    }

    private Problem refusal(Duration timeMax) {
        Remote from = new Remote(server.url("/git/x.git"), Optional.empty(), Optional.empty());
        try (RemoteImports.Begun begun =
                RemoteImportsTest.imports(house, timeMax).begin(ALICE, RemoteImportsTest.wanted(from))) {
            return assertThrows(PromptException.class, () -> begun.run(step -> {}))
                    .problem();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("remotes")
    void itIsToldWhatARemoteDoesWrong(String name, HttpHandler remote, Problem problem) {
        server.answers("/git/", remote);

        assertEquals(problem, refusal(PATIENCE), name);
    }

    @Test
    void noRequestFollowsARedirect() {
        server.answers("/git/", status(302, Map.of("Location", server.url("/git/other.git/info/refs"))));

        refusal(PATIENCE);

        assertEquals(1, server.asked().size());
    }

    @Test
    void aRemoteThatDripsIsLeftWhenItsTimeIsOver() {
        server.answers("/git/", says(both(text("0fff"), HostileRemotesTest::drip), text("")));

        assertEquals(new Problem.RemoteFailed("did not answer in time"), refusal(SHORT));
    }

    private static void drip(OutputStream out) throws IOException {
        while (true) {
            out.write('0');
            out.flush();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** A real history, and the bytes of its pack. */
    private byte[] pack() {
        Path work = root.resolve("work");
        new Git(root).run("init", "-q", "-b", "main", work.toString());
        Git git = new Git(work);
        git.run("-c", "user.name=E", "-c", "user.email=e@example.org", "commit", "-q", "--allow-empty", "-m", "One");
        git.run("bundle", "create", "-q", root.resolve("x.bundle").toString(), "main");
        try {
            byte[] bundle = Files.readAllBytes(root.resolve("x.bundle"));
            int at = new String(bundle, StandardCharsets.ISO_8859_1).indexOf("\n\nPACK") + 2;
            return Arrays.copyOfRange(bundle, at, bundle.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Body sent(byte[] pack) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(String.format("%04x\u0001", pack.length + 5).getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(pack);
        out.writeBytes(Packets.FLUSH.getBytes(StandardCharsets.ISO_8859_1));
        return out::writeTo;
    }

    @Test
    void aPackThatIsCutIsRefusedAtEveryByte() {
        byte[] pack = pack();
        int[] length = {0};
        server.answers(
                "/git/", fetched(out -> sent(Arrays.copyOf(pack, length[0])).write(out)));
        for (int cut = 0; cut < pack.length; cut += 7) {
            length[0] = cut;
            assertEquals("history", ((Problem.Invalid) refusal(PATIENCE)).field());
        }
    }

    @Test
    void aPackWithoutWhatWasPromisedIsRefused() {
        server.answers("/git/", fetched(sent(pack())));

        assertEquals(
                new Problem.Invalid(
                        "history", "must hold every object that is named in it: commit " + ID + " is missing"),
                refusal(PATIENCE));
    }
}
