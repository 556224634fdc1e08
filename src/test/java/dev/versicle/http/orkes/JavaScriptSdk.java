package dev.versicle.http.orkes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.TestServer;
import dev.versicle.auth.ApiKeyText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Orkes' own JavaScript SDK with the administrator's key, in a Node process that does one call after another. The
 * first use installs it below {@code target}, as the lock file says.
 */
final class JavaScriptSdk implements AutoCloseable {
    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path HOME = Path.of("target", "js");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "prompts.mjs");

    /** The peers are for what prompts do not need; the optional undici wants a newer Node, which has a fetch itself. */
    private static final List<String> INSTALL = List.of(
            "npm", "ci", "--legacy-peer-deps", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund");

    private final Process process;
    private final Writer calls;
    private final BufferedReader answers;

    private JavaScriptSdk(Process process) {
        this.process = process;
        calls = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static JavaScriptSdk start(TestServer server) {
        ApiKeyText key = ApiKeyText.parse(server.adminKey()).orElseThrow();
        try {
            install();
            return new JavaScriptSdk(
                    builder(List.of("node", "prompts.mjs", server.uri("/api").toString(), key.id(), key.secret()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() throws IOException {
        Files.createDirectories(HOME);
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Process npm = builder(INSTALL).start();
        npm.getOutputStream().close();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (await(npm) != 0) {
            throw new AssertionError("npm ci failed: " + said);
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).directory(HOME.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new IllegalStateException(e);
        }
    }

    /** What a call of the SDK's {@code PromptClient} gives; null where it gives nothing. */
    JsonNode call(String method, Object... values) {
        JsonNode answer = answer(method, values);
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.get("error").asText());
        }
        return answer.get("value");
    }

    /** The message of the error that a call throws. */
    String refusal(String method, Object... values) {
        JsonNode answer = answer(method, values);
        if (!answer.has("error")) {
            throw new AssertionError(method + " was not refused: " + answer);
        }
        return answer.get("error").asText();
    }

    private JsonNode answer(String method, Object... values) {
        try {
            calls.write(OrkesClient.written(Map.of("call", method, "with", values)) + "\n");
            calls.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new AssertionError("node has ended");
            }
            return OrkesClient.json(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        await(process);
    }
}
