package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.SemVer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Every ref that a prompt's repository may have. */
final class RefNames {
    /** Truth: the versions, on the first-parent line. */
    static final String MAIN = "refs/heads/main";

    /** Truth: the current body, where one was saved. */
    static final String DRAFT = "refs/heads/draft";

    /** Truth: edited metadata. Git's default notes ref, so that {@code git log} shows it. */
    static final String NOTES = "refs/notes/commits";

    /** Truth: {@code prompt.json}. */
    static final String SETTINGS = "refs/meta/prompt";

    /** Truths: a ref for each slot that was written while a higher number existed. */
    static final String SLOTS = "refs/versions/";

    /** A file system's longest name, less what a lock file adds to it. */
    private static final int PART_BYTES_MAX = 255 - ".lock".length();

    private RefNames() {}

    static String slot(int number) {
        return SLOTS + number;
    }

    /** Sign of a {@code Release:} header, or truth where the release was put on an unchanged tree. */
    static String release(SemVer release) {
        return Constants.R_TAGS + release;
    }

    /** Sign of a display version; empty where the text cannot or must not name a tag. */
    static Optional<String> display(DisplayVersion text) {
        String name = Constants.R_TAGS + text;
        boolean fits = Arrays.stream(name.split("/"))
                .allMatch(part -> part.getBytes(StandardCharsets.UTF_8).length <= PART_BYTES_MAX);
        return fits && Repository.isValidRefName(name) && !SemVer.shapes(text.text())
                ? Optional.of(name)
                : Optional.empty();
    }
}
