package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The receivers that tests ring at do what those do that they stand for: against an event of GitHub's shape. */
class WebhookReceiversTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String REPOSITORY = "https://github.com/Codertocat/Hello-World.git";

    /** A push as GitHub's documentation has it, with some of its fields. */
    private static final String PUSH = """
            {"ref": "refs/heads/env/production", "before": "0000000000000000000000000000000000000000",
             "after": "6113728f27ae82c7b1a177c8d03f9e96e0adf246", "created": true, "deleted": false, "forced": false,
             "base_ref": null, "compare": "https://github.com/Codertocat/Hello-World/compare/6113728f27ae",
             "commits": [{"id": "6113728f27ae82c7b1a177c8d03f9e96e0adf246", "distinct": true, "message": "Add a file",
                          "timestamp": "2019-05-15T15:20:41Z",
                          "author": {"name": "Codertocat", "email": "c@example.com"},
                          "added": ["prompt.md"], "removed": [], "modified": []}],
             "head_commit": null,
             "repository": {"id": 186853002, "node_id": "MDEw", "name": "Hello-World",
                            "full_name": "Codertocat/Hello-World", "owner": {"name": "Codertocat", "id": 21031067},
                            "private": false, "html_url": "https://github.com/Codertocat/Hello-World",
                            "description": null, "url": "https://github.com/Codertocat/Hello-World",
                            "created_at": 1557933565, "updated_at": "2019-05-15T15:20:41Z", "pushed_at": 1557933657,
                            "clone_url": "https://github.com/Codertocat/Hello-World.git", "stargazers": 0,
                            "default_branch": "main", "what_nobody_knows": [1]},
             "pusher": {"name": "Codertocat", "email": "c@example.com"},
             "sender": {"login": "Codertocat", "id": 21031067, "type": "User"}}
            """;

    private static Ring signed(String body, Map<String, String> more) {
        Ring plain = Ring.of(body, Map.of());
        Map<String, String> headers = new HashMap<>(Map.of(
                "X-GitHub-Event",
                "push",
                "X-Hub-Signature-256",
                "sha256=" + plain.hmac("HmacSHA256", SECRET),
                "X-Signature",
                "sha256=" + plain.hmac("HmacSHA256", SECRET)));
        headers.putAll(more);
        return Ring.of(body, headers);
    }

    private static Ring.Heard argo(Ring ring) {
        return new ArgoCdWebhook(SECRET, REPOSITORY, "env/production").hear(ring);
    }

    private static FluxReceiver flux(FluxReceiver.Type type) {
        return new FluxReceiver(type, SECRET, Set.of("push"));
    }

    /** From GitHub's "Validating webhook deliveries". */
    @Test
    void aSignatureIsWhatGitHubSaysThatItIs() {
        Ring ring = Ring.of("Hello, World!", Map.of());

        assertTrue(ring.isSigned(
                "HmacSHA256", SECRET, "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
    }

    @Test
    void argoCdRefreshesWhatIsMadeFromTheBranchThatMoved() {
        assertEquals(new Ring.Heard(200, true), argo(signed(PUSH, Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Hub-Signature-256, sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "X-Hub-Signature-256, ''",
        "X-Hub-Signature-256, sha256=",
        "X-GitHub-Event, issues",
        "X-GitHub-Event, ''",
        "X-Gogs-Event, push"
    })
    void argoCdRefusesWhatIsNotSignedOrNotForIt(String header, String value) {
        assertEquals(Ring.Heard.REFUSED, argo(signed(PUSH, Map.of(header, value))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\": 186853002 -> \"id\": \"6b02a490e899f18f3d5ad699\"",
                "\"created\": true -> \"created\": \"true\"",
                "\"pushed_at\": 1557933657 -> \"pushed_at\": \"2019-05-15T15:20:41Z\"",
                "\"updated_at\": \"2019-05-15T15:20:41Z\" -> \"updated_at\": \"yesterday\"",
                "\"updated_at\": \"2019-05-15T15:20:41Z\" -> \"updated_at\": 1557933657",
                "\"node_id\": \"MDEw\" -> \"node_id\": 3",
                "\"added\": [\"prompt.md\"] -> \"added\": \"prompt.md\"",
                "\"pusher\": { -> \"pusher\": \"Codertocat\", \"x\": {"
            })
    void argoCdRefusesAFieldOfAnotherType(String change) {
        String[] parts = change.split(" -> ", 2);
        assertTrue(PUSH.contains(parts[0]));

        assertEquals(Ring.Heard.REFUSED, argo(signed(PUSH.replace(parts[0], parts[1]), Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/Codertocat/Hello-World, env/production, true",
        "https://github.com:8443/codertocat/hello-world.git, refs/heads/env/production, true",
        "https://x-access-token@github.com/Codertocat/Hello-World.git, env/production, true",
        "git@github.com:Codertocat/Hello-World.git, env/production, true",
        "https://github.com/Codertocat/Hello-World.git, production, false",
        "https://github.com/Codertocat/Hello-World.git, main, false",
        "https://github.com/Codertocat/Hello-World.git, HEAD, false",
        "https://github.com/Codertocat/Hello-World2.git, env/production, false",
        "https://example.com/Codertocat/Hello-World.git, env/production, false"
    })
    void argoCdRefreshesByRepositoryAndRevision(String repoUrl, String revision, boolean refresh) {
        ArgoCdWebhook argo = new ArgoCdWebhook(SECRET, repoUrl, revision);

        assertEquals(new Ring.Heard(200, refresh), argo.hear(signed(PUSH, Map.of())));
    }

    @Test
    void argoCdFollowsTheDefaultBranchWhereNoneIsNamed() {
        String onMain = PUSH.replace("refs/heads/env/production", "refs/heads/main");

        assertEquals(
                new Ring.Heard(200, true),
                new ArgoCdWebhook(SECRET, REPOSITORY, "HEAD").hear(signed(onMain, Map.of())));
    }

    @Test
    void argoCdTakesAPingAndDoesNothing() {
        assertEquals(new Ring.Heard(200, false), argo(signed("{}", Map.of("X-GitHub-Event", "ping"))));
    }

    @ParameterizedTest
    @CsvSource({
        "GENERIC_HMAC, X-GitHub-Event, ping, 200",
        "GENERIC_HMAC, X-Hub-Signature-256, '', 200",
        "GENERIC_HMAC, X-Signature, '', 400",
        "GENERIC_HMAC, X-Signature, sha256=00, 400",
        "GENERIC_HMAC, X-Signature, md5=00, 400",
        "GITHUB, X-Signature, '', 200",
        "GITHUB, X-GitHub-Event, PUSH, 200",
        "GITHUB, X-GitHub-Event, ping, 400",
        "GITHUB, X-Hub-Signature-256, '', 400",
        "GITHUB, X-Hub-Signature-256, 757107ea, 400",
        "GITHUB, Content-Type, application/json; charset=utf-8, 200",
        "GITHUB, Content-Type, application/cloudevents+json, 400"
    })
    void fluxTakesWhatIsSigned(FluxReceiver.Type type, String header, String value, int status) {
        Ring.Heard heard = flux(type).hear(signed(PUSH, Map.of(header, value)));

        assertEquals(new Ring.Heard(status, status == 200), heard);
    }
}
