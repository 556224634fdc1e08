package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An environment's file, {@code <name>.json}; and what is said of a drop, which leaves no file to say it in, in the
 * last paragraph of its commit.
 */
final class EnvironmentCodec {
    private static final String SUFFIX = ".json";
    private static final String COMMIT = "commit";
    private static final String MESSAGE = "message";
    private static final String MOVED_AT = "moved_at";
    private static final String MOVED_BY = "moved_by";
    private static final String VERSION = "version";

    private static final String DROPPED_BY = "Dropped-By";
    private static final String DROPPED_AT = "Dropped-At";
    private static final String GAP = "\n\n";

    private EnvironmentCodec() {}

    static String path(EnvironmentName name) {
        return name + SUFFIX;
    }

    /** The environment whose file has this path; empty where it is none's. */
    static Optional<EnvironmentName> name(String path) {
        return Optional.of(path)
                .filter(file -> file.endsWith(SUFFIX))
                .flatMap(file -> EnvironmentName.find(file.substring(0, file.length() - SUFFIX.length())));
    }

    static byte[] write(Environment.Target target, Environment.Moved moved) {
        ObjectNode file = Json.object();
        file.put(VERSION, target.version());
        file.put(COMMIT, target.commit().hex());
        file.put(MOVED_BY, moved.by());
        file.put(MOVED_AT, Moments.write(moved.at()));
        moved.message().ifPresent(text -> file.put(MESSAGE, text));
        return Json.write(file);
    }

    /** Reads a file whose blob is {@code id}; one that this server would not write is an {@link IOException}. */
    static Pointer read(byte[] bytes, String id) throws IOException {
        ObjectNode file = Json.read(bytes);
        int version = file.path(VERSION).isInt() ? file.path(VERSION).intValue() : 0;
        Optional<Instant> at = Moments.read(Json.require(file, MOVED_AT));
        if (version < 1 || version > Draft.NUMBER_MAX || at.isEmpty()) {
            throw new IOException("an environment's file is not as this server writes it");
        }
        try {
            return new Pointer(
                    new Environment.Target(version, new CommitId(Json.require(file, COMMIT))),
                    new Environment.Moved(Json.require(file, MOVED_BY), at.get(), Json.text(file, MESSAGE)),
                    id);
        } catch (PromptException | IllegalArgumentException e) {
            throw new IOException("an environment's file is not as this server writes it", e);
        }
    }

    /** What a move is called in the truth's log, and why it was made. */
    static String message(EnvironmentName name, Environment.Move move) {
        String from =
                move.from().map(target -> " from version " + target.version()).orElse("");
        String to = move.to().map(target -> " to version " + target.version()).orElse("");
        String said = move.moved().message().map(text -> GAP + text).orElse("");
        return name + (to.isEmpty() ? " dropped" : " moved") + from + to + said + "\n";
    }

    /** The message of a commit that drops an environment. */
    static String dropped(EnvironmentName name, Environment.Target from, Environment.Moved moved) {
        Environment.Move move = new Environment.Move(Optional.of(from), Optional.empty(), moved);
        Headers headers = new Headers().with(DROPPED_BY, moved.by()).with(DROPPED_AT, Moments.write(moved.at()));
        return message(name, move) + "\n" + headers.write();
    }

    /** Who dropped an environment, and when; empty where another hand's message does not say so. */
    static Optional<Environment.Moved> readDropped(String message) {
        String text = message.stripTrailing();
        String last = text.substring(text.lastIndexOf(GAP) + 1).strip();
        Optional<Headers> headers = Headers.read(last, Set.of(DROPPED_BY, DROPPED_AT));
        Optional<Instant> at = headers.flatMap(found -> found.value(DROPPED_AT)).flatMap(Moments::read);
        return headers.flatMap(found -> found.value(DROPPED_BY))
                .flatMap(by -> at.map(moment -> new Environment.Moved(by, moment, Optional.empty())));
    }
}
