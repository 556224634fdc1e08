package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What deploys a prompt sees each promotion, over TLS, with a certificate that it was told of. */
class GitOpsTest {
    @TempDir
    private Path directory;

    private TlsHost host;
    private Greeting greeting;

    @BeforeEach
    void start() {
        host = TlsHost.start(directory, Map.of());
        greeting = Greeting.at(host);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource
    void argoCdFollowsTenPromotionsOfAnEnvironment(ArgoCd.Habit habit) {
        ArgoCd argo = new ArgoCd(greeting.production(), habit, directory.resolve("argo"));
        for (int version : Greeting.PROMOTIONS) {
            String commit = greeting.promote(version);

            assertEquals(new Checkout(commit, Map.of("prompt.md", Greeting.text(version))), argo.refresh());
        }
    }

    @Test
    void fluxFollowsTenPromotionsOfAnEnvironment() {
        Flux flux = new Flux(greeting.production(), directory.resolve("flux"));
        for (int version : Greeting.PROMOTIONS) {
            String commit = greeting.promote(version);

            assertEquals(new Checkout(commit, Map.of("prompt.md", Greeting.text(version))), flux.refresh());
        }
        flux.refresh();

        assertEquals(Greeting.PROMOTIONS.size(), flux.clones());
    }
}
