package dev.versicle.http.v1;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.VersionRef;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in a history that is read part by part, in letters that say nothing to who sends them back. */
final class Cursor {
    private static final String MARK = "below ";

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
