package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A movable pointer to a version, such as {@code production}: where it points, and the move that brought it there.
 *
 * @param file the id of the blob that says so, 40 hex digits; another one after each move, even of a move back
 * @param guarded whether only who has {@link Right#PROMOTE} moves it
 */
public record Environment(EnvironmentName name, Target target, Moved moved, String file, boolean guarded) {
    public static final int PER_PROMPT_MAX = 50;
    public static final int MESSAGE_CHARACTERS_MAX = 1_000;

    private static final int STAMP_FILE_DIGITS = 8;

    /** A version as it was chosen: this very commit, also where its number came to stand for another one. */
    public record Target(int version, CommitId commit) {}

    /** Who moved it (the caller's subject), when, and why; a blank reason is none. */
    public record Moved(String by, Instant at, Optional<String> message) {
        public Moved {
            message = message.filter(text -> !text.isBlank());
            message.ifPresent(text -> Texts.block("message", text, MESSAGE_CHARACTERS_MAX));
        }
    }

    /** One move of the past: {@code from} is empty where it made the environment, {@code to} where it dropped it. */
    public record Move(Optional<Target> from, Optional<Target> to, Moved moved) {}

    /** Moves, newest first; {@code next} asks for those that follow, and is empty where none do. */
    public record Moves(List<Move> items, Optional<CommitId> next) {
        public Moves {
            items = List.copyOf(items);
        }
    }

    /** Where an environment is after a move, which may have been its first. */
    public record Placed(Environment environment, boolean created) {}

    /** Changes with each move: {@code <40-hex commit>-<file, 8 hex>}. */
    public String stamp() {
        return target.commit().hex() + "-" + file.substring(0, STAMP_FILE_DIGITS);
    }
}
