package dev.versicle.http.git;

import dev.versicle.Git;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server with prompts, and real git that clones them over HTTP into directories of its own. */
final class Remote implements AutoCloseable {
    static final Caller OWNER = TestServer.caller("owner");
    static final Caller READER = TestServer.caller("reader", Role.READER);
    static final Caller STRANGER = TestServer.caller("stranger");

    final TestServer server;
    private final Path clones;

    private Remote(TestServer server, Path clones) {
        this.server = server;
        this.clones = clones;
    }

    static Remote start(Path directory, Map<String, Object> settings) {
        Path clones = directory.resolve("clones");
        try {
            Files.createDirectories(clones);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Remote(TestServer.start(directory.resolve("data"), settings), clones);
    }

    Prompts prompts() {
        return server.part(Prompts.class);
    }

    /** An empty prompt of the owner's. */
    PromptId create(String name, Visibility visibility) {
        NewPrompt wanted = new NewPrompt(
                new PromptName(name), Optional.empty(), Collections.emptySortedSet(), visibility, Optional.empty());
        return prompts().create(OWNER, wanted).id();
    }

    /** A private prompt of the owner's with these versions. */
    PromptId create(String name, String... texts) {
        PromptId id = create(name, Visibility.PRIVATE);
        for (String text : texts) {
            save(id, Draft.checkpoint(body(text)));
        }
        return id;
    }

    Version save(PromptId id, Draft draft) {
        return prompts().checkpoint(OWNER, id, draft, Expected.NOTHING).version();
    }

    Version displayed(PromptId id, String text, String display) {
        Metadata metadata = new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(display)), Optional.empty(), Optional.empty());
        return save(id, new Draft(body(text), new Draft.Slot.Next(), Optional.empty(), metadata, Source.CHECKPOINT));
    }

    Version released(PromptId id, String text, String release) {
        Draft draft = new Draft(
                body(text),
                new Draft.Slot.Next(),
                Optional.of(SemVer.parse(release)),
                Metadata.NONE,
                Source.CHECKPOINT);
        return save(id, draft);
    }

    static Draft.Content body(String text) {
        return new Draft.Content.Body(new PromptText(text));
    }

    /** The prompt's repository on the server's disk. */
    Git bare(PromptId id) {
        return new Git(server.repository(id.hex()));
    }

    /** Where a prompt of the default namespace can be cloned from, by who bears the token. */
    String url(Caller caller, String name) {
        return server.uri("/git/default/" + name + ".git")
                .toString()
                .replace("://", "://git:" + server.token(caller) + "@");
    }

    /** A clone in a directory of its own. */
    Git clone(int protocol, Caller caller, String name, String... options) {
        return clone(protocol, url(caller, name), options);
    }

    Git clone(int protocol, String url, String... options) {
        Path directory = directory();
        List<String> arguments = new ArrayList<>(List.of("-c", "protocol.version=" + protocol, "clone", "-q"));
        arguments.addAll(List.of("-c", "protocol.version=" + protocol));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(url, "."));
        Git git = new Git(directory);
        git.run(arguments.toArray(String[]::new));
        return git;
    }

    /** An empty repository whose {@code origin} is the prompt. */
    Git empty(int protocol, Caller caller, String name) {
        Git git = new Git(directory());
        git.run("init", "-q");
        git.run("config", "protocol.version", Integer.toString(protocol));
        git.run("remote", "add", "origin", url(caller, name));
        return git;
    }

    private Path directory() {
        try {
            return Files.createTempDirectory(clones, "clone");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
