package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a promotion over REST to the files in a cluster: the webhook is verified, and what it tells of is fetched. */
class PromotionsReachClustersTest {
    private static final String SECRET = "an-open-secret-of-a-test";
    private static final int VERSIONS = 4;
    private static final List<Integer> PROMOTIONS = List.of(1, 2, 3, 2, 4);

    @TempDir
    private Path directory;

    private TlsHost host;
    private String prompt;

    @BeforeEach
    void start() {
        host = TlsHost.start(directory, Map.of("versicle.webhooks-allow", "127.0.0.1/32"));
        prompt = host.prompt("greeting");
        for (int n = 1; n <= VERSIONS; n++) {
            host.save(prompt, text(n));
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static String text(int version) {
        return "Hello for the " + version + ". time.\n";
    }

    private Watched production() {
        return host.watched("default/greeting.git", "env/production");
    }

    private void subscribe(ReceiverHost receiver, String... events) {
        Map<String, Object> wanted =
                Map.of("url", receiver.url(), "secret", SECRET, "events", List.of(events), "prompt", prompt);
        host.send("POST", "/webhooks", wanted).being(201);
    }

    private void promoteAndRequireEach(ReceiverHost receiver) throws InterruptedException {
        for (int version : PROMOTIONS) {
            String commit = host.promote(prompt, version);

            assertEquals(new Checkout(commit, Map.of("prompt.md", text(version))), receiver.next());
        }
    }

    @Test
    void argoCdIsToldOfEachPromotionAndFetchesIt() throws InterruptedException {
        Watched watched = production();
        ArgoCd argo = new ArgoCd(watched, ArgoCd.Habit.BRANCHES_FIRST, directory.resolve("argo"));
        ArgoCdWebhook webhook = new ArgoCdWebhook(SECRET, watched.remote().url(), watched.revision());
        try (ReceiverHost receiver = ReceiverHost.start(webhook::hear, argo::refresh)) {
            subscribe(receiver, "push");
            // A push of another branch is none of this application's.
            host.save(prompt, "Hello on main.\n");

            promoteAndRequireEach(receiver);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fluxIsToldOfEachPromotionAndFetchesIt(FluxReceiver.Type type) throws InterruptedException {
        Flux flux = new Flux(production(), directory.resolve("flux"));
        FluxReceiver receiving = new FluxReceiver(type, SECRET, Set.of("environment.moved"));
        // The ping that greets a new webhook is signed as well, and there is nothing to fetch yet.
        Function<Ring, Ring.Heard> greeted =
                ring -> ring.header("X-GitHub-Event").equals("ping")
                        ? new Ring.Heard(receiving.hear(ring).status(), false)
                        : receiving.hear(ring);
        try (ReceiverHost receiver = ReceiverHost.start(greeted, flux::refresh)) {
            subscribe(receiver, "environment.moved");

            promoteAndRequireEach(receiver);
        }
    }
}
