package dev.versicle;

import dev.versicle.auth.TokenMint;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A whole server on a free port and a directory of its own, for tests that speak HTTP with it. */
public final class TestServer implements AutoCloseable {
    private static final Duration TOKENS_LAST = Duration.ofMinutes(30);

    private final Server server;
    private final Path data;

    private TestServer(Server server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Starts a server without the sample prompts; it answers when this returns. */
    public static TestServer start(Path data) {
        return start(data, Map.of());
    }

    /** As {@link #start(Path)}, with more settings. */
    public static TestServer start(Path data, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(Map.of(
                "versicle.data",
                data.toString(),
                "versicle.port",
                0,
                "versicle.samples",
                false,
                ClockForTests.SETTING,
                true));
        Server server = Server.start(settings);
        awaitIndex(server);
        return new TestServer(server, data);
    }

    /** Waits until lists have all prompts. */
    static void awaitIndex(Server server) {
        PromptIndex index = server.part(PromptIndex.class);
        while (index.state() != PromptIndex.State.COMPLETE) {
            Thread.onSpinWait();
        }
    }

    /** A caller of the default namespace. */
    public static Caller caller(String subject, Role... roles) {
        return new Caller(subject, Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(roles));
    }

    /** The address of a path, such as {@code /api/prompts/user}. */
    public URI uri(String path) {
        return URI.create(server.address() + path);
    }

    /** The administrator's API key, which the first start made. */
    public String adminKey() {
        try {
            return Files.readString(data.resolve("admin.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token of this server for {@code caller}. */
    public String token(Caller caller) {
        return server.part(TokenMint.class).token(caller, TOKENS_LAST);
    }

    /** A token of this server that was {@code caller}'s, until half an hour ago. */
    public String expired(Caller caller) {
        return server.part(TokenMint.class).token(caller, TOKENS_LAST.negated());
    }

    /** Lets time pass for the server. */
    public void pass(Duration time) {
        server.part(ClockForTests.Clock.class).pass(time);
    }

    /** One of the server's parts, for tests that go past its doors. */
    public <T> T part(Class<T> type) {
        return server.part(type);
    }

    /** The directory of everything that the server keeps. */
    public Path data() {
        return data;
    }

    /** A prompt's bare repository. */
    public Path repository(String promptId) {
        return data.resolve("prompts").resolve(promptId.substring(22)).resolve(promptId + ".git");
    }

    @Override
    public void close() {
        server.close();
    }
}
