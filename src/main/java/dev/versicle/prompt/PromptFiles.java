package dev.versicle.prompt;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package's files by path: relative, parts divided by {@code /}, no two that a file system could take for one. The
 * disguises of {@code .git} are refused where the tree is written, by Git's own checker.
 */
public record PromptFiles(SortedMap<String, PromptFile> byPath) {
    public static final int FILES_MAX = 2_000;
    public static final int PATH_BYTES_MAX = 512;
    public static final int LEVELS_MAX = 32;
    public static final long TOTAL_BYTES_MAX = 64L << 20;

    public PromptFiles {
        if (byPath.size() > FILES_MAX) {
            throw Texts.invalid("files", "must be at most " + FILES_MAX);
        }
        if (byPath.values().stream().mapToLong(PromptFile::size).sum() > TOTAL_BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("files", TOTAL_BYTES_MAX));
        }
        byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
        byPath.keySet().forEach(PromptFiles::checkPath);
        checkTwins(byPath.sequencedKeySet());
    }

    public static PromptFiles of(Map<String, PromptFile> byPath) {
        return new PromptFiles(new TreeMap<>(byPath));
    }

    private static void checkPath(String path) {
        if (Texts.utf8Bytes(path, path) > PATH_BYTES_MAX) {
            throw Texts.invalid(path, "must be at most " + PATH_BYTES_MAX + " bytes");
        }
        List<String> parts = List.of(path.split("/", -1));
        if (parts.size() > LEVELS_MAX) {
            throw Texts.invalid(path, "must be at most " + LEVELS_MAX + " levels deep");
        }
        if (path.indexOf('\\') >= 0 || path.codePoints().anyMatch(Character::isISOControl)) {
            throw Texts.invalid(path, "must not contain backslashes or control characters");
        }
        if (parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw Texts.invalid(path, "must be relative, without empty, '.' and '..' parts");
        }
    }

    /** Refuses {@code A} beside {@code a}, and {@code a} beside {@code a/b}: directories count as paths. */
    private static void checkTwins(Iterable<String> paths) {
        Map<String, String> seen = new HashMap<>();
        for (String path : paths) {
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                meet(seen, path.substring(0, end + 1));
            }
            if (meet(seen, path + "/")) {
                throw Texts.invalid(path, "is both a file and a directory");
            }
        }
    }

    private static boolean meet(Map<String, String> seen, String directory) {
        String before = seen.putIfAbsent(directory.toLowerCase(Locale.ROOT), directory);
        if (before != null && !before.equals(directory)) {
            throw Texts.invalid(directory, "differs from another path only in case");
        }
        return before != null;
    }
}
