package dev.versicle;

import dev.versicle.archive.ExportBundle;
import dev.versicle.archive.ExportReader;
import dev.versicle.archive.Spool;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Outcome;
import dev.versicle.storage.local.LocalRepositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repositories that an operator lays beside a server for it to take in when it starts. */
final class Imports {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final String SUFFIX = ".git";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}\\.git");

    private final LocalRepositories repositories;
    private final PromptIndex index;
    private final Transfers transfers;
    private final Spool spool;

    Imports(LocalRepositories repositories, PromptIndex index, Transfers transfers, Spool spool) {
        this.repositories = repositories;
        this.index = index;
        this.transfers = transfers;
        this.spool = spool;
    }

    /**
     * Takes in every bare repository of a directory that is not here yet, each wholly or not at all. A prompt keeps its
     * id where its directory is named by it; any other id follows from the directory's name, so that nothing comes in
     * twice.
     */
    void bring(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new StartRefused("VERSICLE_IMPORT_DIRECTORY names no directory: " + directory + ".");
        }
        try (Stream<Path> found = Files.list(directory)) {
            List<Path> all = found.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            long imported = all.stream().filter(this::brought).count();
            LOG.info("{} of {} repositories in {} were imported", imported, all.size(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean brought(Path bare) {
        PromptId id = id(bare);
        if (repositories.has(id.hex())) {
            LOG.info("{} is here already, as prompt {}", bare, id);
            return false;
        }
        if (index.trashed(id).isPresent()) {
            LOG.info("{} was deleted here, as prompt {}, and stays in the trash", bare, id);
            return false;
        }
        String name = name(bare);
        try {
            return switch (adopted(bare, id, name.substring(0, name.length() - SUFFIX.length()))) {
                case Outcome.Imported done -> {
                    LOG.info(
                            "{} imported as prompt {} '{}'",
                            bare,
                            id,
                            done.listed().name());
                    yield true;
                }
                case Outcome.Exists ignored -> false;
                case Outcome.Refused why -> {
                    LOG.warn("{} not imported: {}", bare, why.problem());
                    yield false;
                }
            };
        } catch (PromptException | UncheckedIOException e) {
            LOG.warn("{} not imported: {}", bare, e.getMessage());
            return false;
        }
    }

    private Outcome adopted(Path bare, PromptId id, String name) {
        return ExportBundle.through(
                spool,
                ExportReader.BUNDLE_BYTES_MAX,
                out -> transfers.write(bare, out),
                bundle -> transfers.adopt(ServerKeys.ADMINISTRATOR, id, name, bundle));
    }

    private static String name(Path bare) {
        return bare.getFileName().toString();
    }

    private static PromptId id(Path bare) {
        String name = name(bare);
        return ID.matcher(name).matches()
                ? new PromptId(name.substring(0, name.length() - SUFFIX.length()))
                : Samples.id(bare);
    }
}
