package dev.versicle.git;

import dev.versicle.prompt.WireCut;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreUploadHook;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.SideBandOutputStream;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a client in a sentence why its fetch goes no further: in an {@code ERR} packet or, once a pack is under way, on
 * the side band for errors. JGit would keep most sentences to itself, as it wraps what its own reader throws.
 */
final class LastWord implements PreUploadHook {
    private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);
    private static final int CAUSES_MAX = 8;

    private final String what;
    private final OutputStream out;
    private boolean sending;

    LastWord(String what, OutputStream out) {
        this.what = what;
        this.out = out;
    }

    /** Notes that a pack is under way. */
    @Override
    public void onSendPack(
            UploadPack pack, Collection<? extends ObjectId> wants, Collection<? extends ObjectId> haves) {
        sending = true;
    }

    @Override
    public void onBeginNegotiateRound(UploadPack pack, Collection<? extends ObjectId> wants, int offered) {
        // nothing to note
    }

    @Override
    public void onEndNegotiateRound(
            UploadPack pack, Collection<? extends ObjectId> wants, int common, int notFound, boolean ready) {
        // nothing to note
    }

    /** Says why; throws where nobody can be told any more. What the client did wrong is no error here. */
    void say(Exception why, FetchLines lines, UploadPack pack) throws IOException {
        Optional<String> sentence = causes(why)
                .filter(cause -> cause instanceof PackProtocolException
                        || cause instanceof ServiceMayNotContinueException
                        || cause instanceof WireCut)
                .map(Throwable::getMessage)
                .findFirst();
        boolean early = causes(why).anyMatch(EOFException.class::isInstance);
        if (sentence.isPresent() || early || lines.isBroken()) {
            LOG.debug("{}: a fetch was refused", what, why);
        } else {
            LOG.error("{}: a fetch failed", what, why);
        }
        say(sentence.orElse(early ? "The request ended too early." : "The server failed at this fetch."), pack);
        try {
            out.flush();
        } catch (WireCut e) {
            // It says once that the time is over, and waits for a moment then for what is still to be said.
            out.flush();
        }
    }

    private void say(String sentence, UploadPack pack) throws IOException {
        if (!sending) {
            new PacketLineOut(out).writeString("ERR " + sentence + "\n");
        } else if (pack.isSideBand()) {
            OutputStream errors =
                    new SideBandOutputStream(SideBandOutputStream.CH_ERROR, SideBandOutputStream.SMALL_BUF, out);
            errors.write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
            errors.flush();
        } else {
            throw new IOException("nothing can be said in the midst of a pack");
        }
    }

    private static Stream<Throwable> causes(Throwable why) {
        return Stream.iterate(why, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }
}
