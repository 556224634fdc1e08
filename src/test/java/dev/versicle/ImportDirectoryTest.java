package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.TrashDesk;
import dev.versicle.prompt.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that lie beside a server come in when it starts. */
class ImportDirectoryTest {
    private static final String ID = "65f1b2c3" + "0123456789abcdef";

    @TempDir
    private Path directory;

    private Path laid;

    @BeforeEach
    void lay() throws IOException {
        laid = Files.createDirectory(directory.resolve("laid"));
    }

    private Server start() {
        return Server.start(Map.of(
                "versicle.data",
                directory.resolve("data").toString(),
                "versicle.port",
                0,
                "versicle.samples",
                false,
                "versicle.import-directory",
                laid.toString()));
    }

    private static List<Prompt> prompts(Server server) {
        return server.part(Prompts.class)
                .list(ServerKeys.ADMINISTRATOR, new Page.Window(1, 100))
                .items();
    }

    private void copySample(String name, String as) {
        Path sample = Path.of("repos-sample", name + ".git").toAbsolutePath();
        new Git(directory)
                .run(
                        "clone",
                        "-q",
                        "--mirror",
                        sample.toString(),
                        laid.resolve(as).toString());
    }

    /** A repository of somebody's, on the branch {@code master}, with a release. */
    private void makePlain(String name, String file) throws IOException {
        Path work = Files.createDirectory(directory.resolve("work-" + name));
        Git git = new Git(work);
        git.run("init", "-q", "-b", "master");
        git.run("config", "user.name", "Pat");
        git.run("config", "user.email", "pat@example.org");
        for (String text : List.of("one", "two")) {
            Files.writeString(work.resolve(file), text);
            git.run("add", ".");
            git.run("commit", "-q", "-m", "Text " + text);
        }
        git.run("tag", "1.0.0");
        git.run(
                "clone",
                "-q",
                "--bare",
                work.toString(),
                laid.resolve(name + ".git").toString());
    }

    @Test
    void aPromptKeepsTheIdThatItsDirectoryIsNamedBy() {
        copySample("code-review", ID + ".git");

        try (Server server = start()) {
            Prompt prompt = prompts(server).getFirst();
            assertEquals(ID, prompt.id().hex());
            assertEquals(42, prompt.counts().live());
        }
    }

    @Test
    void aPromptOfAnotherNameGetsTheIdOfASampleOfThatName() {
        copySample("barista", "barista.git");

        try (Server server = start()) {
            assertEquals(
                    Samples.id(Path.of("barista.git")),
                    prompts(server).getFirst().id());
        }
    }

    @Test
    void anyRepositoryBecomesAPromptOfTheAdministrators() throws IOException {
        makePlain("my prompt", "prompt.md");

        try (Server server = start()) {
            Prompt prompt = prompts(server).getFirst();
            assertEquals("my prompt", prompt.settings().name().text());
            assertEquals(Namespace.DEFAULT, prompt.settings().namespace());
            assertEquals("admin", prompt.settings().access().owner());
            assertEquals("two", prompt.text());
            List<Version> versions = server.part(Prompts.class)
                    .versions(ServerKeys.ADMINISTRATOR, prompt.id(), new Page.Window(1, 100))
                    .items();
            assertEquals(List.of(2, 1), versions.stream().map(Version::number).toList());
        }
    }

    @Test
    void whatIsHereAlreadyIsLeftAndWhatIsBadIsLeftOut() throws IOException {
        copySample("barista", "barista.git");
        makePlain("bad", ".gitmodules");
        Files.createDirectory(laid.resolve("empty.git"));
        PromptId barista = Samples.id(Path.of("barista.git"));
        try (Server server = start()) {
            assertEquals(
                    List.of(barista), prompts(server).stream().map(Prompt::id).toList());
        }
        makePlain("later", "prompt.md");

        List<PromptId> second;
        try (Server server = start()) {
            second = prompts(server).stream().map(Prompt::id).sorted().toList();
        }

        assertEquals(2, second.size());
        assertTrue(second.contains(barista));
        try (Server server = start()) {
            assertEquals(
                    second, prompts(server).stream().map(Prompt::id).sorted().toList());
        }
    }

    @Test
    void whatWasDeletedHereStaysInTheTrash() {
        copySample("code-review", ID + ".git");
        try (Server server = start()) {
            server.part(Prompts.class).delete(ServerKeys.ADMINISTRATOR, new PromptId(ID));
        }

        try (Server server = start()) {
            assertEquals(List.of(), prompts(server));
            Prompt back = server.part(TrashDesk.class).restore(ServerKeys.ADMINISTRATOR, new PromptId(ID));
            assertEquals(42, back.counts().live());
        }
    }

    @Test
    void aDirectoryThatIsNotThereEndsTheStartInWords() throws IOException {
        Files.delete(laid);

        StartRefused refused = assertThrows(StartRefused.class, this::start);

        assertTrue(refused.toString().contains("VERSICLE_IMPORT_DIRECTORY"), refused::toString);
    }
}
