package dev.versicle.http.v1;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.VersionRef;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a history that is read part by part, in letters that say nothing to who sends them back. */
final class Cursor {
    private static final String MARK = "below ";
    private static final Pattern MOVE = Pattern.compile("[0-9a-f]{40}");

    private Cursor() {}

    /** The cursor to the versions with numbers below {@code number}. */
    static String below(int number) {
        byte[] text = (MARK + number).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** Below which number a cursor goes on; from the newest version on where there is no cursor. */
    static int read(@Nullable String cursor) {
        return cursor == null
                ? Draft.NUMBER_MAX + 1
                : number(cursor).orElseThrow(() -> V1Json.invalid("cursor", "must be one that this server gave"));
    }

    /** The cursor to the move that a commit made. */
    static String from(CommitId move) {
        return move.hex();
    }

    /** From which move on a cursor goes; from the newest on where there is no cursor. */
    static Optional<CommitId> move(@Nullable String cursor) {
        if (cursor != null && !MOVE.matcher(cursor).matches()) {
            throw V1Json.invalid("cursor", "must be one that this server gave");
        }
        return Optional.ofNullable(cursor).map(CommitId::new);
    }

    private static Optional<Integer> number(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            return Optional.of(text)
                    .filter(written -> written.startsWith(MARK))
                    .flatMap(written -> VersionRef.Written.number(written.substring(MARK.length())))
                    .filter(number -> below(number).equals(cursor));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
