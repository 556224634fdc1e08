package dev.versicle.git;

import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.WireCut;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A fetch's request, read line by line before JGit gets it, which would fail at some lines without a word for the
 * client, or keep any number of them. Refuses such lines with a sentence; takes out what JGit does not know and need
 * not; and asks for leave for all that is wanted before anything is made of it.
 */
final class FetchLines extends InputStream {
    /** Of each kind but wants, in one request: what git sends of them grows with the history, and slowly. */
    static final int LINES_MAX = 100_000;

    private static final int HEADER_BYTES = 4;
    private static final int HEX = 16;
    private static final int WANT_ID_AT = "want ".length();
    private static final Pattern LENGTH = Pattern.compile("[0-9a-fA-F]{4}");
    private static final Pattern WANT = Pattern.compile("want [0-9a-f]{40}( .*)?");
    private static final Pattern ID = Pattern.compile("(have|shallow) [0-9a-f]{40}");
    private static final Pattern NUMBER = Pattern.compile("(deepen|deepen-since) [0-9]{1,10}");
    private static final String RELATIVE = "deepen-relative";
    private static final String UNBORN = "unborn";

    /** Says whether all of these may be had, by throwing where they may not. */
    @FunctionalInterface
    interface Leave {
        void require(List<ObjectId> wants) throws IOException;
    }

    private final InputStream in;
    private final GitLimits limits;
    private final Leave leave;
    private final List<ObjectId> wants = new ArrayList<>();
    private InputStream current = InputStream.nullInputStream();
    private int others;
    private boolean unborn;
    private boolean shallow;
    private boolean broken;
    private boolean refused;

    FetchLines(InputStream in, GitLimits limits, Leave leave) {
        this.in = in;
        this.limits = limits;
        this.leave = leave;
    }

    /** Whether the client asked where a branch without commits would be. */
    boolean asksForUnborn() {
        return unborn;
    }

    /**
     * Whether the request ends where the client has said how shallow it wants to be: before version 2 it hears then
     * where its history would end, and asks again. JGit expects that of depths alone.
     */
    boolean onlyAsksForShallows() {
        return shallow && !broken;
    }

    /** Whether the client went away before it had sent all. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = current.read(bytes, offset, length);
        while (read < 0 && !refused) {
            byte[] packet = packet();
            if (packet.length == 0) {
                return -1;
            }
            current = new ByteArrayInputStream(packet);
            read = current.read(bytes, offset, length);
        }
        return refused ? rest(bytes, offset, length) : read;
    }

    /** After a refusal the rest is read and thrown away: who still sends does not listen. */
    private int rest(byte[] bytes, int offset, int length) throws IOException {
        return broken ? -1 : arrived(bytes, offset, length);
    }

    private int arrived(byte[] bytes, int offset, int length) throws IOException {
        boolean arrived = false;
        try {
            int read = in.read(bytes, offset, length);
            arrived = true;
            return read;
        } catch (WireCut e) {
            refused = true;
            throw new PackProtocolException(e.getMessage(), e);
        } finally {
            broken = !arrived;
        }
    }

    /** The next packet that JGit is to have, with its length; empty at the end. */
    private byte[] packet() throws IOException {
        byte[] packet = anyPacket();
        while (packet.length > HEADER_BYTES && !passes(line(packet))) {
            packet = anyPacket();
        }
        if (packet.length == HEADER_BYTES && !wants.isEmpty()) {
            List<ObjectId> asked = List.copyOf(wants);
            wants.clear();
            judged(asked);
        }
        return packet;
    }

    private void judged(List<ObjectId> asked) throws IOException {
        boolean allowed = false;
        try {
            leave.require(asked);
            allowed = true;
        } finally {
            refused = !allowed;
        }
    }

    private byte[] anyPacket() throws IOException {
        byte[] header = bytes(HEADER_BYTES);
        if (header.length == 0) {
            return header;
        }
        String text = new String(header, StandardCharsets.ISO_8859_1);
        require(LENGTH.matcher(text).matches(), "The request is not in Git's packets.");
        int length = Integer.parseInt(text, HEX);
        byte[] content = bytes(Math.max(0, length - HEADER_BYTES));
        require(content.length == Math.max(0, length - HEADER_BYTES), "The request ends in the midst of a packet.");
        byte[] packet = new byte[HEADER_BYTES + content.length];
        System.arraycopy(header, 0, packet, 0, HEADER_BYTES);
        System.arraycopy(content, 0, packet, HEADER_BYTES, content.length);
        return packet;
    }

    /** As many bytes, fewer at the end of the request. */
    private byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int have = 0;
        int read = 0;
        while (have < count && read >= 0) {
            have += read;
            read = have < count ? arrived(bytes, have, count - have) : -1;
        }
        byte[] all = new byte[have];
        System.arraycopy(bytes, 0, all, 0, have);
        return all;
    }

    private static String line(byte[] packet) {
        return new String(packet, HEADER_BYTES, packet.length - HEADER_BYTES, StandardCharsets.UTF_8).stripTrailing();
    }

    /** Whether JGit is to see the line. */
    private boolean passes(String line) throws IOException {
        if (line.equals(UNBORN)) {
            unborn = true;
            return false;
        }
        String kind = line.split(" ", 2)[0];
        switch (kind) {
            case "want" -> {
                require(WANT.matcher(line).matches(), "A want must name an object.");
                require(wants.size() < limits.wants(), "A fetch may name " + limits.wants() + " objects at most.");
                requireAbsolute(line);
                wants.add(ObjectId.fromString(
                        line.substring(WANT_ID_AT, WANT_ID_AT + Constants.OBJECT_ID_STRING_LENGTH)));
            }
            case "have", "shallow" -> require(ID.matcher(line).matches(), "A " + kind + " must name an object.");
            case "deepen", "deepen-since" ->
                require(NUMBER.matcher(line).matches() && fits(line), "The " + kind + " is no number that can be.");
            case RELATIVE -> requireAbsolute(" " + line);
            default -> {}
        }
        shallow |= kind.equals("deepen-since") || kind.equals("deepen-not");
        others++;
        require(others <= limits.wants() + LINES_MAX, "The request has too many lines.");
        return true;
    }

    private void requireAbsolute(String line) throws IOException {
        require(
                !line.contains(" " + RELATIVE),
                "This server cannot deepen a clone by a number of commits. Fetch with --depth=<n>, "
                        + "--shallow-since=<date> or --unshallow.");
    }

    private static boolean fits(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1)) <= Integer.MAX_VALUE;
    }

    private void require(boolean holds, String sentence) throws IOException {
        if (!holds) {
            refused = true;
            throw new PackProtocolException(sentence);
        }
    }
}
