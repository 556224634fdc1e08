package dev.versicle.archive;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Listed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes prompts as one tar: {@code manifest.json}, then {@code prompts/<id>.bundle} for each. */
public final class ExportWriter {
    /** What fits into a tar's field for the size of an entry, in its plain form. */
    private static final long BUNDLE_BYTES_MAX = 0_77777777777L;

    private static final int BUFFER_BYTES = 64 << 10;

    private final Transfers transfers;
    private final Spool spool;
    private final InstantSource clock;

    public ExportWriter(Transfers transfers, Spool spool, InstantSource clock) {
        this.transfers = transfers;
        this.spool = spool;
        this.clock = clock;
    }

    /** Writes prompts that {@link Transfers#select} chose; one that was deleted meanwhile is in the manifest only. */
    public void write(Caller caller, List<Listed> prompts, OutputStream out) throws IOException {
        // Flushed by hand: the tar's own flush does not reach it.
        OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, StandardCharsets.UTF_8.name());
        byte[] manifest = ExportManifest.write(prompts);
        tar.putArchiveEntry(header(ExportManifest.FILE, manifest.length));
        tar.write(manifest);
        tar.closeArchiveEntry();
        for (Listed prompt : prompts) {
            write(caller, prompt.id(), tar);
        }
        tar.finish();
        buffered.flush();
    }

    private void write(Caller caller, PromptId id, TarArchiveOutputStream tar) throws IOException {
        try {
            ExportBundle.through(
                    spool,
                    BUNDLE_BYTES_MAX,
                    file -> transfers.write(caller, id, file),
                    bundle -> copied(id, bundle, tar));
        } catch (PromptException e) {
            if (!(e.problem() instanceof Problem.PromptNotFound)) {
                throw e;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private PromptId copied(PromptId id, PromptFile.Content bundle, TarArchiveOutputStream tar) {
        try (InputStream in = bundle.open()) {
            tar.putArchiveEntry(header(ExportManifest.file(id), bundle.size()));
            in.transferTo(tar);
            tar.closeArchiveEntry();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TarArchiveEntry header(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(FileTime.fromMillis(clock.instant().getEpochSecond() * 1_000));
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }
}
