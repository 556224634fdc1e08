package dev.versicle.git;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/** Refuses the files that {@code git fsck --strict} would complain of, since Git takes them for its own. */
final class GitFiles {
    private static final ObjectChecker PATHS =
            new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);

    private static final String MODULES = ".gitmodules";
    private static final String ATTRIBUTES = ".gitattributes";

    /** Longer lines of attributes are an error to Git ({@code attr.h}). */
    private static final int ATTRIBUTES_LINE_BYTES_MAX = 2_047;

    /** What macOS leaves out when it compares names. */
    private static final Pattern IGNORED = Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

    /** The short names that Windows gives to files that begin with {@code .git}. */
    private static final Pattern SHORT = Pattern.compile("g[0-9a-z]{0,5}~[0-9]+");

    private GitFiles() {}

    /** Throws {@link Problem.Invalid} where Git must not hold this file under this path. */
    static void check(String path, PromptFile file) {
        try {
            PATHS.checkPath(path);
        } catch (CorruptObjectException e) {
            throw refused(path, "must be a path that Git can hold everywhere");
        }
        for (String part : List.of(path.split("/"))) {
            String name = IGNORED.matcher(part).replaceAll("").toLowerCase(Locale.ROOT);
            if (name.equals(MODULES) || SHORT.matcher(name).matches()) {
                throw refused(path, "must not be a file of submodules, nor look like one");
            }
            if (name.equals(ATTRIBUTES) && !(part.equals(ATTRIBUTES) && hasShortLines(file))) {
                throw refused(path, "must be attributes as Git reads them");
            }
        }
    }

    private static boolean hasShortLines(PromptFile file) {
        return new String(file.bytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .allMatch(line -> line.length() <= ATTRIBUTES_LINE_BYTES_MAX);
    }

    private static PromptException refused(String path, String rule) {
        return new PromptException(new Problem.Invalid(path, rule));
    }
}
