package dev.versicle.remote;

import dev.versicle.archive.ExportBundle;
import dev.versicle.archive.ExportReader;
import dev.versicle.archive.Spool;
import dev.versicle.egress.Destination;
import dev.versicle.egress.Egress;
import dev.versicle.egress.Unreachable;
import dev.versicle.prompt.ImportStep;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.Remote;
import dev.versicle.prompt.RemoteRepositories;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** Repositories on servers that speak Git's smart HTTP over TLS. */
public final class RemoteServers implements RemoteRepositories {
    private final Egress egress;
    private final Spool spool;
    private final InstantSource clock;
    private final Duration timeMax;

    /** Spends at most {@code timeMax} on a fetch. */
    public RemoteServers(Egress egress, Spool spool, InstantSource clock, Duration timeMax) {
        this.egress = egress;
        this.spool = spool;
        this.clock = clock;
        this.timeMax = timeMax;
    }

    @Override
    public void require(Remote remote) {
        egress.require(destination(remote));
    }

    private static Destination destination(Remote remote) {
        Destination to = Destination.parse("url", remote.url());
        if (to.query().isPresent()) {
            throw to.refused("must have no query");
        }
        if (!to.secure() && remote.login().isPresent()) {
            throw new PromptException(new Problem.Invalid("token", "must not be there where the URL is not https"));
        }
        return to;
    }

    @Override
    public <R> R fetch(Remote remote, Consumer<ImportStep> told, Function<PromptFile.Content, R> use) {
        Session session = new Session(egress, destination(remote), remote.login(), clock, timeMax);
        Fetch fetch = new Fetch(session, ExportReader.BUNDLE_BYTES_MAX, told);
        return ExportBundle.through(spool, ExportReader.BUNDLE_BYTES_MAX, out -> write(fetch, remote, out), use);
    }

    private static void write(Fetch fetch, Remote remote, OutputStream out) {
        try {
            fetch.bundle(remote.branch(), out);
        } catch (Unreachable e) {
            throw Packets.failed(e.what());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
