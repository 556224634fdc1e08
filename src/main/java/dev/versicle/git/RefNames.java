package dev.versicle.git;

import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.SemVer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** All notes, ours and others. */
    static final String ALL_NOTES = Constants.R_NOTES;

    /** Truth: {@code prompt.json}. */
    static final String SETTINGS = "refs/meta/prompt";

    /** Truth: where each environment points. */
    static final String ENVIRONMENTS = "refs/meta/environments";

    /** Record: a commit for each push. */
    static final String PUSHES = "refs/meta/pushes";

    /** What no Git client sees. */
    static final String HIDDEN = "refs/meta/";

    /** Signs: an environment's commit, for those who deploy. */
    static final String ENVIRONMENT_BRANCHES = "refs/heads/env/";

    /** Truths: a ref for each slot that was written while a higher number existed. */
    static final String SLOTS = "refs/versions/";

    /** Signs: releases and display versions. */
    static final String TAGS = Constants.R_TAGS;

    private static final Pattern SLOT_NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

    /** What a repository's HEAD leads to while a bundle names it. */
    static final String HEAD = Constants.HEAD;

    /** Where {@link #MAIN} and {@link #DRAFT} are, and people's own branches beside them. */
    static final String BRANCHES = Constants.R_HEADS;

    private static final String LOCK = ".lock";

    /** A file system's longest name, less what a lock file adds to it. */
    private static final int PART_BYTES_MAX = 255 - LOCK.length();

    /** Where the environments' branches lie: a branch of this name would be in their way. */
    private static final String ENVIRONMENT_DIRECTORY = BRANCHES + "env";

    /** Branches with a meaning; none of people's own is one of them, or below one. */
    private static final Set<String> RESERVED = Set.of(MAIN, DRAFT, ENVIRONMENT_DIRECTORY);

    private RefNames() {}

    /** Sign of an environment. */
    static String environment(EnvironmentName name) {
        return ENVIRONMENT_BRANCHES + name;
    }

    static String slot(int number) {
        return SLOTS + number;
    }

    /** The number of a slot's ref; empty where another hand named it otherwise. */
    static Optional<Integer> slot(String ref) {
        String number = ref.substring(SLOTS.length());
        return Optional.of(number)
                .filter(text -> SLOT_NUMBER.matcher(text).matches())
                .map(Long::valueOf)
                .filter(value -> value <= Draft.NUMBER_MAX)
                .map(Long::intValue);
    }

    /** Whether this is a branch of people's own, which they make, move and delete as they like. */
    static boolean isFree(String ref) {
        return ref.startsWith(BRANCHES)
                && isLegal(ref)
                && RESERVED.stream().noneMatch(reserved -> ref.equals(reserved) || ref.startsWith(reserved + "/"));
    }

    /** What events about a truth's move say, which {@code by} made where that is known. */
    static PromptIndex.Telling telling(Optional<String> by) {
        return new PromptIndex.Telling(by, MAIN, NOTES);
    }

    /** Whether clones get it; main and the notes, which have truths' tips of their own, are not meant. */
    static boolean isCloned(String ref) {
        return (ref.startsWith(BRANCHES) || ref.startsWith(TAGS)) && !ref.equals(MAIN) && !ref.equals(DRAFT);
    }

    /** Whether Git and the file system could have a ref of this name, whatever it means here. */
    static boolean isRef(String name) {
        return name.startsWith(Constants.R_REFS) && isLegal(name);
    }

    /** The name of a branch that people are told of: main, or one of their own; empty for any other ref. */
    static Optional<BranchName> branch(String ref) {
        String name = ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : "";
        return (ref.equals(MAIN) || isFree(ref)) && BranchName.fits(name)
                ? Optional.of(new BranchName(name))
                : Optional.empty();
    }

    /** Whether a prompt's repository may have a ref of this name; no other comes in or goes out. */
    static boolean knows(String ref) {
        if (ref.equals(SETTINGS) || ref.equals(NOTES) || ref.equals(ENVIRONMENTS)) {
            return true;
        }
        if (ref.startsWith(ENVIRONMENT_BRANCHES)) {
            return EnvironmentName.find(ref.substring(ENVIRONMENT_BRANCHES.length()))
                    .isPresent();
        }
        if (ref.startsWith(SLOTS)) {
            return slot(ref).isPresent();
        }
        return (ref.startsWith(BRANCHES) || ref.startsWith(TAGS)) && isLegal(ref) && !ref.equals(ENVIRONMENT_DIRECTORY);
    }

    /** Whether Git takes the name of a ref, and a file system has room for it; JGit takes {@code a.lock/b}, too. */
    static boolean isLegal(String name) {
        boolean fits = Arrays.stream(name.split("/"))
                .allMatch(
                        part -> part.getBytes(StandardCharsets.UTF_8).length <= PART_BYTES_MAX && !part.endsWith(LOCK));
        return fits && Repository.isValidRefName(name);
    }

    /** Sign of a {@code Release:} header, or truth where the release was put on an unchanged tree. */
    static String release(SemVer release) {
        return Constants.R_TAGS + release;
    }

    /** The release that a tag's ref is named after; empty where it is none. */
    static Optional<SemVer> released(String ref) {
        String text = ref.substring(TAGS.length());
        try {
            return SemVer.shapes(text) ? Optional.of(SemVer.parse(text)) : Optional.empty();
        } catch (PromptException e) {
            // Its numbers are too high: another hand tagged it.
            return Optional.empty();
        }
    }

    /** Sign of a display version; empty where the text cannot or must not name a tag. */
    static Optional<String> display(DisplayVersion text) {
        String name = Constants.R_TAGS + text;
        return isLegal(name) && !SemVer.shapes(text.text()) ? Optional.of(name) : Optional.empty();
    }
}
