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

    /** {@code forced <path>} and {@code renamed <from> to <to>}, between the marks. */
    private static List<String> events(List<String> trace) {
        List<String> events = new ArrayList<>();
        for (String line : trace) {
            Matcher forced = FORCED.matcher(line);
            Matcher renamed = RENAMED.matcher(line);
            Matcher opened = OPENED.matcher(line);
            if (forced.find()) {
                events.add("forced " + forced.group(1));
            } else if (renamed.find()) {
                events.add("renamed " + renamed.group(1) + " to " + renamed.group(2));
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
        List<String> objects =
                new Git(repository).lines("rev-list", "--objects", "--no-object-names", "main", "^main~1");
        Path main = repository.resolve("refs/heads/main");

        int refMoved = indexOf(events, "renamed " + main + ".lock to " + main);
        List<String> before = events.subList(0, refMoved);
        assertEquals(4, objects.size());
        for (String object : objects) {
            Path file = repository
                    .resolve("objects")
                    .resolve(object.substring(0, 2))
                    .resolve(object.substring(2));
            int lasting = object.equals(Files.readString(root.resolve(Checkpoints.BLOB)))
                    ? indexOf(before, "forced " + file)
                    : renamedAfterItWasForced(before, file);
            indexOf(before.subList(lasting, before.size()), "forced " + file.getParent());
        }
        indexOf(before, "forced " + repository.resolve("objects"));
        indexOf(before, "forced " + main + ".lock");
        indexOf(events.subList(refMoved, events.size()), "forced " + main.getParent());
        new Git(repository).requireSound();
    }

    /** Where a file got its name, under which it need not be forced again: it was, under its temporary one. */
    private static int renamedAfterItWasForced(List<String> events, Path file) {
        String renamed = events.stream()
                .filter(event -> event.endsWith(" to " + file))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " in\n" + String.join("\n", events)));
        String temporary = renamed.substring("renamed ".length(), renamed.indexOf(" to "));
        int named = events.lastIndexOf(renamed);
        assertTrue(indexOf(events, "forced " + temporary) < named, renamed);
        return named;
    }

    private static int indexOf(List<String> events, String event) {
        int index = events.indexOf(event);
        assertTrue(index >= 0, () -> event + " in\n" + String.join("\n", events));
        return index;
    }
}
