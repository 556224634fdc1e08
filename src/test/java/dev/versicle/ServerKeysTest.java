package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.auth.ApiKeyText;
import dev.versicle.git.GitSystem;
import dev.versicle.prompt.ApiKey;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.Role;
import dev.versicle.storage.local.DataDirectory;
import dev.versicle.storage.local.LocalRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeysTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path directory;

    private DataDirectory data;
    private LocalRepositories repositories;
    private KeyRing ring;

    @BeforeEach
    void open() {
        data = DataDirectory.open(directory);
        repositories = new LocalRepositories(data, 4, CLOCK);
        ring = GitSystem.open(repositories, CLOCK);
    }

    @AfterEach
    void close() {
        repositories.close();
        data.close();
    }

    private ServerKeys start() {
        return ServerKeys.open(data, ring, CLOCK, new SecureRandom());
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void theFirstStartMakesBothKeysForTheOwnersEyesOnly() throws IOException {
        ServerKeys keys = start();
        ApiKeyText administrator = keys.administrator().orElseThrow();
        assertEquals(administrator.text() + "\n", text(data.adminKey()));
        assertEquals(keys.signing().text() + "\n", text(data.jwtKey()));
        for (Path file : new Path[] {data.adminKey(), data.jwtKey()}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        ApiKey kept = ring.find(administrator.id()).orElseThrow();
        assertEquals("admin", kept.bearer().subject());
        assertTrue(kept.bearer().has(Role.ADMIN));
        assertFalse(kept.toString().contains(administrator.secret()));
    }

    @Test
    void aLaterStartReadsTheSameAndShowsNoKey() {
        String signing = start().signing().text();
        ServerKeys later = start();
        assertEquals(signing, later.signing().text());
        assertEquals(Optional.empty(), later.administrator());
    }

    @Test
    void anAdministratorsKeyThatWasRevokedOrDeletedDoesNotComeBack() throws IOException {
        ApiKeyText administrator = start().administrator().orElseThrow();
        ring.remove(administrator.id(), ServerKeys.ADMINISTRATOR);
        start();
        assertEquals(Optional.empty(), ring.find(administrator.id()));

        Files.delete(data.adminKey());
        start();
        assertFalse(Files.exists(data.adminKey()));
    }

    @Test
    void aFirstStartKilledAfterTheFileWasWrittenIsFinishedByTheNext() {
        ApiKeyText written = ApiKeyText.make(new SecureRandom());
        data.writeDurably(data.adminKey(), written.text() + "\n");
        assertEquals(Optional.of(written), start().administrator());
        assertTrue(ring.find(written.id()).isPresent());
    }

    @Test
    void aFirstStartKilledAfterTheRingKnewTheKeyIsFinishedByTheNext() throws IOException {
        ApiKeyText administrator = start().administrator().orElseThrow();
        Files.delete(data.jwtKey());
        start();
        assertEquals(administrator.text() + "\n", text(data.adminKey()));
        assertTrue(Files.exists(data.jwtKey()));
        assertTrue(ring.find(administrator.id()).isPresent());
    }

    @Test
    void deletingTheSigningKeyMakesANewOne() throws IOException {
        String before = start().signing().text();
        Files.delete(data.jwtKey());
        assertNotEquals(before, start().signing().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"})
    void aMalformedSigningKeyIsRefusedWithASentenceThatDoesNotShowIt(String text) {
        data.writeDurably(data.jwtKey(), text);
        StartRefused refused = assertThrows(StartRefused.class, this::start);
        assertEquals(
                "The file " + data.jwtKey()
                        + " does not hold 64 hex digits: restore it, or delete it to make all issued tokens void.",
                refused.getMessage());
    }

    @Test
    void aMalformedAdministratorsKeyIsRefusedWithASentence() {
        data.writeDurably(data.adminKey(), "secret");
        StartRefused refused = assertThrows(StartRefused.class, this::start);
        assertEquals(
                "The file " + data.adminKey()
                        + " holds no API key (vsk_<id>_<secret>): delete it, and the start makes a new one.",
                refused.getMessage());
    }
}
