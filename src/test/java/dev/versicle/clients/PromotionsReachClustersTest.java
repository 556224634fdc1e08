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

    @TempDir
    private Path directory;

    private TlsHost host;
    private Greeting greeting;

    @BeforeEach
    void start() {
        host = TlsHost.start(directory, Map.of("versicle.webhooks-allow", "127.0.0.1/32"));
        greeting = Greeting.at(host);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void subscribe(ReceiverHost receiver, String... events) {
        Map<String, Object> wanted =
                Map.of("url", receiver.url(), "secret", SECRET, "events", List.of(events), "prompt", greeting.prompt());
        host.send("POST", "/webhooks", wanted).being(201);
    }

    private void promoteAndRequireEach(ReceiverHost receiver) throws InterruptedException {
        for (int version : Greeting.PROMOTIONS) {
            String commit = greeting.promote(version);

            assertEquals(new Checkout(commit, Map.of("prompt.md", Greeting.text(version))), receiver.next());
        }
    }

    @Test
    void argoCdIsToldOfEachPromotionAndFetchesIt() throws InterruptedException {
        Watched watched = greeting.production();
        ArgoCd argo = new ArgoCd(watched, ArgoCd.Habit.BRANCHES_FIRST, directory.resolve("argo"));
        ArgoCdWebhook webhook = new ArgoCdWebhook(SECRET, watched.remote().url(), watched.revision());
        try (ReceiverHost receiver = ReceiverHost.start(webhook::hear, argo::refresh)) {
            subscribe(receiver, "push");
            // A push of another branch is none of this application's.
            host.save(greeting.prompt(), "Hello on main.\n");

            promoteAndRequireEach(receiver);
        }
    }

    /** Flux, told by webhooks; the ping that greets a new one is signed as well, and there is nothing to fetch yet. */
    private static ReceiverHost told(Flux flux, FluxReceiver.Type type) {
        FluxReceiver receiving = new FluxReceiver(type, SECRET, Set.of("environment.moved"));
        Function<Ring, Ring.Heard> greeted =
                ring -> ring.header("X-GitHub-Event").equals("ping")
                        ? new Ring.Heard(receiving.hear(ring).status(), false)
                        : receiving.hear(ring);
        return ReceiverHost.start(greeted, flux::refresh);
    }

    @ParameterizedTest
    @EnumSource
    void fluxIsToldOfEachPromotionAndFetchesIt(FluxReceiver.Type type) throws InterruptedException {
        Flux flux = new Flux(greeting.production(), directory.resolve("flux"));
        try (ReceiverHost receiver = told(flux, type)) {
            subscribe(receiver, "environment.moved");

            promoteAndRequireEach(receiver);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fluxIsToldOfEachPromotionAndFetchesAllThatIsLive(FluxReceiver.Type type) throws InterruptedException {
        Flux flux = new Flux(greeting.productionOfAll(), directory.resolve("flux"));
        try (ReceiverHost receiver = told(flux, type)) {
            subscribe(receiver, "environment.moved");

            for (int version : Greeting.PROMOTIONS) {
                greeting.promote(version);

                assertEquals(Greeting.text(version), receiver.next().files().get("greeting/prompt.md"));
            }
        }
    }
}
