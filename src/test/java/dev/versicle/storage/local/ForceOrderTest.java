package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.versicle.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel is asked for, and in which order, between a request and its answer. */
class ForceOrderTest {
    private static final Pattern FORCED = Pattern.compile("(?:fsync|fdatasync)\\(\\d+<([^>]+)>");
    private static final Pattern RENAMED = Pattern.compile("rename(?:at2?)?\\(.*?\"([^\"]+)\".*?\"([^\"]+)\"");
    private static final Pattern OPENED = Pattern.compile("openat\\([^\"]*\"([^\"]+)\"");

    @TempDir
    private Path root;

    private List<String> traced() throws IOException, InterruptedException {
        Path trace = root.resolve("trace");
        List<String> command = List.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "4096",
                "-o",
                trace.toString(),
                "-e",
                "trace=fsync,fdatasync,rename,renameat,renameat2,openat",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Checkpoints.class.getName(),
                root.toString());
        Path said = root.resolve("said");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertEquals(0, process.waitFor(), () -> "the traced process failed, see " + said);
        } catch (IOException e) {
            fail("strace must be installed for this test: " + e.getMessage());
        }
        return Files.readAllLines(trace, StandardCharsets.UTF_8);
    }

    /** {@code forced <path>} and {@code renamed <from> <to>}, between the marks. */
    private static List<String> events(List<String> trace) {
        List<String> events = new ArrayList<>();
        for (String line : trace) {
            Matcher forced = FORCED.matcher(line);
            Matcher renamed = RENAMED.matcher(line);
            Matcher opened = OPENED.matcher(line);
            if (forced.find()) {
                events.add("forced " + forced.group(1));
            } else if (renamed.find()) {
                events.add("renamed to " + renamed.group(2));
            } else if (opened.find() && opened.group(1).contains("/mark-")) {
                events.add("opened " + Path.of(opened.group(1)).getFileName());
            }
        }
        return events.subList(
                events.indexOf("opened " + Checkpoints.BEGIN), events.indexOf("opened " + Checkpoints.END) + 1);
    }

    @Test
    void objectsThenTheirDirectoriesThenTheRefThenItsDirectoryThenTheAnswer() throws Exception {
        List<String> events = events(traced());
        String id = Files.readString(root.resolve("id"));
        Path repository = root.toRealPath()
                .resolve("data/prompts")
                .resolve(id.substring(22))
                .resolve(id + ".git");
        List<Path> objects = new Git(repository)
                .lines("rev-list", "--objects", "--no-object-names", "main", "^main~1").stream()
                        .map(hex -> repository
                                .resolve("objects")
                                .resolve(hex.substring(0, 2))
                                .resolve(hex.substring(2)))
                        .toList();

        assertEquals(3, objects.size());
        int refMoved = events.indexOf("renamed to " + repository.resolve("refs/heads/main"));
        assertTrue(refMoved > 0, () -> String.join("\n", events));
        List<String> before = events.subList(0, refMoved);
        for (Path object : objects) {
            int named = before.indexOf("renamed to " + object);
            assertTrue(named >= 0, () -> object + " in\n" + String.join("\n", events));
            List<String> since = before.subList(named, before.size());
            assertTrue(since.contains("forced " + object), () -> object + " in\n" + String.join("\n", events));
            assertTrue(since.contains("forced " + object.getParent()), () -> String.join("\n", events));
        }
        assertTrue(before.contains("forced " + repository.resolve("objects")), () -> String.join("\n", events));
        assertTrue(before.contains("forced " + repository.resolve("refs/heads/main.lock")));
        assertTrue(events.subList(refMoved, events.size()).contains("forced " + repository.resolve("refs/heads")));
        new Git(repository).requireSound();
    }
}
