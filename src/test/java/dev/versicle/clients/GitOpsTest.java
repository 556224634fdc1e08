package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What deploys a prompt sees each promotion, over TLS, with a certificate that it was told of. */
class GitOpsTest {
    private static final int VERSIONS = 8;

    /** Ten promotions, forth and back. */
    private static final List<Integer> PROMOTIONS = List.of(1, 2, 3, 2, 5, 4, 6, 7, 1, 8);

    @TempDir
    private Path directory;

    private TlsHost host;
    private String prompt;

    @BeforeEach
    void start() {
        host = TlsHost.start(directory, Map.of());
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

    @ParameterizedTest
    @EnumSource
    void argoCdFollowsTenPromotionsOfAnEnvironment(ArgoCd.Habit habit) {
        ArgoCd argo = new ArgoCd(production(), habit, directory.resolve("argo"));
        for (int version : PROMOTIONS) {
            String commit = host.promote(prompt, version);

            assertEquals(new Checkout(commit, Map.of("prompt.md", text(version))), argo.refresh());
        }
    }

    @Test
    void fluxFollowsTenPromotionsOfAnEnvironment() {
        Flux flux = new Flux(production(), directory.resolve("flux"));
        for (int version : PROMOTIONS) {
            String commit = host.promote(prompt, version);

            assertEquals(new Checkout(commit, Map.of("prompt.md", text(version))), flux.refresh());
        }
        flux.refresh();

        assertEquals(PROMOTIONS.size(), flux.clones());
    }
}
