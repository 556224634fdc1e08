package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.Git;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much a client is told that asks for all refs does not grow with a prompt. With 100,000 versions and as many
 * display versions in their place it is as much.
 */
class ManyTagsTest {
    private static final int VERSIONS = 1_500;
    private static final int TAGS_MAX = 1_000;
    private static final int BYTES_MAX = 150_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void aClientIsToldOfTheNewestDisplayVersionsAndGetsEveryOther() throws Exception {
        try (Remote remote = Remote.start(directory, Map.of())) {
            PromptId id = remote.create("grown", Visibility.PRIVATE);
            Git bare = remote.bare(id);
            grow(bare, remote.server.repository(id.hex()));
            PromptIndex index = remote.server.part(PromptIndex.class);
            index.record(
                    id,
                    new PromptIndex.Change(
                            remote.prompts().settings(Remote.OWNER, id),
                            new PromptIndex.Tips(
                                    bare.run("rev-parse", "main"), "", bare.run("rev-parse", "refs/meta/prompt"), ""),
                            START,
                            entries(bare)));

            String first = refs(remote, "GET", ".git/info/refs?service=git-upload-pack", "");
            String second = refs(remote, "POST", ".git/git-upload-pack", "0014command=ls-refs\n00010009peel\n0000");

            for (String told : List.of(first, second)) {
                assertTrue(told.length() < BYTES_MAX, () -> told.length() + " bytes");
                assertEquals(
                        TAGS_MAX,
                        told.lines()
                                .filter(line -> line.contains(" refs/tags/"))
                                .count());
                assertTrue(told.contains("refs/tags/v" + VERSIONS + "\n"));
                assertTrue(!told.contains("refs/tags/v1\n"));
            }
            Git git = remote.empty(2, Remote.READER, "grown");
            git.run("fetch", "-q", "--depth=1", "origin", "tag", "v1");
            assertEquals("text 1", git.run("show", "v1:prompt.md"));
        }
    }

    private static String refs(Remote remote, String method, String rest, String body)
            throws IOException, InterruptedException {
        URI uri = remote.server.uri("/git/default/grown" + rest);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .method(method, BodyPublishers.ofString(body))
                    .setHeader("Authorization", "Bearer " + remote.server.token(Remote.READER))
                    .setHeader("Content-Type", "application/x-git-upload-pack-request")
                    .setHeader("Git-Protocol", body.isEmpty() ? "version=0" : "version=2")
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** Versions, each with the tag of its display version. */
    private void grow(Git bare, Path repository) throws IOException, InterruptedException {
        StringBuilder commits = new StringBuilder();
        for (int number = 1; number <= VERSIONS; number++) {
            String text = "text " + number + "\n";
            String message = "Version " + number + "\n";
            commits.append("commit refs/heads/main\ncommitter owner <owner> ")
                    .append(START.plusSeconds(number).getEpochSecond())
                    .append(" +0000\n")
                    .append(data(message))
                    .append("M 100644 inline prompt.md\n")
                    .append(data(text));
        }
        feed(repository, commits.toString(), "fast-import", "--quiet");
        List<String> ids = ids(bare);
        // As git packs them, for it would first make a file for each.
        String tags = IntStream.range(0, ids.size())
                .mapToObj(at -> ids.get(at) + " refs/tags/v" + (at + 1) + "\n")
                .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
                .collect(Collectors.joining("", "# pack-refs with: peeled fully-peeled sorted \n", ""));
        Files.writeString(repository.resolve("packed-refs"), tags);
    }

    private static String data(String text) {
        return "data " + text.length() + "\n" + text;
    }

    private static List<String> ids(Git bare) {
        return bare.lines("rev-list", "--reverse", "main");
    }

    /** What the index would have read from them, had they said which versions they are. */
    private static List<VersionEntry> entries(Git bare) {
        List<String> ids = ids(bare);
        return IntStream.rangeClosed(1, ids.size())
                .mapToObj(number -> new VersionEntry(
                        number,
                        new CommitId(ids.get(number - 1)),
                        START,
                        new PromptIndex.Standing(true, true, false),
                        Optional.of(new PromptIndex.Displayed(
                                new DisplayVersion("v" + number), START.plusSeconds(number)))))
                .toList();
    }

    private void feed(Path repository, String input, String... command) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("input"), input, StandardCharsets.UTF_8);
        List<String> git = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", repository.toString()));
        git.addAll(List.of(command));
        Process process = new ProcessBuilder(git)
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
