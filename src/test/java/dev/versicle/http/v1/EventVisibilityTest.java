package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.TestServer;
import dev.versicle.http.v1.EventLines.Told;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of what: each test has one prompt of an owner in {@code default}, and asks all kinds of callers. */
class EventVisibilityTest {
    /** Whose events nobody is told of who may not read the prompt. */
    private static final Map<String, Caller> CALLERS = new TreeMap<>(Map.of(
            "owner", caller("owner", "default"),
            "granted", caller("granted", "elsewhere"),
            "member who reads", caller("member", "default", Role.READER),
            "member who writes", caller("colleague", "default", Role.WRITER),
            "mere caller of the namespace", caller("other", "default"),
            "member elsewhere", caller("stranger", "elsewhere", Role.READER, Role.WRITER),
            "administrator", caller("root", "elsewhere", Role.ADMIN),
            "namesake of nobody", caller("nobody", "elsewhere")));

    private static final String ANONYMOUS = "anonymous";
    private static final Set<String> MEMBERS = Set.of("member who reads", "member who writes", "administrator");
    private static final Set<String> READERS = plus(MEMBERS, "owner", "granted");
    private static final Set<String> ALL = plus(CALLERS.keySet(), ANONYMOUS);

    @TempDir
    private Path data;

    private TestServer server;
    private V1Client owner;
    private final Map<String, Listener> listeners = new TreeMap<>();
    private int made;

    static Caller caller(String subject, String namespace, Role... roles) {
        return new Caller(subject, Optional.empty(), Optional.empty(), new Namespace(namespace), Set.of(roles));
    }

    private static Set<String> plus(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        owner = V1Client.of(server, caller("owner", "default"));
    }

    @AfterEach
    void stop() {
        listeners.values().forEach(Listener::close);
        owner.close();
        server.close();
    }

    private void listen(String... headers) {
        CALLERS.forEach((who, caller) -> listeners.put(who, Listener.of(server, server.token(caller), "", headers)));
        listeners.put(ANONYMOUS, Listener.of(server, "", "", headers));
    }

    /** Who was told of the prompt by an event of this kind, once everybody was told of something else. */
    private Set<String> told(String kind, String id) {
        made++;
        String fence = "fence-" + made;
        owner.post("/prompts", Map.of("name", fence, "visibility", "public")).being(201);
        return listeners.entrySet().stream()
                .filter(entry -> entry.getValue().before(fence).stream().anyMatch(event -> is(event, kind, id)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean is(Told event, String kind, String id) {
        return event.event().equals(kind) && event.at("/prompt/id").asText().equals(id);
    }

    private String granted(String visibility) {
        String id = owner.post("/prompts", Map.of("name", "subject", "visibility", visibility))
                .being(201)
                .get("id");
        owner.put("/prompts/" + id + "/access", Map.of("grants", Map.of("granted", "READ")))
                .being(200);
        return id;
    }

    @Test
    void whoMayReadAPromptIsToldOfIt() {
        String id = granted("private");
        listen();

        owner.save(id, "one");

        assertEquals(READERS, told("version.created", id));
    }

    @Test
    void everybodyIsToldOfAPublicPrompt() {
        String id = granted("public");
        listen();

        owner.save(id, "one");

        assertEquals(ALL, told("version.created", id));
    }

    @Test
    void whoIsGrantedAPromptIsToldFromThenOnAndWhoIsDeniedItIsToldNoMore() {
        String id = owner.create("subject");
        listen();
        owner.save(id, "one");
        owner.put("/prompts/" + id + "/access", Map.of("grants", Map.of("granted", "READ")))
                .being(200);
        owner.patch("/prompts/" + id + "/versions/1", Map.of("title", "First")).being(200);
        Set<String> whenGranted = told("metadata.changed", id);
        owner.put("/prompts/" + id + "/access", Map.of("grants", Map.of())).being(200);
        owner.put("/prompts/" + id + "/environments/live", Map.of("rev", "1")).being(201);

        Set<String> whenDenied = told("environment.moved", id);

        assertEquals(READERS, whenGranted);
        assertEquals(plus(MEMBERS, "owner"), whenDenied);
    }

    @Test
    void aPromptThatIsClosedIsToldToNobodyElseAnyMore() {
        String id = granted("public");
        listen();
        owner.save(id, "one");
        Set<String> open = told("version.created", id);
        owner.patch("/prompts/" + id, Map.of("visibility", "private")).being(200);
        owner.patch("/prompts/" + id + "/versions/1", Map.of("title", "First")).being(200);

        assertEquals(ALL, open);
        assertEquals(READERS, told("metadata.changed", id));
    }

    @Test
    void whoCouldReadAPromptIsToldOfItsDeletion() {
        String id = granted("private");
        listen();

        owner.delete("/prompts/" + id).being(204);

        assertEquals(READERS, told("prompt.deleted", id));
    }

    @Test
    void everybodyIsToldOfTheDeletionOfAPublicPrompt() {
        String id = granted("public");
        listen();

        owner.delete("/prompts/" + id).being(204);

        assertEquals(ALL, told("prompt.deleted", id));
    }

    @Test
    void whatCameBeforeADeletionIsToldToTheSamePeopleAfterIt() {
        String before = lastId();
        String id = granted("private");
        owner.save(id, "one");
        owner.delete("/prompts/" + id).being(204);

        listen("Last-Event-ID", before);

        assertEquals(READERS, told("version.created", id));
        assertEquals(READERS, told("prompt.deleted", id));
    }

    @Test
    void whatCameBeforeIsToldByTheRightsOfToday() {
        String before = lastId();
        String id = granted("public");
        owner.save(id, "one");
        owner.patch("/prompts/" + id, Map.of("visibility", "private")).being(200);
        owner.put("/prompts/" + id + "/access", Map.of("grants", Map.of())).being(200);

        // Whoever listened before may have had the rights looked up, which are remembered for so long.
        server.pass(Duration.ofSeconds(1));

        listen("Last-Event-ID", before);

        assertEquals(plus(MEMBERS, "owner"), told("version.created", id));
    }

    @Test
    void aPromptThatCameBackIsToldByItsRightsAgain() {
        String id = granted("private");
        owner.save(id, "one");
        listen();
        owner.delete("/prompts/" + id).being(204);
        owner.post("/trash/" + id + "/restore", Map.of()).being(200);

        owner.patch("/prompts/" + id + "/versions/1", Map.of("title", "First")).being(200);

        assertEquals(READERS, told("metadata.changed", id));
        assertEquals(READERS, told("prompt.deleted", id));
    }

    @Test
    void nobodySeesAnEventThatOnlyTheHouseIsToldOf() {
        String id = granted("public");
        listen();

        owner.patch("/prompts/" + id, Map.of("name", "renamed")).being(200);
        owner.save(id, "one");

        assertEquals(ALL, told("version.created", id));
        assertEquals(Set.of(), told("prompt.renamed", id));
        assertTrue(listeners.values().stream()
                .flatMap(listener -> listener.told().stream())
                .filter(event -> event.event().equals("version.created"))
                .allMatch(event -> event.at("/prompt/name").asText().equals("renamed")));
    }

    /** Whose rights cannot be read any more: it must not stand in the way of what comes behind it. */
    @Test
    void aBrokenPromptEndsNobodysStream() throws IOException {
        String before = lastId();
        String id = granted("public");
        owner.save(id, "one");
        server.close();
        try (Stream<Path> files = Files.walk(server.repository(id).resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        server = TestServer.start(data);
        owner.close();
        owner = V1Client.of(server, caller("owner", "default"));

        listen("Last-Event-ID", before);

        assertEquals(MEMBERS, told("version.created", id));
    }

    private String lastId() {
        try (Listener listener = Listener.of(server, "", "")) {
            return listener.lastId();
        }
    }
}
