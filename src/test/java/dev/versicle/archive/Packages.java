package dev.versicle.archive;

import dev.versicle.prompt.PromptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Files for packages. */
final class Packages {
    private static final List<String> NAMES =
            List.of("a", "a b", "prompt", "日本語", "é", "x.y", "z-", "n".repeat(90), "ж".repeat(60));

    private Packages() {}

    static PromptFile file(String text) {
        return new PromptFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Bytes that gzip makes some 15 times smaller. */
    static byte[] compressible(int size, long seed) {
        byte[] bytes = new byte[size];
        byte[] noise = new byte[24];
        Random random = new Random(seed);
        for (int at = 0; at < size; at += 512) {
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, size - at));
        }
        return bytes;
    }

    /** Up to 30 files with names and sizes that are hard to get right. */
    static Map<String, PromptFile> random(RandomGenerator random) {
        Map<String, PromptFile> files = new TreeMap<>();
        files.put("prompt.md", file("body " + random.nextInt()));
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            StringBuilder path = new StringBuilder();
            for (int level = random.nextInt(4); level > 0; level--) {
                path.append("d").append(random.nextInt(3)).append('/');
            }
            path.append(NAMES.get(random.nextInt(NAMES.size()))).append(i);
            byte[] bytes = new byte[List.of(0, 1, 511, 512, 513, 70_000).get(random.nextInt(6))];
            random.nextBytes(bytes);
            files.put(path.toString(), new PromptFile(bytes, random.nextBoolean()));
        }
        return files;
    }

    /** Puts the files on a disk, for a tool to pack. */
    static void lay(Map<String, PromptFile> files, Path directory) {
        files.forEach((path, file) -> {
            Path target = directory.resolve(path);
            try {
                Files.createDirectories(target.getParent());
                Files.write(target, file.bytes());
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(file.executable() ? "rwxr-xr-x" : "rw-r--r--"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
