package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code kustomization.yaml}: a ConfigMap for each prompt, with its files. Kustomize adds a hash of the files to each
 * name and to whatever refers to it, so that a move restarts what reads the prompt: that default stays.
 *
 * <p>A block for each prompt, headed by its name in a comment; the blocks that stay what they were are not even read.
 */
final class Kustomization {
    static final String PATH = "kustomization.yaml";

    /** What Kubernetes lets a ConfigMap hold is 1 MiB, less room for names. */
    static final long FILES_BYTES_MAX = 1_000_000;

    private static final int KEY_CHARACTERS_MAX = 253;
    private static final int NAME_CHARACTERS_MAX = 100;
    private static final int SLUG_CHARACTERS_MAX = 30;

    private static final String GENERATOR = "configMapGenerator:";
    private static final String ITEM = "- name: ";
    private static final String HEAD = "# ";
    private static final List<String> TOP = List.of(
            "#A ConfigMap for each prompt, written with every move.",
            "apiVersion: kustomize.config.k8s.io/v1beta1",
            "kind: Kustomization");

    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(/[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern ENDS_WITH_ID = Pattern.compile("(.*-)?[0-9a-f]{24}");
    private static final Pattern NOT_IN_SLUG = Pattern.compile("[^a-z0-9]+");

    /** What stands below each name. */
    private final SortedMap<String, String> blocks;

    private Kustomization(SortedMap<String, String> blocks) {
        this.blocks = blocks;
    }

    /** A file of a prompt. */
    record File(String path, long bytes) {}

    static Kustomization empty() {
        return new Kustomization(new TreeMap<>());
    }

    static Kustomization read(byte[] bytes) throws IOException {
        SortedMap<String, String> blocks = new TreeMap<>();
        List<String> block = new ArrayList<>();
        List<String> lines = new ArrayList<>(
                new String(bytes, StandardCharsets.UTF_8).lines().toList());
        for (String line : lines.reversed()) {
            if (line.startsWith(HEAD)) {
                String text = block.reversed().stream().map(part -> part + "\n").collect(Collectors.joining());
                blocks.put(Json.unquoted(line.substring(HEAD.length())), text);
                block.clear();
            } else {
                block.add(line);
            }
        }
        return new Kustomization(blocks);
    }

    byte[] write() {
        StringBuilder text = new StringBuilder();
        TOP.forEach(line -> text.append(line).append('\n'));
        boolean any = blocks.values().stream().anyMatch(block -> block.contains(ITEM));
        text.append(GENERATOR).append(any ? "" : " []").append('\n');
        blocks.forEach((name, block) ->
                text.append(HEAD).append(Json.quoted(name)).append('\n').append(block));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void put(PromptId id, PromptName name, List<File> files) {
        blocks.put(name.text(), block(id, name, files));
    }

    void remove(PromptName name) {
        blocks.remove(name.text());
    }

    private static String block(PromptId id, PromptName name, List<File> files) {
        if (files.stream().mapToLong(File::bytes).sum() > FILES_BYTES_MAX) {
            return "#Left out: its files are more than a ConfigMap may hold.\n";
        }
        String directory = PromptDirectory.of(name).path();
        StringBuilder block = new StringBuilder(ITEM + Json.quoted(configMap(id, name)) + "\n  files:");
        List<File> named = files.stream().filter(Kustomization::isNameable).toList();
        block.append(named.isEmpty() ? " []\n" : "\n");
        for (File file : named) {
            String source = key(file.path()) + "=" + directory + "/" + file.path();
            block.append("  - ").append(Json.quoted(source)).append('\n');
        }
        for (File file : files) {
            if (!isNameable(file)) {
                block.append("  #Left out, as its path cannot be named here: ")
                        .append(Json.quoted(file.path()))
                        .append('\n');
            }
        }
        return block.toString();
    }

    /** Kustomize splits at the first equals sign and refuses a second; a key has a length. */
    private static boolean isNameable(File file) {
        return file.path().indexOf('=') < 0 && key(file.path()).length() <= KEY_CHARACTERS_MAX;
    }

    /**
     * A ConfigMap's name, which no other prompt has: the prompt's, with dots for its slashes, where Kubernetes takes
     * that; else what is left of it, and the prompt's id.
     */
    static String configMap(PromptId id, PromptName name) {
        String text = name.text();
        boolean legal = LABELS.matcher(text).matches()
                && text.length() <= NAME_CHARACTERS_MAX
                && !ENDS_WITH_ID.matcher(text).matches();
        if (legal) {
            return text.replace('/', '.');
        }
        String slug = Arrays.stream(NOT_IN_SLUG.split(text.toLowerCase(Locale.ROOT)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"));
        String kept = slug.substring(0, Math.min(slug.length(), SLUG_CHARACTERS_MAX));
        return kept.isEmpty() ? "prompt-" + id : kept + (kept.endsWith("-") ? "" : "-") + id;
    }

    /**
     * A file's key in its ConfigMap, which no other file of the prompt has: letters, digits, hyphens and dots stand for
     * themselves, a slash is two underscores, any other byte, and a dot at the beginning, an underscore and two hex
     * digits.
     */
    static String key(String path) {
        StringBuilder key = new StringBuilder();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char letter = (char) Byte.toUnsignedInt(bytes[i]);
            if (letter == '/') {
                key.append("__");
            } else if (isPlain(letter) && (letter != '.' || i > 0)) {
                key.append(letter);
            } else {
                key.append("_%02x".formatted(bytes[i]));
            }
        }
        return key.toString();
    }

    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '-'
                || letter == '.';
    }
}
