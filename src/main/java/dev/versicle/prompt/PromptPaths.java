package dev.versicle.prompt;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The paths of one package as they become known: each is relative, its parts divided by {@code /}, and no two could be
 * one to a file system. What breaks a rule is refused with {@link Problem.Invalid}, whose field is the path.
 */
public final class PromptPaths {
    public static final int PATH_BYTES_MAX = 512;
    public static final int LEVELS_MAX = 32;

    private record Seen(String path, boolean directory) {}

    /** What is there, by what a file system may make of its path. */
    private final Map<String, Seen> seen = new HashMap<>();

    private final Set<String> directories = new HashSet<>();

    public void addFile(String path) {
        checkShape(path);
        addAbove(path);
        meet(path, new Seen(path, false));
    }

    /** A directory that is named itself, not only by what it holds; without a slash at its end. */
    public void addDirectory(String path) {
        checkShape(path);
        addAbove(path);
        meet(path, new Seen(path, true));
        if (!directories.add(path)) {
            throw Texts.invalid(path, "is there twice");
        }
    }

    private static void checkShape(String path) {
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

    private void addAbove(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            meet(path, new Seen(path.substring(0, end), true));
        }
    }

    private void meet(String path, Seen fresh) {
        Seen before = seen.putIfAbsent(folded(fresh.path()), fresh);
        if (before == null) {
            return;
        }
        if (!before.path().equals(fresh.path())) {
            throw Texts.invalid(path, "differs from another path only in case or in how its characters are composed");
        }
        if (before.directory() != fresh.directory()) {
            throw Texts.invalid(path, "has a path that is both a file and a directory");
        }
        if (!fresh.directory()) {
            throw Texts.invalid(path, "is there twice");
        }
    }

    /** Upper case first: some letters, as the German sharp s, have no one partner. */
    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
