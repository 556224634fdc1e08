package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.archive.Tarball;
import dev.versicle.egress.Destination;
import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.Blame;
import dev.versicle.prompt.Branch;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Integration;
import dev.versicle.prompt.IntegrationEdit;
import dev.versicle.prompt.KeyDesk;
import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.ModelDesk;
import dev.versicle.prompt.NewWebhook;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Placeholders;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.PushedCommits;
import dev.versicle.prompt.RemoteImports;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Trial;
import dev.versicle.prompt.WebhookDesk;
import dev.versicle.provider.ChatCompletions;
import io.micronaut.http.server.HttpServerConfiguration;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is true. */
class ReadmeTest {
    private static final String ADDRESS = "127.0.0.1:2212";
    private static final String DIVIDER = "--- next ---";

    /** A command of the session, and what the README says that it prints. */
    private record Step(String command, String printed) {}

    @TempDir
    private Path directory;

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void theSessionPrintsWhatItSays() throws IOException, InterruptedException {
        List<Step> session = session();
        Map<String, Object> settings =
                Map.of("versicle.data", directory.resolve("data").toString(), "versicle.port", 0);

        List<String> printed;
        try (Server server = Server.start(settings)) {
            printed = run(session, server.address().getAuthority());
        }

        assertEquals(session.size(), printed.size());
        for (int i = 0; i < session.size(); i++) {
            assertEquals(
                    sameForAll(session.get(i).printed()),
                    sameForAll(printed.get(i)),
                    session.get(i).command());
        }
    }

    private static List<Step> session() throws IOException {
        String block = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        List<Step> steps = new ArrayList<>();
        for (String step : ("\n" + block).split("\n\\$ ", -1)) {
            int end = step.indexOf('\n');
            steps.add(new Step(end < 0 ? step : step.substring(0, end), end < 0 ? "" : step.substring(end + 1)));
        }
        return steps.subList(1, steps.size());
    }

    private List<String> run(List<Step> session, String address) throws IOException, InterruptedException {
        String script = session.stream()
                .map(step -> step.command().replace(ADDRESS, address))
                .collect(Collectors.joining("\necho '" + DIVIDER + "'\n"));
        Files.writeString(directory.resolve("session.sh"), script + "\n");
        Process bash = new ProcessBuilder("bash", "session.sh")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), output);
        return List.of(output.replace(address, ADDRESS).split(DIVIDER + "\n", -1));
    }

    /** Ids and moments differ from run to run; nothing else does. */
    private static String sameForAll(String text) {
        return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>")
                .replaceAll("[0-9a-f]{24,40}", "<id>")
                .replaceAll("its tip [0-9a-f]{8} ", "its tip <id> ")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "<moment>")
                .replaceAll("Date: .*", "Date: <moment>")
                .strip();
    }

    @Test
    void everySettingIsListedWithItsDefault() throws IOException {
        List<String> listed = Pattern.compile("^\\| `(VERSICLE_[A-Z_]+)` \\|", Pattern.MULTILINE)
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertEquals(
                Arrays.stream(Settings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(Settings::variable)
                        .toList(),
                listed);
        String defaults = Files.readString(Path.of("src/main/resources/application.yml"));
        List<MatchResult> rows = Pattern.compile("^\\| `VERSICLE_([A-Z_]+)` \\| `([^`]+)` \\|", Pattern.MULTILINE)
                .matcher(readme())
                .results()
                .toList();
        for (MatchResult row : rows) {
            String key = row.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
            assertTrue(defaults.contains("\n  " + key + ": " + row.group(2) + "\n"), key);
        }
    }

    @Test
    void theLimitsAreThoseOfTheCode() throws IOException {
        String readme = readme();
        List<String> rows = List.of(
                "| prompt text | " + PromptText.BYTES_MAX + " bytes of UTF-8 |",
                "| name, label, title | " + PromptName.CHARACTERS_MAX + " characters, one line |",
                "| display version | " + DisplayVersion.CHARACTERS_MAX + " characters, one line |",
                "| description | " + Metadata.DESCRIPTION_CHARACTERS_MAX + " characters |",
                "| page size | " + Page.Window.LIMIT_MAX + " |",
                "| prompt with its variables filled in | " + Placeholders.RENDERED_BYTES_MAX + " bytes of UTF-8, of "
                        + Trial.VARIABLES_MAX + " variables |",
                "| answer of a model | " + ChatCompletions.ANSWER_BYTES_MAX + " bytes in 50 s, "
                        + ChatCompletions.QUESTIONS_MAX + " questions at a time |",
                "| integrations of a namespace, models of one, grants of one | " + ModelDesk.INTEGRATIONS_MAX
                        + " each |",
                "| API key of an integration | " + Secret.CHARACTERS_MAX + " visible ASCII characters |",
                "| version number | " + Draft.NUMBER_MAX + " |",
                "| files of a package | " + PromptFiles.FILES_MAX + ", paths of " + PromptFiles.PATH_BYTES_MAX
                        + " bytes and " + PromptFiles.LEVELS_MAX + " levels,",
                "| tarball | " + Tarball.TARBALL_BYTES_MAX + " bytes, ",
                "| search | " + Search.CHARACTERS_MAX + " characters, " + Search.WORDS_MAX + " words |",
                "| offset of a list | " + Page.Part.OFFSET_MAX + " |",
                "| grants of a prompt | " + PromptSettings.Access.GRANTS_MAX + " |",
                "| environments of a prompt | " + Environment.PER_PROMPT_MAX + ", a message of "
                        + Environment.MESSAGE_CHARACTERS_MAX + " characters |",
                "| API keys | " + KeyDesk.KEYS_MAX + " in all, a name of " + ApiKey.Issue.NAME_CHARACTERS_MAX
                        + " characters |",
                "| webhooks | " + WebhookDesk.PER_SCOPE_MAX + " of a prompt, " + WebhookDesk.PER_SCOPE_MAX
                        + " of a namespace as a whole, " + WebhookDesk.WEBHOOKS_MAX + " in all; a secret of "
                        + NewWebhook.SECRET_CHARACTERS_MIN + " to " + NewWebhook.SECRET_CHARACTERS_MAX
                        + " visible ASCII characters |",
                "| told of a push | " + PushedCommits.COMMITS_MAX + " commits, " + PushedCommits.MESSAGE_CHARACTERS_MAX
                        + " characters of a message, " + PushedCommits.PATHS_BYTES_MAX
                        + " bytes of paths in all; " + Branch.COMMITS_MAX + " commits are looked at |",
                "| compared in a diff | " + Diff.BYTES_MAX + " bytes of files that differ, " + Diff.LINES_MAX
                        + " lines of hunks |",
                "| blame | " + Blame.VERSIONS_MAX + " versions, ",
                "| name of a branch | " + BranchName.BYTES_MAX + " bytes, ",
                "| commits counted between a branch and main | " + Branch.COMMITS_MAX + " of both sides |",
                "| conflicts told in detail | " + MergeConflict.REGIONS_MAX + " regions, "
                        + MergeConflict.CHARACTERS_MAX + " characters |",
                "| import from another server | one at a time for each caller, " + RemoteImports.IMPORTS_MAX
                        + " in all;",
                "| URL that is called | " + Destination.CHARACTERS_MAX + " characters, ",
                "| prompts of an export or import | " + Transfers.PROMPTS_MAX + " |");
        for (String row : rows) {
            assertTrue(readme.contains(row), row);
        }
        assertEquals(ModelDesk.INTEGRATIONS_MAX, Integration.MODELS_MAX);
        assertEquals(ModelDesk.INTEGRATIONS_MAX, IntegrationEdit.GRANTS_MAX);
        assertEquals(PromptName.CHARACTERS_MAX, Metadata.LABEL_CHARACTERS_MAX);
        assertEquals(PromptName.CHARACTERS_MAX, Metadata.TITLE_CHARACTERS_MAX);
        try (Server server = Server.start(Map.of(
                "versicle.data",
                directory.resolve("data").toString(),
                "versicle.port",
                0,
                "versicle.samples",
                false))) {
            long body = server.part(HttpServerConfiguration.class).getMaxRequestBufferSize();
            assertTrue(readme.contains("| request body | " + body + " bytes |"), "request body " + body);
        }
    }
}
