package dev.versicle.http.v1;

import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.VersionRef;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a history, or a list, that is read part by part, in letters that say nothing to who sends them back. */
final class Cursor {
    private static final String MARK = "below ";
    private static final String AFTER = "after ";
    private static final String FROM = "from ";
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern MOVE = Pattern.compile("[0-9a-f]{40}");

    private Cursor() {}

    /** The cursor to the versions with numbers below {@code number}. */
    static String below(int number) {
        return written(MARK + number);
    }

    /** The cursor to the branches behind this one. */
    static String after(BranchName branch) {
        return written(AFTER + branch);
    }

    private static String written(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Behind which branch a cursor goes on; from the first on where there is no cursor. */
    static Optional<BranchName> readAfter(@Nullable String cursor) {
        return cursor == null ? Optional.empty() : Optional.of(branch(cursor).orElseThrow(Cursor::refused));
    }

    private static Optional<BranchName> branch(String cursor) {
        return text(cursor)
                .filter(written -> written.startsWith(AFTER))
                .map(written -> written.substring(AFTER.length()))
                .filter(BranchName::fits)
                .map(BranchName::new)
                .filter(name -> after(name).equals(cursor));
    }

    /** Below which number a cursor goes on; from the newest version on where there is no cursor. */
    static int read(@Nullable String cursor) {
        return cursor == null ? Draft.NUMBER_MAX + 1 : number(cursor).orElseThrow(Cursor::refused);
    }

    private static PromptException refused() {
        return V1Json.invalid("cursor", "must be one that this server gave");
    }

    /** The cursor to the move that a commit made. */
    static String from(CommitId move) {
        return move.hex();
    }

    /** From which move on a cursor goes; from the newest on where there is no cursor. */
    static Optional<CommitId> move(@Nullable String cursor) {
        if (cursor != null && !MOVE.matcher(cursor).matches()) {
            throw refused();
        }
        return Optional.ofNullable(cursor).map(CommitId::new);
    }

    /** The cursor to the deliveries from this place on. */
    static String to(long delivery) {
        return written(FROM + delivery);
    }

    /** From which place on a cursor goes; from the newest delivery on where there is no cursor. */
    static Optional<Long> delivery(@Nullable String cursor) {
        return cursor == null ? Optional.empty() : Optional.of(place(cursor).orElseThrow(Cursor::refused));
    }

    private static Optional<Long> place(String cursor) {
        return text(cursor)
                .filter(written -> written.startsWith(FROM))
                .map(written -> written.substring(FROM.length()))
                .filter(written -> PLACE.matcher(written).matches())
                .map(Long::valueOf)
                .filter(place -> to(place).equals(cursor));
    }

    private static Optional<Integer> number(String cursor) {
        return text(cursor)
                .filter(written -> written.startsWith(MARK))
                .flatMap(written -> VersionRef.Written.number(written.substring(MARK.length())))
                .filter(number -> below(number).equals(cursor));
    }

    private static Optional<String> text(String cursor) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
