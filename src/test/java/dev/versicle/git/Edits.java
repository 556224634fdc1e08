package dev.versicle.git;

import dev.versicle.RealPrompts;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/** Packages of real prompts' texts, and what people and programs do to them, from a seed. */
final class Edits {
    private static final int EDITS_MAX = 6;
    private static final List<String> PATHS = List.of(
            "prompt.md",
            "config.json",
            "docs/read me.txt",
            "docs/\u65e5\u672c\u8a9e.md",
            "quote'd.txt",
            "caf\u00e9 cr\u00e8me",
            "deep/er/and/deeper/x",
            "back`tick$.txt",
            "-dash",
            "a\u200b.txt");
    private static final List<String> WORDS = List.of(
            "word",
            "\u00fcber",
            "\u4f60\u597d\u4e16\u754c",
            "\u0645\u0631\u062d\u0628\u0627",
            "\ud83d\udc69\u200d\ud83d\udc67",
            "e\u0301",
            "${x}",
            "{{y}}",
            "\\",
            "\t",
            "\r",
            "-- ",
            "@@",
            "\ufeff");

    private final List<List<String>> histories = RealPrompts.all().stream()
            .map(history -> history.steps().stream().map(RealPrompts.Step::text).toList())
            .toList();
    private final RandomGenerator random;

    Edits(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private <T> T one(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    String text() {
        return one(one(histories));
    }

    /** Another package, in which most is as it was. */
    PromptFiles edited(PromptFiles before) {
        Map<String, PromptFile> files = new TreeMap<>(before.byPath());
        int edits = 1 + random.nextInt(EDITS_MAX);
        for (int i = 0; i < edits; i++) {
            edit(files, one(PATHS));
        }
        files.computeIfPresent("prompt.md", (path, body) -> isText(body) ? body : file("", body.executable()));
        files.putIfAbsent("prompt.md", file(text(), false));
        return PromptFiles.of(files);
    }

    private void edit(Map<String, PromptFile> files, String path) {
        PromptFile file = files.getOrDefault(path, file(text(), false));
        String text = new String(file.bytes(), StandardCharsets.UTF_8);
        switch (random.nextInt(8)) {
            case 0 -> files.remove(path);
            case 1 -> files.put(path, new PromptFile(file.bytes(), !file.executable()));
            case 2 -> files.put(path, file("", file.executable()));
            case 3 -> files.put(path, file("\0" + random.nextInt(), false));
            default -> files.put(path, file(edited(text).replace("\0", ""), file.executable()));
        }
    }

    private static boolean isText(PromptFile file) {
        return !new String(file.bytes(), StandardCharsets.UTF_8).contains("\0");
    }

    private static PromptFile file(String text, boolean executable) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), executable);
    }

    String edited(String before) {
        String text = before;
        int edits = random.nextInt(EDITS_MAX);
        for (int i = 0; i < edits; i++) {
            List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
            edit(lines, random.nextInt(lines.size()));
            text = String.join("\n", lines);
        }
        return switch (random.nextInt(8)) {
            case 0 -> text.replace("\n", "\r\n");
            case 1 -> text.stripTrailing();
            case 2 -> text + "\n";
            default -> text;
        };
    }

    private void edit(List<String> lines, int place) {
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(place);
            case 1 -> lines.add(place, one(Arrays.asList(text().split("\n"))));
            case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(place));
            default -> lines.set(place, reworded(lines.get(place)));
        }
    }

    private String reworded(String line) {
        return Arrays.stream(line.split(" ", -1))
                .map(word -> random.nextInt(5) == 0 ? one(WORDS) : word)
                .collect(Collectors.joining(" "));
    }
}
