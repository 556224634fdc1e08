package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Deliveries;
import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.NewWebhook;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.TrashDesk;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.Webhook.Scope;
import dev.versicle.prompt.WebhookDesk;
import dev.versicle.prompt.WebhookRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions in a real {@code system.git}; nobody sends what is to be sent. */
class WebhookDeskTest {
    private static final Caller ADMIN = caller("root", Role.ADMIN);
    private static final Caller WRITER = caller("walter", Role.WRITER);
    private static final Caller READER = caller("rita", Role.READER);
    private static final String SECRET = "a secret of nobody".replace(' ', '-');
    private static final SecureRandom CHANCE = new SecureRandom();

    @TempDir
    private Path root;

    private Seal seal;
    private House house;
    private GitWebhooks webhooks;
    private WebhookDesk desk;

    @BeforeEach
    void start() {
        seal = Seal.make(CHANCE);
        open();
    }

    private void open() {
        house = new House(root);
        webhooks = house.system.webhooks(seal);
        WebhookRules rules = new WebhookRules(house.prompts, WebhookDeskTest::requireHttps);
        desk = new WebhookDesk(webhooks, new Unsent(house.catalog.deliveries()), rules, house.now::get, new Random(5));
    }

    @AfterEach
    void close() {
        house.requireSound();
        house.close();
    }

    private static void requireHttps(String url) {
        if (!url.startsWith("https://")) {
            throw new PromptException(new Problem.Invalid("url", "must begin with https://"));
        }
    }

    /** The queue alone. */
    private record Unsent(DeliveryQueue queue) implements Deliveries {
        @Override
        public Delivery.Part of(String webhook, Optional<Long> cursor, int limit) {
            return queue.of(webhook, cursor, limit);
        }

        @Override
        public Optional<Delivery> find(UUID id) {
            return queue.find(id);
        }

        @Override
        public List<Delivery.Attempt> attempts(UUID id) {
            return queue.attempts(id);
        }

        @Override
        public void again(UUID id) {
            queue.again(id);
        }

        @Override
        public UUID ping(Webhook to) {
            UUID id = UUID.randomUUID();
            queue.ping(new DeliveryQueue.Letter(id, to.id(), Optional.empty(), Delivery.PING, 0, "{}"));
            return id;
        }

        @Override
        public void forget(String webhook) {
            queue.forget(webhook);
        }
    }

    private static Caller caller(String subject, Role... roles) {
        return new Caller(subject, Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(roles));
    }

    private static NewWebhook of(Scope scope) {
        return new NewWebhook(
                "https://example.org/hook",
                "https://prompts.example.org",
                new Secret(SECRET),
                Set.of(EventKind.PUSH, EventKind.ENVIRONMENT_MOVED),
                scope);
    }

    private static NewWebhook all() {
        return of(new Scope.Everything());
    }

    private static NewWebhook in(String namespace) {
        return of(new Scope.OfNamespace(new Namespace(namespace)));
    }

    private Problem refusal(Caller caller, NewWebhook wanted) {
        return assertThrows(PromptException.class, () -> desk.create(caller, wanted))
                .problem();
    }

    private List<String> seen(Caller caller) {
        return desk.webhooks(caller).stream().map(Webhook::id).sorted().toList();
    }

    @Test
    void whatWasMadeIsThereAfterARestartToTheLastField() {
        Webhook made = desk.create(ADMIN, in("default"));
        close();
        open();

        assertEquals(List.of(made), webhooks.all());
        assertEquals(Optional.of(made), webhooks.find(made.id()));
        assertEquals(house.now.get(), made.createdAt());
        assertEquals(SECRET, webhooks.all().getFirst().secret().text());
    }

    @Test
    void aPingIsOnItsWayWhenOneIsMade() {
        Webhook made = desk.create(ADMIN, all());

        List<Delivery> told =
                desk.deliveries(ADMIN, made.id(), Optional.empty(), 20).items();
        assertEquals(List.of(Delivery.PING), told.stream().map(Delivery::kind).toList());
        assertEquals(Delivery.Status.PENDING, told.getFirst().status());
    }

    @Test
    void theSecretIsNowhereInTheRepository() {
        desk.create(ADMIN, all());

        Git system = new Git(root.resolve("system.git"));
        String objects =
                new String(system.bytes("cat-file", "--batch-all-objects", "--batch"), StandardCharsets.ISO_8859_1);
        assertTrue(objects.contains("secret_sealed"), "the webhook is among the objects");
        assertFalse(objects.contains(SECRET));
        assertTrue(system.run("log", "-1", "--format=%an %s", "main").matches("root Add webhook [0-9a-f]{12}"));
    }

    @Test
    void forOnePromptItTakesItsOwner() {
        PromptId prompt = house.create("greeting", "Hello");
        Scope scope = new Scope.OfPrompt(prompt);

        assertInstanceOf(Problem.Denied.class, refusal(WRITER, of(scope)));
        assertInstanceOf(Problem.Denied.class, refusal(House.BOB, of(scope)));
        assertInstanceOf(Problem.Unauthenticated.class, refusal(Caller.NOBODY, of(scope)));
        assertInstanceOf(
                Problem.PromptNotFound.class, refusal(ADMIN, of(new Scope.OfPrompt(new PromptId("a".repeat(24))))));
        Webhook owners = desk.create(House.ALICE, of(scope));
        Webhook admins = desk.create(ADMIN, of(scope));
        assertEquals(
                Stream.of(owners.id(), admins.id()).sorted().toList(), seen(House.ALICE), "an owner sees all of those");
        assertEquals(List.of(), seen(WRITER));
    }

    @Test
    void forANamespaceItTakesAWriterOfItOrAnAdministrator() {
        assertEquals(new Problem.Forbidden("webhooks for this namespace"), refusal(READER, in("default")));
        assertEquals(new Problem.Forbidden("webhooks for this namespace"), refusal(House.ALICE, in("default")));
        assertEquals(new Problem.Forbidden("webhooks for this namespace"), refusal(WRITER, in("elsewhere")));
        assertEquals(new Problem.Forbidden("webhooks for all prompts"), refusal(WRITER, all()));

        Webhook writers = desk.create(WRITER, in("default"));
        Webhook admins = desk.create(ADMIN, in("elsewhere"));

        assertEquals(List.of(writers.id()), seen(WRITER));
        assertEquals(List.of(), seen(READER));
        assertEquals(Stream.of(writers.id(), admins.id()).sorted().toList(), seen(ADMIN));
    }

    @Test
    void whoMayNotSeeOneIsToldThatThereIsNone() {
        Webhook webhook = desk.create(ADMIN, in("default"));
        UUID ping = desk.ping(ADMIN, webhook.id()).id();

        for (String id : List.of(webhook.id(), "0123456789ab", "../x", "")) {
            List<Runnable> all = List.of(
                    () -> desk.webhook(WRITER, id),
                    () -> desk.remove(WRITER, id),
                    () -> desk.deliveries(WRITER, id, Optional.empty(), 20),
                    () -> desk.delivery(WRITER, id, ping),
                    () -> desk.again(WRITER, id, ping),
                    () -> desk.ping(WRITER, id));
            for (Runnable one : all) {
                assertEquals(
                        new Problem.WebhookNotFound(id),
                        assertThrows(PromptException.class, one::run).problem());
            }
        }
        assertEquals(List.of(webhook), webhooks.all());
    }

    @Test
    void aDeliveryOfAnotherIsNoneOfThisOne() {
        Webhook one = desk.create(ADMIN, all());
        Webhook other = desk.create(ADMIN, all());
        UUID ping = desk.ping(ADMIN, other.id()).id();

        PromptException refusal = assertThrows(PromptException.class, () -> desk.delivery(ADMIN, one.id(), ping));
        assertEquals(new Problem.DeliveryNotFound(ping.toString()), refusal.problem());
    }

    @Test
    void withOneItsDeliveriesGo() {
        Webhook webhook = desk.create(WRITER, in("default"));
        UUID ping = desk.ping(WRITER, webhook.id()).id();

        desk.remove(WRITER, webhook.id());

        assertEquals(List.of(), webhooks.all());
        assertEquals(Optional.empty(), house.catalog.deliveries().find(ping));
    }

    @Test
    void oneForADeletedPromptStaysWithItsMakerAndComesBackWithThePrompt() {
        PromptId prompt = house.create("greeting", "Hello");
        Webhook webhook = desk.create(ADMIN, of(new Scope.OfPrompt(prompt)));
        house.prompts.delete(House.ALICE, prompt);

        assertEquals(List.of(webhook.id()), seen(ADMIN));
        assertEquals(List.of(), seen(House.ALICE));

        PromptIndex.Trashed trashed =
                house.catalog.trashed(House.ALICE, new Page.Part(0, 1)).items().getFirst();
        new TrashDesk(house.prompts, house.store, house.catalog).restore(House.ALICE, trashed.id());
        assertEquals(List.of(webhook.id()), seen(House.ALICE));
    }

    @Test
    void aPromptHasTwentyAndNoMore() {
        PromptId prompt = house.create("greeting", "Hello");
        PromptId other = house.create("farewell", "Bye");
        NewWebhook wanted = of(new Scope.OfPrompt(prompt));
        IntStream.range(0, 20).forEach(i -> desk.create(House.ALICE, wanted));

        assertEquals(
                new Problem.Invalid("webhooks", "of this prompt are 20 already, which is as many as there may be"),
                refusal(House.ALICE, wanted));
        desk.create(House.ALICE, of(new Scope.OfPrompt(other)));
        desk.remove(House.ALICE, webhooks.all().getFirst().id());
        assertEquals(20, webhooks.all().size());
    }

    @Test
    void aNamespaceHasTwentyAndNoMoreHoweverManyAskAtOnce() throws InterruptedException {
        List<Future<Webhook>> asked;
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            asked = crowd.invokeAll(Collections.nCopies(30, () -> desk.create(WRITER, in("default"))));
        }

        assertEquals(
                20,
                asked.stream()
                        .filter(one -> one.state() == Future.State.SUCCESS)
                        .count());
        assertEquals(20, webhooks.all().size());
        assertEquals(
                new Problem.Invalid("webhooks", "of this namespace are 20 already, which is as many as there may be"),
                refusal(WRITER, in("default")));
        desk.create(ADMIN, in("elsewhere"));
    }

    @Test
    void aServerHasAThousandAndNoMore() throws IOException {
        Webhook made = desk.create(ADMIN, all());
        copy(made, WebhookDesk.WEBHOOKS_MAX - 2);
        desk.create(ADMIN, all());

        assertEquals(1_000, webhooks.all().size());
        assertEquals(
                new Problem.Invalid("webhooks", "are 1000 already, which is as many as there may be"),
                refusal(ADMIN, all()));
    }

    /** Puts the same file under other names, in one commit. */
    private void copy(Webhook made, int times) throws IOException {
        Git system = new Git(root.resolve("system.git"));
        String blob = system.run("rev-parse", "main:webhooks/" + made.id() + ".json");
        StringBuilder stream = new StringBuilder("commit refs/heads/main\ncommitter a <a@b> 1800000000 +0000\n")
                .append("data 1\nx\nfrom refs/heads/main^0\n");
        IntStream.range(0, times).forEach(i -> stream.append("M 100644 %s webhooks/%012x.json\n".formatted(blob, i)));
        Path file = Files.writeString(root.resolve("stream"), stream);
        ProcessBuilder load =
                new ProcessBuilder("git", "-C", root.resolve("system.git").toString(), "fast-import", "--quiet");
        load.redirectInput(file.toFile());
        assertEquals(0, load.start().onExit().join().exitValue());
    }

    @Test
    void whatIsRefusedLeavesNothing() {
        PromptException refusal = assertThrows(
                PromptException.class,
                () -> desk.create(
                        ADMIN,
                        new NewWebhook(
                                "http://example.org/",
                                "https://prompts.example.org",
                                new Secret(SECRET),
                                Set.of(EventKind.PUSH),
                                new Scope.Everything())));

        assertEquals(new Problem.Invalid("url", "must begin with https://"), refusal.problem());
        assertEquals(List.of(), webhooks.all());
    }

    /** What did not change is not even read again: it is the same object. */
    @Test
    void aChangeReadsOnlyWhatChanged() {
        desk.create(ADMIN, all());
        List<Webhook> before = webhooks.all();

        assertSame(before, webhooks.all());
        house.system.ensure(new Namespace("another"), ADMIN);
        assertSame(before.getFirst(), webhooks.all().getFirst());
        Webhook made = desk.create(ADMIN, all());
        assertEquals(2, webhooks.all().size());
        assertSame(before.getFirst(), webhooks.find(before.getFirst().id()).orElseThrow());
        assertEquals(made, webhooks.find(made.id()).orElseThrow());
    }

    @Test
    void whenTheSealsKeyIsLostTheSecretIsOneThatNobodyKnowsUntilItIsBack() {
        Webhook made = desk.create(ADMIN, all());
        Seal first = seal;
        close();
        seal = Seal.make(CHANCE);
        open();

        String unknown = webhooks.all().getFirst().secret().text();
        assertNotEquals(SECRET, unknown);
        assertEquals(unknown, webhooks.find(made.id()).orElseThrow().secret().text());

        close();
        seal = first;
        open();
        assertEquals(made, webhooks.all().getFirst());
    }

    @Test
    void aFileThatWasSealedForAnotherIsNotOpened() {
        Webhook made = desk.create(ADMIN, all());
        String sealed = seal.close("webhooks/000000000000", new Secret(SECRET));

        assertEquals(Optional.empty(), seal.open("webhooks/" + made.id(), sealed));
    }
}
