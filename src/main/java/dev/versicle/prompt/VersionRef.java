package dev.versicle.prompt;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A way to point at one version of a prompt. */
public sealed interface VersionRef {
    /** The highest number that is not deleted. */
    record Latest() implements VersionRef {}

    record Numbered(int number) implements VersionRef {}

    record Release(SemVer release) implements VersionRef {}

    /** The version that carries this display version; of several, the one that got it last. */
    record Display(DisplayVersion displayVersion) implements VersionRef {}

    /** The version that the environment points to; this very commit, also where its number stands for another. */
    record Environment(EnvironmentName name) implements VersionRef {}

    /**
     * As people write it: {@code latest}, a number, a release, an environment, a display version, or the first 8 to 40
     * digits of a commit's id; the first of these that exists.
     */
    record Written(String text) implements VersionRef {
        public static final String LATEST = "latest";

        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
        private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{8,40}");

        /** The number that the text writes. */
        public static Optional<Integer> number(String text) {
            return Optional.of(text)
                    .filter(written -> NUMBER.matcher(written).matches())
                    .map(Long::valueOf)
                    .filter(value -> value <= Draft.NUMBER_MAX)
                    .map(Long::intValue);
        }

        /** The digits that the text may begin a commit's id with, in lower case. */
        public static Optional<String> commit(String text) {
            return Optional.of(text.toLowerCase(Locale.ROOT))
                    .filter(hex -> COMMIT.matcher(hex).matches());
        }
    }

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
