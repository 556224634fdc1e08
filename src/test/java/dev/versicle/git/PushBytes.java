package dev.versicle.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.ObjectId;

/** A push's request made by hand, right or wrong. */
final class PushBytes {
    static final String CAPABILITIES = "report-status side-band-64k atomic agent=hand/1";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String capabilities;
    private boolean begun;

    private PushBytes(String capabilities) {
        this.capabilities = capabilities;
    }

    static PushBytes of() {
        return new PushBytes(CAPABILITIES);
    }

    /** By a client that can do so much, or so little. */
    static PushBytes with(String capabilities) {
        return new PushBytes(capabilities);
    }

    PushBytes create(String ref, ObjectId to) {
        return command(ObjectId.zeroId(), to, ref);
    }

    PushBytes command(ObjectId from, ObjectId to, String ref) {
        return line(from.name() + " " + to.name() + " " + ref);
    }

    /** A line, of which the first carries what the client can do. */
    PushBytes line(String text) {
        packet(text + (begun ? "" : "\0 " + capabilities) + "\n");
        begun = true;
        return this;
    }

    PushBytes packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        raw("%04x".formatted(bytes.length + 4));
        out.writeBytes(bytes);
        return this;
    }

    PushBytes flush() {
        return raw("0000");
    }

    PushBytes raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** The commands' end, and the pack. */
    byte[] pack(byte[] pack) {
        flush();
        out.writeBytes(pack);
        return out.toByteArray();
    }
}
