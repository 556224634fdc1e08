package dev.versicle;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptStore;
import dev.versicle.storage.local.DataDirectory;
import dev.versicle.storage.local.LocalRepositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prompts that a first start brings along, so that there is something to look at. */
final class Samples {
    private static final Logger LOG = LoggerFactory.getLogger(Samples.class);
    private static final String SUFFIX = ".git";
    private static final int ID_DIGITS = 24;

    private Samples() {}

    /**
     * Copies the bare repositories of the samples directory in, unless this start is a later one. A first start that
     * was killed is repeated by the next: what it had copied already is left as it is.
     */
    static void bring(Settings settings, DataDirectory data, LocalRepositories repositories, PromptStore store) {
        if (!settings.samples() || !ServerKeys.isFirstStart(data) || !Files.isDirectory(settings.samplesDirectory())) {
            return;
        }
        try (Stream<Path> found = Files.list(settings.samplesDirectory())) {
            List<Path> samples = found.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            for (Path sample : samples) {
                bring(sample, repositories, store);
            }
            LOG.info("{} sample prompts from {}", samples.size(), settings.samplesDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bring(Path sample, LocalRepositories repositories, PromptStore store) throws IOException {
        PromptId id = id(sample);
        if (!repositories.has(id.hex())) {
            repositories.adopt(id.hex(), sample);
        }
        store.open(id).close();
    }

    /** The same on every server, so that a text can speak of a sample by its id. */
    static PromptId id(Path sample) {
        try {
            byte[] name = sample.getFileName().toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return new PromptId(HexFormat.of().formatHex(digest).substring(0, ID_DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
