package dev.versicle.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.OpenSsl;
import dev.versicle.Receiver;
import dev.versicle.Receiver.Letter;
import dev.versicle.egress.Names;
import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.Delivery.Attempt;
import dev.versicle.prompt.Webhook;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives where, with real receivers on real sockets. */
class BellTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Pattern EVENT = Pattern.compile("\\{\"event\": (\\d+),.*");
    private static final Pace IMPATIENT =
            new Pace(SHORT, Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofDays(1));
    private static final Pace ONE_SHORT_TRY =
            new Pace(SHORT, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(24));
    private static final Pace ONE_TRY_A_DAY =
            new Pace(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(24));

    private final Path file;

    BellTest(@TempDir Path directory) {
        file = directory.resolve("catalog.db");
    }

    private static long event(Letter letter) {
        Matcher matcher = EVENT.matcher(letter.body());
        assertTrue(matcher.matches(), letter.body());
        return Long.parseLong(matcher.group(1));
    }

    private static List<Long> events(List<Letter> letters) {
        return letters.stream().map(BellTest::event).toList();
    }

    private static Attempt last(Delivery delivery) {
        return delivery.last().orElseThrow();
    }

    @Test
    void everyEventArrivesOnceWhereNothingFails() {
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            Webhook hook = post.subscribe(1, receiver.url("/hook?a=b%20c"));

            post.tell(100, 10);
            post.awaitAll(hook, Post::delivered);

            List<Letter> letters = receiver.letters();
            assertEquals(100, letters.size());
            assertEquals(100, Set.copyOf(events(letters)).size());
            assertTrue(letters.stream()
                    .allMatch(letter -> letter.target().equals("/hook?a=b%20c")
                            && letter.method().equals("POST")));
            assertEquals(100, post.bell().delivered());
            assertEquals(0, post.queue().waiting());
        }
    }

    @Test
    void eventsOfAPromptArriveInTheirOrderAlsoWhereAttemptsFail() {
        Set<UUID> failed = ConcurrentHashMap.newKeySet();
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            receiver.answers((letter, exchange) ->
                    Receiver.say(exchange, event(letter) % 3 == 0 && failed.add(letter.id()) ? 503 : 204, ""));
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(120, 6);
            post.awaitAll(hook, Post::delivered);

            assertEquals(40, failed.size());
            assertEquals(40, post.bell().failed());
            Map<Long, List<Long>> byPrompt =
                    receiver.letters().stream().map(BellTest::event).collect(Collectors.groupingBy(event -> event % 6));
            byPrompt.values()
                    .forEach(events -> assertEquals(events.stream().sorted().toList(), events));
            Map<Long, Set<String>> bodies = receiver.letters().stream()
                    .collect(Collectors.groupingBy(
                            BellTest::event,
                            Collectors.mapping(letter -> letter.id() + letter.body(), Collectors.toSet())));
            assertTrue(bodies.values().stream().allMatch(same -> same.size() == 1));
        }
    }

    @Test
    void whoeverIsDownIsToldWhenTheyAreBack() {
        int port;
        try (Receiver gone = Receiver.start()) {
            port = gone.port();
        }
        try (Post post = Post.quick(file)) {
            Webhook hook = post.subscribe(1, "http://127.0.0.1:" + port + "/");
            post.tell(3, 1);
            Delivery failing = post.deliveries(hook).getLast();
            post.awaitAll(hook, delivery -> delivery.event() != 1 || Post.tried(delivery));
            Attempt attempt = post.queue().attempts(failing.id()).getLast();
            assertEquals("The server could not be reached.", attempt.answer());
            assertEquals(Optional.empty(), attempt.status());

            try (Receiver back = Receiver.start("127.0.0.1", port)) {
                assertEquals(List.of(1L, 2L, 3L), events(back.await(3)));
                post.awaitAll(hook, Post::delivered);
                assertEquals(failing.id(), back.letters().getFirst().id());
            }
        }
    }

    @Test
    void whoeverNeverAnswersHoldsNobodyElseUp() {
        try (Receiver silent = Receiver.start().hangs();
                Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            post.subscribe(1, silent.url("/"));
            Webhook hook = post.subscribe(2, receiver.url("/"));

            post.tell(200, 20);
            post.awaitAll(hook, Post::delivered);

            assertEquals(200, receiver.letters().size());
            assertEquals(Bell.AT_ONCE_MAX, silent.await(Bell.AT_ONCE_MAX).size());
            silent.answers(200, "");
        }
    }

    @Test
    void anAnswerThatTakesTooLongIsAFailure() {
        try (Receiver receiver = Receiver.start().hangs();
                Post post = new Post(file, new Known(), IMPATIENT, Post.NAMES)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(1, 1);

            assertEquals(
                    "The server did not answer in time.",
                    last(post.await(hook, Post::tried)).answer());
            receiver.answers(200, "at last");
            assertEquals("at last", last(post.await(hook, Post::delivered)).answer());
        }
    }

    @Test
    void aServerErrorIsTriedAgainUntilItIsNone() {
        AtomicInteger asked = new AtomicInteger();
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            receiver.answers((letter, exchange) ->
                    Receiver.say(exchange, asked.incrementAndGet() < 4 ? 500 : 200, "number " + asked.get()));
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(1, 1);
            Delivery delivered = post.await(hook, Post::delivered);

            List<Attempt> attempts = post.queue().attempts(delivered.id());
            assertEquals(
                    List.of(200, 500, 500, 500),
                    attempts.stream()
                            .flatMap(attempt -> attempt.status().stream())
                            .toList());
            assertEquals("number 1", attempts.getLast().answer());
            assertEquals(Set.of(delivered.id()), ids(receiver));
        }
    }

    private static Set<UUID> ids(Receiver receiver) {
        return receiver.letters().stream().map(Letter::id).collect(Collectors.toSet());
    }

    @Test
    void aRedirectIsAFailureAndNothingArrivesWhereItLeads() {
        try (Receiver elsewhere = Receiver.start();
                Receiver receiver = Receiver.start().redirects(elsewhere.url("/"));
                Post post = new Post(file, new Known(), ONE_TRY_A_DAY, Post.NAMES)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(1, 1);

            assertEquals(Optional.of(307), last(post.await(hook, Post::tried)).status());
            assertEquals(
                    Delivery.Status.PENDING, post.deliveries(hook).getFirst().status());
            assertEquals(List.of(), elsewhere.letters());
        }
    }

    @Test
    void ofAnEndlessAnswerTheBeginningIsKept() {
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            receiver.answers((letter, exchange) -> {
                exchange.sendResponseHeaders(200, 0);
                goOn(exchange.getResponseBody());
            });
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(1, 1);

            assertEquals(
                    "and ".repeat(Attempt.ANSWER_BYTES_MAX / 4),
                    last(post.await(hook, Post::delivered)).answer());
        }
    }

    /** Until nobody wants it any more. */
    private static void goOn(OutputStream out) throws IOException {
        while (true) {
            out.write("and ".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void anAnswersControlCharactersAreHarmless() {
        try (Receiver receiver = Receiver.start().answers(200, "a\u001b[2J\u0000b\r\n\tc\u202ed é 🎉");
                Post post = Post.quick(file)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(1, 1);

            assertEquals(
                    "a\ufffd[2J\ufffdb\ufffd\n\tc\ufffdd é 🎉",
                    last(post.await(hook, Post::delivered)).answer());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "127.0.0.2", "::1", "::ffff:127.0.0.2"})
    void nothingIsSentToAnAddressThatMayNotBeCalled(String address) {
        Names names = host -> List.of(InetAddress.ofLiteral(address));
        try (Receiver receiver = Receiver.start("0.0.0.0", 0);
                Post post = new Post(file, new Known(), ONE_TRY_A_DAY, names)) {
            Webhook hook = post.subscribe(1, "http://inside.example:" + receiver.port() + "/");

            post.tell(1, 1);
            Attempt attempt = last(post.await(hook, Post::tried));

            assertEquals(Optional.empty(), attempt.status());
            assertEquals(
                    "Nothing was sent: the URL must not lead to an address that this server may not call.",
                    attempt.answer());
            assertEquals(List.of(), receiver.letters());
        }
    }

    /** As it was when it was saved, then elsewhere, then back. */
    @Test
    void aNameThatComesToLeadElsewhereIsFollowedOnlyWhereItMay() {
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> List.of(InetAddress.ofLiteral(asked.getAndIncrement() < 3 ? "127.0.0.2" : "127.0.0.1"));
        try (Receiver receiver = Receiver.start("127.0.0.1", 0);
                Receiver inside = Receiver.start("127.0.0.2", receiver.port());
                Post post = new Post(file, new Known(), Post.QUICK, names)) {
            Webhook hook = post.subscribe(1, "http://rebound.example:" + receiver.port() + "/");

            post.tell(1, 1);
            Delivery delivered = post.await(hook, Post::delivered);

            assertEquals(4, delivered.attempts());
            assertEquals(1, receiver.letters().size());
            assertEquals(List.of(), inside.letters());
        }
    }

    @Test
    void whatFailedForADayIsParkedAndTheNextOfItsPromptGoesOn() {
        try (Receiver receiver = Receiver.start();
                Post post = new Post(file, new Known(), ONE_TRY_A_DAY, Post.NAMES)) {
            receiver.answers((letter, exchange) -> Receiver.say(exchange, event(letter) == 1 ? 500 : 200, ""));
            Webhook hook = post.subscribe(1, receiver.url("/"));
            post.tell(2, 1);
            post.awaitAll(hook, delivery -> delivery.event() == 2 || Post.tried(delivery));
            assertEquals(1, receiver.letters().size());

            post.pass(Duration.ofHours(24));
            post.awaitAll(hook, delivery -> delivery.event() == 2 ? Post.delivered(delivery) : Post.parked(delivery));

            assertEquals(List.of(1L, 1L, 2L), events(receiver.letters()));
            assertEquals(1, post.bell().parked());
        }
    }

    @Test
    void aRedeliverySendsTheSameOnceMore() {
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));
            post.tell(1, 1);
            Delivery delivered = post.await(hook, Post::delivered);
            receiver.answers(500, "not again");

            post.deliveries().again(delivered.id());

            Delivery again = post.await(hook, Post::parked);
            assertEquals(delivered.id(), again.id());
            assertEquals(2, again.attempts());
            List<Letter> letters = receiver.letters();
            assertEquals(2, letters.size());
            assertEquals(letters.getFirst().body(), letters.getLast().body());
            assertEquals(letters.getFirst().id(), letters.getLast().id());
        }
    }

    @Test
    void aPingArrivesWhileEverythingElseWaits() {
        try (Receiver receiver = Receiver.start().answers(500, "");
                Post post = new Post(file, new Known(), ONE_TRY_A_DAY, Post.NAMES)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));
            post.tell(3, 1);
            post.awaitAll(hook, delivery -> delivery.event() != 1 || Post.tried(delivery));
            receiver.answers(200, "pong");

            UUID id = post.deliveries().ping(hook);
            Letter ping = receiver.await(2).getLast();

            assertEquals(id, ping.id());
            assertEquals("ping", ping.event());
            assertEquals("{\"hook\": \"" + hook.id() + "\"}", ping.body());
        }
    }

    @Test
    void aPingThatFailsIsNotTriedAgain() {
        try (Receiver receiver = Receiver.start().answers(404, "no such hook");
                Post post = Post.quick(file)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.deliveries().ping(hook);

            Delivery failed = post.await(hook, Post::parked);
            assertEquals("no such hook", last(failed).answer());
            assertEquals(1, receiver.letters().size());
        }
    }

    @Test
    void afterAStopWhatHadNoResultIsSentAgainAsItWas() {
        Known known = new Known();
        try (Receiver receiver = Receiver.start().hangs()) {
            Webhook hook = known.add(Known.webhook(1, receiver.url("/")));
            try (Post post = new Post(file, known, Post.QUICK, Post.NAMES)) {
                post.tell(3, 1);
                receiver.await(1);
            }
            receiver.answers(200, "");
            try (Post post = new Post(file, known, Post.QUICK, Post.NAMES)) {
                post.awaitAll(hook, Post::delivered);
                assertTrue(post.deliveries(hook).stream().allMatch(delivery -> delivery.attempts() == 1));
            }
            List<Letter> letters = receiver.letters();
            assertEquals(List.of(1L, 1L, 2L, 3L), events(letters));
            assertEquals(letters.getFirst().id(), letters.get(1).id());
            assertEquals(letters.getFirst().body(), letters.get(1).body());
        }
    }

    @Test
    void ofARemovedSubscriptionNothingIsLeftAndTheAttemptUnderWayEndsQuietly() {
        try (Receiver receiver = Receiver.start().hangs();
                Receiver other = Receiver.start();
                Post post = new Post(file, new Known(), ONE_SHORT_TRY, Post.NAMES)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));
            post.tell(2, 1);
            receiver.await(1);

            post.known().remove(hook.id(), Known.OWNER);
            post.deliveries().forget(hook.id());
            Webhook next = post.subscribe(2, other.url("/"));
            post.fanout().tell(List.of(Known.event(3, 1)));
            post.awaitAll(next, Post::delivered);

            assertEquals(List.of(), post.deliveries(hook));
            assertEquals(List.of(next.id()), post.queue().subscribers());
            assertEquals(1, receiver.letters().size());
        }
    }

    @Test
    void whatWasLeftOfARemovedSubscriptionGoesAtTheNextStart() {
        Known known = new Known();
        try (Receiver receiver = Receiver.start().answers(500, "")) {
            Webhook hook = known.add(Known.webhook(1, receiver.url("/")));
            try (Post post = new Post(file, known, ONE_TRY_A_DAY, Post.NAMES)) {
                post.tell(2, 1);
                post.awaitAll(hook, delivery -> delivery.event() == 2 || Post.tried(delivery));
            }
            known.remove(hook.id(), Known.OWNER);
            try (Post post = new Post(file, known, ONE_TRY_A_DAY, Post.NAMES)) {
                awaitNobody(post);
            }
            assertEquals(1, receiver.letters().size());
        }
    }

    private static void awaitNobody(Post post) {
        while (!post.queue().subscribers().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void lettersAreSignedSoThatOthersCanTell() throws IOException {
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            Webhook hook = post.subscribe(1, receiver.url("/"));

            post.tell(1, 1);
            post.await(hook, Post::delivered);

            Letter letter = receiver.letters().getFirst();
            String signature = "sha256=" + OpenSsl.hmac(letter.body(), Known.SECRET.text());
            assertEquals(Optional.of(signature), letter.header("X-hub-signature-256"));
            assertEquals(Optional.of(signature), letter.header("X-signature"));
            assertEquals("prompt.created", letter.event());
            assertEquals(post.deliveries(hook).getFirst().id(), letter.id());
            assertEquals(Optional.of("application/json"), letter.header("Content-type"));
            assertEquals(Optional.of("Versicle/test"), letter.header("User-agent"));
            assertFalse(letter.headers().containsKey("X-gogs-event"));
            assertFalse(letter.toString().contains(Known.SECRET.text()));
        }
    }

    @Test
    void aThousandSubscribersAreToldEachByItself() {
        try (Receiver receiver = Receiver.start();
                Post post = Post.quick(file)) {
            IntStream.range(0, 1_000).forEach(number -> post.subscribe(number, receiver.url("/" + number)));

            post.tell(1, 1);

            List<Letter> letters = receiver.await(1_000);
            assertEquals(
                    1_000, new HashSet<>(letters.stream().map(Letter::target).toList()).size());
            assertEquals(1_000, ids(receiver).size());
        }
    }
}
