package dev.versicle.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.SideBandOutputStream;

/** Tells a client what became of its push, in the way that it asked for: a report, side bands, or an error's line. */
final class PushAnswer {
    private static final String REPORT = "report-status";
    private static final String BANDS = "side-band-64k";

    /** Of one line: far below what a packet takes. */
    private static final int SENTENCE_CHARACTERS_MAX = 2_000;

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    private final PushRequest request;
    private final OutputStream out;

    /** A line that could not be told; a push goes on without, and its end says it. */
    private Optional<IOException> unheard = Optional.empty();

    PushAnswer(PushRequest request, OutputStream out) {
        this.request = request;
        this.out = new BufferedOutputStream(out);
    }

    /** Says a line at once, where the client can tell it from its report. */
    void tell(String line) {
        if (request.wants(BANDS)) {
            try {
                band(SideBandOutputStream.CH_PROGRESS, line);
                out.flush();
            } catch (IOException e) {
                unheard = Optional.of(e);
            }
        }
    }

    /** Says of each command what became of it; the last word. */
    void report() throws IOException {
        if (unheard.isPresent()) {
            throw unheard.get();
        }
        List<String> rejections = request.commands().stream()
                .filter(command -> command.getResult() != ReceiveCommand.Result.OK)
                .map(command -> command.getRefName() + ": " + reason(command))
                .toList();
        if (request.wants(REPORT)) {
            report("ok");
        } else if (!rejections.isEmpty()) {
            error(String.join(" ", rejections));
        }
        end();
    }

    /** Says why nothing came in; the last word. */
    void refuse(String sentence) throws IOException {
        request.commands().forEach(command -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, sentence));
        if (request.wants(REPORT)) {
            report(sentence);
        } else {
            error(sentence);
        }
        end();
    }

    private void report(String unpacked) throws IOException {
        OutputStream to = request.wants(BANDS)
                ? new SideBandOutputStream(SideBandOutputStream.CH_DATA, SideBandOutputStream.MAX_BUF, out)
                : out;
        PacketLineOut lines = new PacketLineOut(to);
        lines.setFlushOnEnd(false);
        lines.writeString("unpack " + line(unpacked) + "\n");
        for (ReceiveCommand command : request.commands()) {
            boolean done = command.getResult() == ReceiveCommand.Result.OK;
            lines.writeString(
                    (done ? "ok " : "ng ") + command.getRefName() + (done ? "" : " " + line(reason(command))) + "\n");
        }
        lines.end();
        to.flush();
    }

    /** JGit's own words are left for what a hook left without any. */
    private static String reason(ReceiveCommand command) {
        return Optional.ofNullable(command.getMessage())
                .orElseGet(() -> command.getResult().name().toLowerCase(java.util.Locale.ROOT));
    }

    private void error(String sentence) throws IOException {
        if (request.wants(BANDS)) {
            band(SideBandOutputStream.CH_ERROR, sentence);
        } else {
            new PacketLineOut(out).writeString("ERR " + line(sentence) + "\n");
        }
    }

    private void band(int channel, String text) throws IOException {
        OutputStream band = new SideBandOutputStream(channel, SideBandOutputStream.MAX_BUF, out);
        band.write((line(text) + "\n").getBytes(StandardCharsets.UTF_8));
        band.flush();
    }

    private void end() throws IOException {
        if (request.wants(BANDS)) {
            new PacketLineOut(out).end();
        }
        out.flush();
    }

    /** Lines end at a line feed, and a terminal obeys other controls, which a ref's or a file's name may hold. */
    private static String line(String text) {
        String clean = CONTROLS.matcher(text).replaceAll("?");
        return clean.length() <= SENTENCE_CHARACTERS_MAX ? clean : clean.substring(0, SENTENCE_CHARACTERS_MAX);
    }
}
