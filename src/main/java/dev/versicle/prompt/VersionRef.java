package dev.versicle.prompt;

import java.util.Locale;
import java.util.regex.Pattern;

/** A way to point at one version of a prompt. */
public sealed interface VersionRef {
    /** The highest number that is not deleted. */
    record Latest() implements VersionRef {}

    record Numbered(int number) implements VersionRef {}

    record Release(SemVer release) implements VersionRef {}

    /** The version that carries this display version; of several, the one that got it last. */
    record Display(DisplayVersion displayVersion) implements VersionRef {}

    /** The commit whose id is or begins with these 24 to 40 hex digits; an overwritten one too. */
    record Id(String hex) implements VersionRef {
        private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24,40}");

        public Id {
            if (!SHAPE.matcher(hex).matches()) {
                throw new PromptException(new Problem.BadVersionId());
            }
        }

        public static Id parse(String text) {
            return new Id(text.toLowerCase(Locale.ROOT));
        }
    }
}
