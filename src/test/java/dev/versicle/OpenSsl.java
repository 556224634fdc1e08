package dev.versicle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What {@code openssl} makes of a text: the hand of somebody else. */
public final class OpenSsl {
    private OpenSsl() {}

    /** HMAC with SHA-256, in hex. */
    public static String hmac(String text, String key) throws IOException {
        Process process = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", key, "-r")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.substring(0, said.indexOf(' '));
    }
}
