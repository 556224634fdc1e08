package dev.versicle.clients;

import dev.versicle.Git;
import dev.versicle.RealPrompts;
import dev.versicle.TestServer;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.NewPrompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server of all clients, and the prompts in it. */
final class Host implements AutoCloseable {
    private static final Caller CALLER = TestServer.caller("admin", Role.ADMIN);
    private static final int VERSIONS = 13;
    private static final List<String> TEXTS = RealPrompts.all().stream()
            .flatMap(history -> history.steps().stream())
            .map(RealPrompts.Step::text)
            .toList();

    private final TestServer server;
    private final AtomicInteger number = new AtomicInteger();

    /** Thirteen versions with display versions, a release and edited metadata, for those who only read. */
    final Shared shared;

    /** Ten thousand versions, each with a tag. */
    final Shared many;

    /** A prompt in the server: how a client finds it, and the repository that it must agree with. */
    record Shared(PromptId id, Remote remote, Git repository) {}

    Host(Path directory) {
        server = TestServer.start(directory.resolve("data"));
        shared = history();
        many = prompt(ManyVersions.into(server, CALLER, directory), ManyVersions.NAME);
    }

    private Shared history() {
        Shared made = prompt(1);
        for (int i = 1; i < VERSIONS; i++) {
            Metadata metadata = new Metadata(
                    Optional.empty(), Optional.of(new DisplayVersion("v0." + i)), Optional.empty(), Optional.empty());
            Optional<SemVer> release = Optional.of(new SemVer(1, i, 0)).filter(version -> version.minor() == 7);
            save(made, new Draft(body(), new Draft.Slot.Next(), release, metadata, Source.CHECKPOINT));
        }
        MetadataEdit edit = new MetadataEdit(new Field.Keep<>(), new Field.Set<>("Edited"), new Field.Keep<>());
        prompts().edit(CALLER, made.id(), new VersionRef.Numbered(3), edit, Expected.NOTHING);
        return made;
    }

    /** A new prompt with so many versions. */
    Shared prompt(int versions) {
        String name = "prompt-" + number.incrementAndGet();
        Optional<PromptText> first = versions == 0 ? Optional.empty() : Optional.of(new PromptText(text()));
        PromptId id = prompts()
                .create(CALLER, new NewPrompt(new PromptName(name), Optional.empty(), first))
                .id();
        Shared made = prompt(id, name);
        save(made, versions - 1);
        return made;
    }

    private Shared prompt(PromptId id, String name) {
        Remote remote = new Remote(server.uri("/git/default/" + name + ".git").toString(), server.adminKey());
        return new Shared(id, remote, new Git(server.repository(id.hex()).toAbsolutePath()));
    }

    /** Saves so many versions more, as somebody does over REST. */
    void save(Shared prompt, int versions) {
        for (int i = 0; i < versions; i++) {
            save(prompt, Draft.checkpoint(body()));
        }
    }

    private void save(Shared prompt, Draft draft) {
        prompts().checkpoint(CALLER, prompt.id(), draft, Expected.NOTHING);
    }

    /** The latest version's number and commit. */
    String latest(Shared prompt) {
        Version version = prompts().version(CALLER, prompt.id(), new VersionRef.Latest());
        return version.number() + " " + version.commit().hex();
    }

    private Draft.Content body() {
        return new Draft.Content.Body(new PromptText(text()));
    }

    /** A text unlike all before it. */
    String text() {
        int n = number.incrementAndGet();
        return TEXTS.get(n % TEXTS.size()) + "\n" + n + "\n";
    }

    /** The refs under {@code patterns} in the server's own repository, as lines of an id, a tab and a name. */
    static String refs(Git repository, String... patterns) {
        List<String> command = Stream.concat(
                        Stream.of("for-each-ref", "--format=%(objectname)%09%(refname)"), Stream.of(patterns))
                .toList();
        return repository.lines(command.toArray(String[]::new)).stream()
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private Prompts prompts() {
        return server.part(Prompts.class);
    }

    @Override
    public void close() {
        server.close();
    }
}
