package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.SemVer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ids of uploaded versions. */
class ReleaseIdTest {
    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void itIsTheUuidOfVersionFiveThatOthersMake() {
        // RFC 9562, appendix A.4
        assertEquals(
                "2ed6657d-e927-568b-95e1-2665a8aea6a2",
                ReleaseId.named(DNS, "www.example.com").toString());
        assertEquals(ReleaseId.NAMESPACE, ReleaseId.named(DNS, "releases.versicle.dev"));
    }

    @Test
    void itIsOfThePromptAndTheRelease() {
        PromptId prompt = PromptId.parse("5f7b1c2e8a1d4e0012c3b4a5");
        assertEquals(
                ReleaseId.named(ReleaseId.NAMESPACE, "5f7b1c2e8a1d4e0012c3b4a5/1.0.0"),
                ReleaseId.of(prompt, SemVer.parse("1.0.0")));
    }
}
