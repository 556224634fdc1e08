package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.Git;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that come as streams: small ones are held, large ones are not, and nobody sees a difference. */
class LargeObjectsTest {
    private static final String ID = "0000000000000000000000aa";
    private static final int LARGE = 1_000_000;

    @TempDir
    private Path root;

    private DataDirectory data;
    private LocalRepositories repositories;
    private Path place;
    private Repository git;

    @BeforeEach
    void open() throws IOException {
        data = DataDirectory.open(root.resolve("data"));
        repositories = new LocalRepositories(data, 1, () -> Instant.EPOCH);
        repositories.create(ID, fresh -> {});
        place = data.prompts().resolve("aa").resolve(ID + ".git");
        git = repositories.open(ID).orElseThrow();
    }

    @AfterEach
    void nothingHalfWrittenIsLeft() throws IOException {
        git.close();
        repositories.close();
        data.close();
        try (Stream<Path> files = Files.list(place.resolve("objects"))) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(ForcedRepository.HALF_WRITTEN))
                            .toList());
        }
        new Git(place).requireSound();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private ObjectId insert(byte[] bytes, int length) throws IOException {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, length, new ByteArrayInputStream(bytes));
            inserter.flush();
            return id;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 81_920, LARGE})
    void aStreamIsTheObjectThatItsBytesAre(int size) throws IOException {
        byte[] bytes = noise(size);

        ObjectId id = insert(bytes, size);

        Path file = Files.write(root.resolve("file"), bytes);
        assertEquals(new Git(place).run("hash-object", file.toString()), id.name());
        assertArrayEquals(bytes, new Git(place).bytes("cat-file", "blob", id.name()));
    }

    @Test
    void whatIsThereAlreadyStaysAsItIs() throws IOException {
        byte[] bytes = noise(LARGE);
        ObjectId id = insert(bytes, LARGE);
        Path object = place.resolve("objects")
                .resolve(id.name().substring(0, 2))
                .resolve(id.name().substring(2));
        Object file = Files.getAttribute(object, "unix:ino");

        assertEquals(id, insert(bytes, LARGE));

        assertEquals(file, Files.getAttribute(object, "unix:ino"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, LARGE})
    void aStreamThatEndsTooEarlyIsNoObject(int size) throws IOException {
        assertThrows(EOFException.class, () -> insert(noise(size), size + 1));

        assertEquals("0 objects, 0 kilobytes", new Git(place).run("count-objects"));
    }

    @Test
    void ofALongerStreamNoMoreIsTakenThanWasSaid() throws IOException {
        ObjectId id = insert(noise(LARGE), LARGE - 1);

        assertEquals(Integer.toString(LARGE - 1), new Git(place).run("cat-file", "-s", id.name()));
    }
}
