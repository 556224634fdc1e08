package dev.versicle.notify;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.git.House;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DeliveryQueue;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers are sent, to the letter; and to whom nothing is. */
class PayloadWriterTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String SERVER = "https://prompts.example.org";
    private static final Instant NOON = Instant.parse("2026-04-22T12:00:00.042Z");
    private static final Caller STRANGER =
            new Caller("sam", Optional.empty(), Optional.empty(), new Namespace("elsewhere"), Set.of(Role.WRITER));
    private static final String SECRET = "0123456789abcdef";

    @TempDir
    private Path root;

    private House house;
    private PayloadWriter writer;

    @BeforeEach
    void open() {
        house = new House(root);
        writer = writer(Optional.empty());
    }

    private PayloadWriter writer(Optional<String> address) {
        return new PayloadWriter(house.prompts, new BranchDesk(house.prompts), address);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Webhook of(Caller owner) {
        return new Webhook(
                "00000000002a",
                "https://hooks.example.org/a?b=c",
                SERVER,
                new Secret(SECRET),
                Set.of(EventKind.values()),
                new Webhook.Scope.Everything(),
                owner,
                NOON);
    }

    private static Event event(PromptId id, String name, Event.Fact fact) {
        Event.Place place = new Event.Place(id, Namespace.DEFAULT, new PromptName(name));
        return new Event(7, NOON, Optional.of("bob"), place, fact);
    }

    private Optional<String> told(Caller owner, Event event) {
        return writer.of(event, of(owner));
    }

    private String told(PromptId id, Event.Fact fact) {
        return told(ALICE, event(id, "greeting", fact)).orElseThrow();
    }

    private String main(PromptId id) {
        return house.git(id).run("rev-parse", "main");
    }

    private Event.Pushed main(PromptId id, String before) {
        return new Event.Pushed(
                "refs/heads/main", Optional.of(before).filter(text -> !text.isEmpty()), Optional.of(main(id)));
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }

    @Test
    void aPushIsToldInTheShapeOfGitHub() {
        PromptId id = house.create("greeting", "one\n");
        String before = main(id);
        house.tick(60);
        house.save(
                id,
                new Draft(
                        House.body("two\n"),
                        new Draft.Slot.Next(),
                        Optional.empty(),
                        new Metadata(Optional.empty(), Optional.empty(), Optional.of("Warmer"), Optional.empty()),
                        Source.CHECKPOINT));
        String after = main(id);
        String message = house.git(id).run("log", "-1", "--format=%B", "main").replace("\n", "\\n");
        String commit = """
                {"id":"%s","tree_id":"%s","distinct":true,"message":"%s",\
                "timestamp":"2026-04-22T10:15:00.000Z","url":"%s/v1/prompts/%s/versions/%s",\
                "author":{"name":"Alice Adams","email":"alice@example.org"},\
                "committer":{"name":"Alice Adams","email":"alice@example.org"},\
                "added":[],"removed":[],"modified":["prompt.md"]}""".formatted(after, house.git(id).run("rev-parse", "main^{tree}"), message, SERVER, id, after);
        String expected = """
                {"ref":"refs/heads/main","before":"%s","after":"%s","created":false,"deleted":false,"forced":false,\
                "base_ref":null,"compare":null,"commits":[%s],"head_commit":%s,\
                "repository":{"id":%d,"node_id":"%s","name":"greeting","full_name":"default/greeting",\
                "owner":{"name":"default","login":"default"},"private":true,\
                "html_url":"%s/git/default/greeting","description":null,"url":"%s/v1/prompts/%s",\
                "clone_url":"%s/git/default/greeting.git","default_branch":"main"},\
                "pusher":{"name":"bob","email":null},"sender":{"login":"bob"}}""".formatted(
                        before,
                        after,
                        commit,
                        commit,
                        Long.parseLong(id.hex().substring(11), 16),
                        id,
                        SERVER,
                        SERVER,
                        id,
                        SERVER);

        String body = told(id, main(id, before));

        assertEquals(expected, body);
    }

    /**
     * Argo CD reads a push by Go's encoding/json into these types, where any other type is an error, and null is none
     * (go-playground/webhooks, PushPayload).
     */
    @Test
    void aPushHasTheTypesThatAReceiverInGoReads() {
        PromptId id = house.create("greeting", "one\n");
        JsonNode body = json(told(id, main(id, "")));

        assertEquals(Set.of("id"), names(body.at("/repository"), JsonNode::isIntegralNumber));
        assertEquals(Set.of("private"), names(body.at("/repository"), JsonNode::isBoolean));
        assertEquals(Set.of("owner"), names(body.at("/repository"), JsonNode::isObject));
        assertEquals(Set.of("created", "deleted", "forced"), names(body, JsonNode::isBoolean));
        assertEquals(Set.of("commits"), names(body, JsonNode::isArray));
        assertEquals(Set.of("head_commit", "repository", "pusher", "sender"), names(body, JsonNode::isObject));
        assertEquals(Set.of("distinct"), names(body.at("/head_commit"), JsonNode::isBoolean));
        assertEquals(Set.of("added", "removed", "modified"), names(body.at("/head_commit"), JsonNode::isArray));
        assertEquals(Set.of("author", "committer"), names(body.at("/head_commit"), JsonNode::isObject));
        assertTrue(body.at("/repository/id").asLong() < 1L << 53, "any language's numbers hold it");
    }

    private static Set<String> names(JsonNode object, Predicate<JsonNode> type) {
        return object.properties().stream()
                .filter(field -> type.test(field.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Argo CD's pattern for the addresses that a push's {@code html_url} stands for (util/webhook, GetWebURLRegex). */
    @Test
    void theHtmlUrlLeadsArgoCdToTheCloneUrlWhateverTheNameHolds() {
        for (String name : List.of("greeting", "team a/friendly?", "grüße/50%", "a.b+c", "..", "اختبار")) {
            PromptId id = house.create(name, "one\n");
            JsonNode repository = json(told(ALICE, event(id, name, main(id, "")))
                            .orElseThrow())
                    .path("repository");
            String html = repository.path("html_url").asText();
            String path = html.substring((SERVER + "/").length());
            Pattern argo = Pattern.compile("(?i)^((https?|ssh)://)?([\\w.][\\w.-]{0,30}[\\w.$-]?@)?"
                    + "((alt)?ssh\\.)?prompts\\.example\\.org(:\\d+)?[:/]"
                    + Pattern.quote(path) + "(\\.git)?$");

            assertTrue(argo.matcher(repository.path("clone_url").asText()).find(), html);
            assertTrue(path.matches("git/default/[A-Za-z0-9.*_/%-]+"), path);
            assertEquals("default/" + name, repository.path("full_name").asText());
        }
    }

    @Test
    void aNewOrDeletedRefIsToldWithZeros() {
        PromptId id = house.create("greeting", "one\n");
        Event.Pushed made = new Event.Pushed("refs/tags/1.0.0", Optional.empty(), Optional.of(main(id)));
        Event.Pushed gone = new Event.Pushed("refs/heads/topic", Optional.of(main(id)), Optional.empty());

        JsonNode tag = json(told(id, made));
        JsonNode branch = json(told(id, gone));

        assertEquals("0".repeat(40), tag.path("before").asText());
        assertTrue(tag.path("created").booleanValue());
        assertTrue(tag.path("base_ref").isNull());
        assertEquals(main(id), tag.at("/head_commit/id").asText());
        assertEquals("0".repeat(40), branch.path("after").asText());
        assertTrue(branch.path("deleted").booleanValue());
        assertTrue(branch.path("head_commit").isNull());
        assertEquals(0, branch.path("commits").size());
    }

    @Test
    void aVersionIsToldWithWhatPeopleSayOfIt() {
        PromptId id = house.create("greeting", "one\n");
        house.save(
                id,
                new Draft(
                        House.body("two\n"),
                        new Draft.Slot.Next(),
                        Optional.of(new SemVer(1, 0, 0)),
                        new Metadata(
                                Optional.of("l"),
                                Optional.of(new DisplayVersion("v2")),
                                Optional.of("Warmer"),
                                Optional.of("Because.")),
                        Source.MANUAL_SAVE));
        CommitId commit = new CommitId(main(id));
        String head = """
                "at":"2026-04-22T12:00:00.042Z","by":"bob","prompt":{"id":"%s","namespace":"default","name":"greeting",\
                "url":"%s/v1/prompts/%s"}""".formatted(id, SERVER, id);
        String version = """
                "version":{"version":2,"commit":"%s","url":"%s/v1/prompts/%s/versions/%s","releases":["1.0.0"],\
                "display_version":"v2","title":"Warmer","description":"Because.","label":"l","source":"manual_save",\
                "created_by":"alice","created_at":"2026-04-22T10:14:00.000Z","updated_at":"2026-04-22T10:14:00.000Z"}""".formatted(commit.hex(), SERVER, id, commit.hex());
        String gone = """
                "version":{"version":2,"commit":"%s","url":"%s/v1/prompts/%s/versions/%s"}""".formatted(commit.hex(), SERVER, id, commit.hex());

        assertEquals(
                "{\"event\":\"version.created\"," + head + "," + version + "}",
                told(id, new Event.VersionCreated(2, commit)));
        assertEquals(
                "{\"event\":\"metadata.changed\"," + head + "," + version + ",\"deleted\":false}",
                told(id, new Event.MetadataChanged(2, commit, false)));
        assertEquals(
                "{\"event\":\"metadata.changed\"," + head + "," + gone + ",\"deleted\":true}",
                told(id, new Event.MetadataChanged(2, commit, true)));
        assertEquals("{\"event\":\"prompt.created\"," + head + "}", told(id, new Event.Created()));
        assertEquals(
                "{\"event\":\"prompt.deleted\"," + head + "}", told(id, new Event.Deleted(Set.of("alice"), false)));
    }

    @Test
    void aMoveIsToldWithWhereFromAndWhereTo() {
        PromptId id = house.create("greeting", "one\n");
        CommitId commit = new CommitId(main(id));
        Environment.Moved moved = new Environment.Moved("bob", NOON, Optional.of("The first one"));
        Environment.Move first =
                new Environment.Move(Optional.empty(), Optional.of(new Environment.Target(1, commit)), moved);

        JsonNode body = json(told(id, new Event.EnvironmentMoved(new EnvironmentName("production"), first)));

        assertEquals(
                """
                {"environment":"production","from":null,"to":{"version":1,"commit":"%s",\
                "url":"%s/v1/prompts/%s/versions/%s"},"message":"The first one","moved_by":"bob",\
                "moved_at":"2026-04-22T12:00:00.042Z"}""".formatted(commit.hex(), SERVER, id, commit.hex()),
                ((ObjectNode) body)
                        .remove(List.of("event", "at", "by", "prompt"))
                        .toString());
    }

    @Test
    void aPingSaysWhatItWouldTellAndNoSecret() {
        String body = writer.ping(of(ALICE));

        assertEquals("""
                {"zen":"What is deployed has a name, a number and a reason.","hook_id":42,"hook":{"type":"Repository",\
                "id":42,"node_id":"00000000002a","name":"web","active":true,"events":["environment.moved",\
                "metadata.changed","prompt.created","prompt.deleted","prompt.renamed","push","version.created"],\
                "config":{"url":"https://hooks.example.org/a?b=c","content_type":"json","insecure_ssl":"0"},\
                "created_at":"2026-04-22T12:00:00.042Z","updated_at":"2026-04-22T12:00:00.042Z"}}""", body);
        assertFalse(body.contains(SECRET));
    }

    @Test
    void whatTheOwnerMayNotReadIsNotTold() {
        PromptId id = house.create("greeting", "one\n");
        CommitId commit = new CommitId(main(id));
        Environment.Move move = new Environment.Move(
                Optional.empty(),
                Optional.of(new Environment.Target(1, commit)),
                new Environment.Moved("bob", NOON, Optional.empty()));
        List<Event.Fact> facts = List.of(
                main(id, ""),
                new Event.VersionCreated(1, commit),
                new Event.MetadataChanged(1, commit, false),
                new Event.MetadataChanged(1, commit, true),
                new Event.EnvironmentMoved(new EnvironmentName("production"), move),
                new Event.Created(),
                new Event.Deleted(Set.of("alice", "bob"), false));

        for (Event.Fact fact : facts) {
            assertEquals(Optional.empty(), told(STRANGER, event(id, "greeting", fact)), fact.toString());
            assertTrue(told(ALICE, event(id, "greeting", fact)).isPresent(), fact.toString());
        }
        assertEquals(
                Optional.empty(),
                told(ALICE, event(id, "greeting", new Event.Renamed(Namespace.DEFAULT, new PromptName("hello")))));
    }

    @Test
    void thatAPromptIsGoneIsToldToWhoCouldReadIt() {
        PromptId id = new PromptId("a".repeat(24));
        Event closed = event(id, "greeting", new Event.Deleted(Set.of("alice"), false));
        Event open = event(id, "greeting", new Event.Deleted(Set.of("alice"), true));
        Caller reader = new Caller("rita", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.READER));
        Caller admin = new Caller("root", Optional.empty(), Optional.empty(), new Namespace("x"), Set.of(Role.ADMIN));

        assertTrue(told(ALICE, closed).isPresent());
        assertTrue(told(reader, closed).isPresent());
        assertTrue(told(admin, closed).isPresent());
        assertTrue(told(STRANGER, open).isPresent());
        assertEquals(Optional.empty(), told(STRANGER, closed));
        assertEquals(Optional.empty(), told(House.BOB, closed));
    }

    @Test
    void ofADeletedPromptNothingElseIsTold() {
        PromptId id = house.create("greeting", "one\n");
        Event.Pushed push = main(id, "");
        CommitId commit = new CommitId(main(id));
        house.prompts.delete(ALICE, id);

        assertEquals(Optional.empty(), told(ALICE, event(id, "greeting", push)));
        assertEquals(Optional.empty(), told(ALICE, event(id, "greeting", new Event.VersionCreated(1, commit))));
        assertEquals(Optional.empty(), told(ALICE, event(id, "greeting", new Event.Created())));
    }

    @Test
    void linksBeginWithTheAddressThatTheOperatorSays() {
        writer = writer(Optional.of("https://prompts.example.net/base"));
        PromptId id = house.create("greeting", "one\n");

        String body = told(id, main(id, ""));

        assertFalse(body.contains(SERVER));
        assertEquals(
                "https://prompts.example.net/base/git/default/greeting.git",
                json(body).at("/repository/clone_url").asText());
    }

    /** The most that may be in one: long descriptions and messages of what JSON writes longest, and as many files. */
    @Test
    void aBodyIsNeverLongerThanTheQueueTakes() {
        PromptId id = house.create("\"".repeat(200), "one\n");
        String before = main(id);
        Metadata long1 = new Metadata(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("\u0001".repeat(10_000)));
        IntStream.range(0, 20)
                .forEach(i -> house.save(
                        id,
                        new Draft(
                                new Draft.Content.Body(new PromptText("text " + i)),
                                new Draft.Slot.Next(),
                                Optional.empty(),
                                long1,
                                Source.CHECKPOINT)));

        String push = told(ALICE, event(id, "\"".repeat(200), main(id, before))).orElseThrow();
        String version = told(id, new Event.VersionCreated(21, new CommitId(main(id))));

        assertEquals(20, json(push).path("commits").size());
        assertTrue(push.getBytes(StandardCharsets.UTF_8).length < DeliveryQueue.BODY_BYTES_MAX / 2);
        assertTrue(version.getBytes(StandardCharsets.UTF_8).length < DeliveryQueue.BODY_BYTES_MAX / 2);
    }
}
