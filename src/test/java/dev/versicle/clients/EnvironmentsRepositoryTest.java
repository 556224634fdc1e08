package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What deploys all prompts of a namespace watches one repository, and sees each promotion in it, over TLS. */
class EnvironmentsRepositoryTest {
    @TempDir
    private Path directory;

    private TlsHost host;
    private Greeting greeting;

    @BeforeEach
    void start() {
        host = TlsHost.start(directory, Map.of());
        String other = host.prompt("farewell");
        host.save(other, "Goodbye.\n");
        host.promote(other, 1);
        greeting = Greeting.at(host);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    /** Promotes ten times, and has the client look once after each. */
    private void promoteAndRequireEach(Supplier<Checkout> refresh) {
        for (int version : Greeting.PROMOTIONS) {
            String commit = greeting.promote(version);

            Checkout now = refresh.get();

            assertEquals(Greeting.text(version), now.files().get("greeting/prompt.md"));
            assertEquals("Goodbye.\n", now.files().get("farewell/prompt.md"));
            assertTrue(String.valueOf(now.files().get("versions.json")).contains(commit), now::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void argoCdFollowsTenPromotions(ArgoCd.Habit habit) {
        ArgoCd argo = new ArgoCd(greeting.productionOfAll(), habit, directory.resolve("argo"));

        promoteAndRequireEach(argo::refresh);
    }

    @Test
    void fluxFollowsTenPromotions() {
        Flux flux = new Flux(greeting.productionOfAll(), directory.resolve("flux"));

        promoteAndRequireEach(flux::refresh);

        // Each promotion is one commit, which is cloned once.
        assertEquals(Greeting.PROMOTIONS.size(), flux.clones());
    }
}
