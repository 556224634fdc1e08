package dev.versicle.remote;

import dev.versicle.egress.Answer;
import dev.versicle.git.RemoteRefs;
import dev.versicle.prompt.ImportStep;
import dev.versicle.remote.Packets.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A clone, as far as receiving goes: asks for refs, chooses, asks for the pack of all that they reach. In protocol 2,
 * which lists only what is asked for; or in 0, where a server knows no other. Nothing is shared with what is here, so
 * there is nothing to negotiate, and a pack must be whole.
 */
final class Fetch {
    /** Of the list of refs. */
    static final long REFS_BYTES_MAX = 16L << 20;

    /** Of what a server says beside the pack. */
    private static final long TALK_BYTES_MAX = 8L << 20;

    private static final String AGENT = Packets.line("agent=versicle\n");
    private static final String DONE = Packets.line("done\n");
    private static final int PACK = 1;
    private static final int TALK = 2;

    private final Session session;
    private final long packBytesMax;
    private final Consumer<ImportStep> told;

    Fetch(Session session, long packBytesMax, Consumer<ImportStep> told) {
        this.session = session;
        this.packBytesMax = packBytesMax;
        this.told = told;
    }

    /** Writes a bundle of the whole history. */
    void bundle(Optional<String> branch, OutputStream out) throws IOException {
        told.accept(new ImportStep.Connecting());
        Optional<Offer> old = offered();
        Offer offer = old.isPresent() ? old.get() : listed();
        RemoteRefs refs = RemoteRefs.of(offer.refs(), offer.head(), branch);
        refs.writeHeader(out);
        told.accept(new ImportStep.Counting(0));
        Received pack = new Received(out, told);
        if (old.isPresent()) {
            receive(offer, refs.wants(), pack);
        } else {
            receive(refs.wants(), pack);
        }
        told.accept(new ImportStep.Checking(pack.bytes()));
    }

    /** What protocol 0 offers; empty where the server speaks 2. */
    private Optional<Offer> offered() throws IOException {
        try (Answer answer = session.advertisement()) {
            Packets in = new Packets(new Cut(answer.body(), REFS_BYTES_MAX));
            Kind kind = in.next();
            if (kind == Kind.DATA && in.text().startsWith("# service=")) {
                in.next();
                kind = in.next();
            }
            if (kind == Kind.DATA && in.text().equals("version 2")) {
                requireSha1(in);
                return Optional.empty();
            }
            if (kind != Kind.DATA) {
                throw Packets.failed("offers nothing");
            }
            return Optional.of(Offer.advertised(in));
        }
    }

    private static void requireSha1(Packets in) throws IOException {
        while (in.next() == Kind.DATA) {
            if (in.text().startsWith("object-format=") && !in.text().equals("object-format=sha1")) {
                throw Packets.failed("names its objects in another way than by SHA-1");
            }
        }
    }

    private Offer listed() throws IOException {
        StringBuilder request = new StringBuilder(Packets.line("command=ls-refs\n"))
                .append(AGENT)
                .append(Packets.DELIMITER)
                .append(Packets.line("symrefs\n"));
        for (String prefix : RemoteRefs.prefixes()) {
            request.append(Packets.line("ref-prefix " + prefix + "\n"));
        }
        try (Answer answer = session.ask(request.append(Packets.FLUSH).toString(), 2)) {
            return Offer.listed(new Packets(new Cut(answer.body(), REFS_BYTES_MAX)));
        }
    }

    /** In protocol 2. Without thin-pack, so that whatever a difference builds on is in the pack, too. */
    private void receive(Set<String> wants, OutputStream pack) throws IOException {
        StringBuilder request = new StringBuilder(Packets.line("command=fetch\n"))
                .append(AGENT)
                .append(Packets.DELIMITER)
                .append(Packets.line("ofs-delta\n"));
        wants.forEach(id -> request.append(Packets.line("want " + id + "\n")));
        request.append(DONE).append(Packets.FLUSH);
        try (Answer answer = session.ask(request.toString(), 2)) {
            Packets in = new Packets(cut(answer));
            while (!packBegins(in)) {
                // Another section, such as what the remote lacks itself.
            }
            channels(in, pack);
        }
    }

    private static boolean packBegins(Packets in) throws IOException {
        return switch (in.next()) {
            case DATA -> in.text().equals("packfile");
            case DELIMITER -> false;
            case FLUSH, END -> throw Packets.failed("sent no history");
        };
    }

    /** In protocol 0. */
    private void receive(Offer offer, Set<String> wants, OutputStream pack) throws IOException {
        boolean channels = offer.capabilities().contains("side-band-64k");
        List<String> wanted = List.copyOf(wants);
        StringBuilder request = new StringBuilder(
                Packets.line("want " + wanted.getFirst() + " ofs-delta" + (channels ? " side-band-64k" : "") + "\n"));
        wanted.stream().skip(1).forEach(id -> request.append(Packets.line("want " + id + "\n")));
        request.append(Packets.FLUSH).append(DONE);
        try (Answer answer = session.ask(request.toString(), 0)) {
            InputStream body = cut(answer);
            Packets in = new Packets(body);
            if (in.next() != Kind.DATA || !in.text().equals("NAK")) {
                throw Packets.failed("sent no history");
            }
            if (channels) {
                channels(in, pack);
            } else {
                body.transferTo(pack);
            }
        }
    }

    private Cut cut(Answer answer) {
        return new Cut(answer.body(), packBytesMax + TALK_BYTES_MAX);
    }

    private void channels(Packets in, OutputStream pack) throws IOException {
        Counted count = new Counted(told);
        Kind kind = in.next();
        for (; kind == Kind.DATA; kind = in.next()) {
            switch (in.channel()) {
                case PACK -> pack.write(in.rest());
                case TALK -> count.hears(in.rest());
                default -> throw Packets.failed("gave up");
            }
        }
        if (kind != Kind.FLUSH) {
            throw Packets.failed("broke its answer off");
        }
    }
}
