package dev.versicle.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * What a push says before its pack (gitprotocol-pack, "Reference Update Request"): commands, and what the client can
 * do.
 *
 * <p>Not JGit's reader, which ends a push that it does not like with an exception before the client is told anything.
 */
final class PushRequest {
    /** Of a ref's name, in all of its parts. */
    private static final int REF_BYTES_MAX = 1_024;

    private static final int ID_DIGITS = ObjectId.zeroId().name().length();
    private static final int NEW_AT = ID_DIGITS + 1;
    private static final int NAME_AT = NEW_AT + ID_DIGITS + 1;
    private static final String SHALLOW = "shallow ";
    private static final String CERTIFICATE = "push-cert";
    private static final String FORMAT = "object-format=";

    private final int commandsMax;
    private final List<ReceiveCommand> commands = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private Set<String> capabilities = Set.of();
    private Optional<PushRefused> refused = Optional.empty();

    private PushRequest(int commandsMax) {
        this.commandsMax = commandsMax;
    }

    /**
     * Reads up to the pack; where it breaks a rule, only as far as that. Nothing at all is a request without commands.
     */
    static PushRequest read(InputStream in, int commandsMax) throws IOException {
        PushRequest request = new PushRequest(commandsMax);
        try {
            request.read(new PacketLineIn(in));
        } catch (PushRefused e) {
            request.refused = Optional.of(e);
        }
        return request;
    }

    private void read(PacketLineIn in) throws IOException {
        boolean first = true;
        for (Optional<String> line = next(in); line.isPresent(); line = next(in)) {
            // A shallow clone's edges. It may push like any other: whether all is there is seen where it matters.
            if (!line.get().startsWith(SHALLOW)) {
                command(first ? withoutCapabilities(line.get()) : line.get());
                first = false;
            }
        }
    }

    /** A line without its line feed; empty at the end, which a request without any line is at, too. */
    private Optional<String> next(PacketLineIn in) throws IOException {
        try {
            String line = in.readString();
            return PacketLineIn.isEnd(line) ? Optional.empty() : Optional.of(line);
        } catch (EOFException e) {
            if (commands.isEmpty()) {
                return Optional.empty();
            }
            throw PushRefused.of("must have a flush packet after its commands");
        } catch (IOException e) {
            throw new PushRefused("A push must have lines in Git's packet format: " + e.getMessage() + ".");
        }
    }

    private String withoutCapabilities(String line) {
        int end = line.indexOf('\0');
        if (end < 0) {
            return line;
        }
        capabilities = Set.copyOf(Arrays.asList(line.substring(end + 1).strip().split(" +")));
        return line.substring(0, end);
    }

    private void command(String line) {
        requireKnownWays(line);
        if (commands.size() == commandsMax) {
            throw PushRefused.of("must have at most " + commandsMax + " commands: refs to create, move or delete");
        }
        if (line.length() <= NAME_AT || line.charAt(ID_DIGITS) != ' ' || line.charAt(NAME_AT - 1) != ' ') {
            throw PushRefused.of("must have commands of two object ids and a ref");
        }
        ObjectId from = id(line.substring(0, ID_DIGITS));
        ObjectId to = id(line.substring(NEW_AT, NAME_AT - 1));
        String name = line.substring(NAME_AT);
        requireRef(name);
        commands.add(new ReceiveCommand(from, to, name));
    }

    /** What was never offered to a client. */
    private void requireKnownWays(String line) {
        if (capabilities.contains("push-options")) {
            throw PushRefused.of("must have no push options");
        }
        if (line.equals(CERTIFICATE)) {
            throw PushRefused.of("must not be signed");
        }
        if (capabilities.stream().anyMatch(text -> text.startsWith(FORMAT) && !text.equals(FORMAT + "sha1"))) {
            throw PushRefused.of("must have SHA-1 ids");
        }
    }

    private static ObjectId id(String hex) {
        try {
            return ObjectId.fromString(hex);
        } catch (InvalidObjectIdException e) {
            throw PushRefused.of("must have commands of two object ids and a ref");
        }
    }

    private void requireRef(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > REF_BYTES_MAX) {
            throw PushRefused.of("must have refs with names of at most " + REF_BYTES_MAX + " bytes");
        }
        if (!RefNames.isRef(name)) {
            throw PushRefused.of("must name refs as Git allows it, and \"" + name + "\" is no such name");
        }
        if (!names.add(name)) {
            throw PushRefused.of("must name each ref once, and it names " + name + " twice");
        }
    }

    /** Whether a client only asked if it may ask. */
    boolean isEmpty() {
        return commands.isEmpty() && refused.isEmpty();
    }

    /** Throws where it breaks a rule, which was kept for when the client can be answered. */
    void requireSound() {
        refused.ifPresent(e -> {
            throw e;
        });
    }

    List<ReceiveCommand> commands() {
        return Collections.unmodifiableList(commands);
    }

    /** Whether the client asked for this, such as {@code atomic}. */
    boolean wants(String capability) {
        return capabilities.contains(capability);
    }

    /** Whether a pack follows: a push that only deletes has none. */
    boolean hasPack() {
        return commands.stream().anyMatch(command -> command.getType() != ReceiveCommand.Type.DELETE);
    }
}
