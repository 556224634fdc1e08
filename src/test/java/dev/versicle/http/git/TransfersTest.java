package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many transfers a caller has, and how long one may take. */
class TransfersTest {
    /** More than any buffer between the server and a client that does not read. */
    private static final int NOISE_BYTES = 12 << 20;

    private static final int RECEIVE_BYTES = 16 << 10;
    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir
    private Path directory;

    /** A client that says what it likes, when it likes. */
    private static final class Slow implements AutoCloseable {
        private final Socket socket;

        private Slow(Socket socket) {
            this.socket = socket;
        }

        static Slow at(Remote remote) throws IOException {
            Socket socket = new Socket();
            // before it is connected: else the system makes room for megabytes
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.connect(new InetSocketAddress(
                    remote.server.uri("").getHost(), remote.server.uri("").getPort()));
            return new Slow(socket);
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        void post(String name, String authorization, int length) throws IOException {
            say("POST /git/default/" + name + ".git/git-upload-pack HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + authorization + "Content-Type: application/x-git-upload-pack-request\r\nContent-Length: " + length
                    + "\r\n\r\n");
        }

        String hear(int bytes) throws IOException {
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        String hearAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String bearer(Remote remote, Caller caller) {
        return "Authorization: Bearer " + remote.server.token(caller) + "\r\n";
    }

    private static String refs(Remote remote, String authorization) throws IOException {
        try (Slow client = Slow.at(remote)) {
            client.say("GET /git/default/open.git/info/refs?service=git-upload-pack HTTP/1.1\r\nHost: x\r\n"
                    + authorization + "Connection: close\r\n\r\n");
            return client.hearAll();
        }
    }

    private static void awaitTaken(Remote remote, int count) throws InterruptedException {
        GitController door = remote.server.part(GitController.class);
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (door.underWay() != count && System.currentTimeMillis() < end) {
            Thread.sleep(10);
        }
        assertEquals(count, door.underWay());
    }

    @Test
    void aCallerWhoHasAllOfItsTurnsIsToldWhenToComeAgain() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of("versicle.git-transfers", 1))) {
            remote.create("open", Visibility.PUBLIC);
            String reader = bearer(remote, Remote.READER);
            try (Slow slow = Slow.at(remote)) {
                slow.post("open", reader, 1_000);
                awaitTaken(remote, 1);

                String refused = refs(remote, reader);

                assertTrue(refused.startsWith("HTTP/1.1 429 Too Many Requests"), refused);
                assertTrue(refused.toLowerCase(Locale.ROOT).contains("\r\nretry-after: 5\r\n"), refused);
                assertTrue(refused.contains("as many clones, fetches and pushes under way as you may"), refused);
                assertTrue(refs(remote, bearer(remote, Remote.STRANGER)).startsWith("HTTP/1.1 200"));
                assertTrue(refs(remote, "").startsWith("HTTP/1.1 200"));
            }
            awaitTaken(remote, 0);
            assertTrue(refs(remote, reader).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void thoseWithoutATokenAreOneAtOneAddress() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of("versicle.git-transfers", 1))) {
            remote.create("open", Visibility.PUBLIC);
            try (Slow slow = Slow.at(remote)) {
                slow.post("open", "", 1_000);
                awaitTaken(remote, 1);

                assertTrue(refs(remote, "").startsWith("HTTP/1.1 429"));
            }
            awaitTaken(remote, 0);
        }
    }

    @Test
    void everyAnswerGivesItsTurnBack() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of("versicle.git-transfers", 1))) {
            PromptId id = remote.create("private", "one\n");
            String main = remote.bare(id).run("rev-parse", "main");
            String reader = bearer(remote, Remote.READER);
            for (String body : List.of("0000", "zzzz", want("1".repeat(40)), want(main), "")) {
                try (Slow client = Slow.at(remote)) {
                    client.post("private", reader, body.length());
                    client.say(body);
                    assertTrue(client.hearAll().startsWith("HTTP/1.1 200"));
                }
                awaitTaken(remote, 0);
            }
        }
    }

    private static String want(String id) {
        return "0040want " + id + " side-band-64k\n00000009done\n";
    }

    @Test
    void aClientThatSendsTooSlowlyIsToldWhyItIsLeft() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of("versicle.git-seconds", 1))) {
            remote.create("open", Visibility.PUBLIC);
            try (Slow slow = Slow.at(remote)) {
                slow.post("open", "", 1_000);
                slow.say("0");

                String answer = slow.hearAll();

                assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
                assertTrue(answer.contains("ERR This took longer than 1 seconds"), answer);
            }
            awaitTaken(remote, 0);
        }
    }

    @Test
    void aClientThatReadsTooSlowlyIsLeft() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of("versicle.git-seconds", 1))) {
            String main = grown(remote);
            try (Slow slow = Slow.at(remote)) {
                slow.post("grown", bearer(remote, Remote.READER), want(main).length());
                slow.say(want(main));
                assertEquals("HTTP/1.1 200", slow.hear(12));

                awaitTaken(remote, 0);

                String answer = slow.hearAll();
                // As long as there was room it was told so; else the last chunk, which ends an answer, is not there.
                assertTrue(answer.length() < NOISE_BYTES);
                assertTrue(answer.contains("This took longer than 1 seconds") || !answer.endsWith("\r\n0\r\n\r\n"));
            }
        }
    }

    @Test
    void aClientThatGoesAwayGivesItsTurnBack() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of())) {
            String main = grown(remote);
            for (int i = 0; i < 3; i++) {
                try (Slow slow = Slow.at(remote)) {
                    slow.post("grown", bearer(remote, Remote.READER), want(main).length());
                    slow.say(want(main));
                    assertEquals("HTTP/1.1 200", slow.hear(12));
                }
                try (Slow slow = Slow.at(remote)) {
                    slow.post("grown", bearer(remote, Remote.READER), want(main).length());
                    slow.say(want(main).substring(0, 20));
                    awaitSomeTaken(remote);
                }
            }

            awaitTaken(remote, 0);
        }
    }

    private static void awaitSomeTaken(Remote remote) throws InterruptedException {
        GitController door = remote.server.part(GitController.class);
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (door.underWay() == 0 && System.currentTimeMillis() < end) {
            Thread.sleep(10);
        }
        assertTrue(door.underWay() > 0);
    }

    /** A branch with a large file; returns its tip. */
    private static String grown(Remote remote) throws IOException {
        PromptId id = remote.create("grown", Visibility.PRIVATE);
        Git bare = remote.bare(id);
        byte[] noise = new byte[NOISE_BYTES];
        new Random(1).nextBytes(noise);
        Path file = Files.write(remote.server.data().resolve("noise"), noise);
        String blob = bare.run("hash-object", "-w", file.toString());
        bare.run("update-index", "--add", "--cacheinfo", "100644", blob, "noise");
        String tip = bare.run(
                "-c",
                "user.name=o",
                "-c",
                "user.email=o@example.org",
                "commit-tree",
                "-m",
                "noise",
                bare.run("write-tree"));
        bare.run("update-ref", "refs/heads/grown", tip);
        return tip;
    }
}
