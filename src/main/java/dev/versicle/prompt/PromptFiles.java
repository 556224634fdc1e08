package dev.versicle.prompt;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package's files by path: relative, parts divided by {@code /}, no two that a file system could take for one. The
 * disguises of {@code .git} are refused where the tree is written, by Git's own checker.
 */
public record PromptFiles(SortedMap<String, PromptFile> byPath) {
    public static final int FILES_MAX = 2_000;
    public static final int PATH_BYTES_MAX = PromptPaths.PATH_BYTES_MAX;
    public static final int LEVELS_MAX = PromptPaths.LEVELS_MAX;
    public static final long TOTAL_BYTES_MAX = 64L << 20;

    public PromptFiles {
        if (byPath.size() > FILES_MAX) {
            throw Texts.invalid("files", "must be at most " + FILES_MAX);
        }
        if (byPath.values().stream().mapToLong(PromptFile::size).sum() > TOTAL_BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("files", TOTAL_BYTES_MAX));
        }
        byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
        PromptPaths paths = new PromptPaths();
        byPath.keySet().forEach(paths::addFile);
    }

    public static PromptFiles of(Map<String, PromptFile> byPath) {
        return new PromptFiles(new TreeMap<>(byPath));
    }
}
