package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

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

    private Watched production() {
        return host.watched("default/_environments/production.git", "main");
    }

    /** Promotes ten times, and has the client look until it has each: the repository follows within moments. */
    private void promoteAndRequireEach(Supplier<Checkout> refresh) throws InterruptedException {
        Checkout before = refresh.get();
        for (int version : Greeting.PROMOTIONS) {
            String commit = greeting.promote(version);

            Checkout now = next(before, refresh);

            assertEquals(Greeting.text(version), now.files().get("greeting/prompt.md"));
            assertEquals("Goodbye.\n", now.files().get("farewell/prompt.md"));
            assertTrue(String.valueOf(now.files().get("versions.json")).contains(commit), now::toString);
            before = now;
        }
    }

    private static Checkout next(Checkout before, Supplier<Checkout> refresh) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Checkout now = refresh.get();
        while (now.commit().equals(before.commit())) {
            assertTrue(System.nanoTime() < end, "nothing new is there");
            Thread.sleep(PAUSE);
            now = refresh.get();
        }
        return now;
    }

    @ParameterizedTest
    @EnumSource
    void argoCdFollowsTenPromotions(ArgoCd.Habit habit) throws InterruptedException {
        ArgoCd argo = new ArgoCd(production(), habit, directory.resolve("argo"));

        promoteAndRequireEach(argo::refresh);
    }

    @Test
    void fluxFollowsTenPromotions() throws InterruptedException {
        Flux flux = new Flux(production(), directory.resolve("flux"));

        promoteAndRequireEach(flux::refresh);

        // Each promotion is one commit, which is cloned once; the first clone was of what was there before.
        assertEquals(1 + Greeting.PROMOTIONS.size(), flux.clones());
    }
}
