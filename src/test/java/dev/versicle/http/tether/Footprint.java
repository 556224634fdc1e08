package dev.versicle.http.tether;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a server has written so far. */
final class Footprint {
    private Footprint() {}

    /** Every file under the data directory but the catalog, which is derived, with its digest. */
    static SortedMap<String, String> of(Path data) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (Path file : files(data)) {
            digests.put(data.relativize(file).toString(), digest(file));
        }
        digests.keySet().removeIf(path -> path.startsWith("catalog.db"));
        return digests;
    }

    /** The ids of a repository's loose objects. */
    static Stream<String> objects(Path repository) throws IOException {
        Path objects = repository.resolve("objects");
        return files(objects).stream()
                .map(file -> objects.relativize(file).toString().replace("/", ""))
                .filter(id -> id.matches("[0-9a-f]{40}"));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private static String digest(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return new BigInteger(1, digest).toString(16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
