package dev.versicle.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** Where and when figures were found; a figure without it says nothing. */
record Machine(
        String date,
        String commit,
        String processor,
        int cores,
        double memoryGib,
        String kernel,
        String fileSystem,
        String java) {
    private static final double BYTES_A_GIB = 1 << 30;

    /** Describes this machine and the file system of {@code directory}. */
    static Machine of(Path directory) throws IOException, InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                head(),
                model(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / BYTES_A_GIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Files.getFileStore(directory).type(),
                Runtime.version().toString());
    }

    private static String model() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        if (!Files.exists(processors)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(processors)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElseGet(() -> System.getProperty("os.arch"));
        }
    }

    /** The commit that was measured; what was not committed is said. */
    private static String head() throws IOException, InterruptedException {
        Path here = Path.of("");
        // A checkout may belong to somebody else, as in a container.
        String commit = Command.output(here, "", "git", "-c", "safe.directory=*", "rev-parse", "--short=12", "HEAD");
        return Command.output(here, "", "git", "-c", "safe.directory=*", "status", "--porcelain")
                        .isEmpty()
                ? commit
                : commit + " with changes";
    }
}
