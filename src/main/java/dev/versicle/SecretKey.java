package dev.versicle;

import dev.versicle.git.Seal;
import dev.versicle.storage.local.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The file {@code secret.key}, whose key seals the API keys of integrations and the secrets of webhooks. It is made
 * where it is missing: where it was lost, what it had sealed stays shut, and says so when it is asked for.
 */
final class SecretKey {
    private SecretKey() {}

    static Seal open(DataDirectory data, SecureRandom random) {
        Path file = data.secretKey();
        if (Files.exists(file)) {
            return read(file, random);
        }
        Seal seal = Seal.make(random);
        data.writeDurably(file, seal.text() + "\n");
        return seal;
    }

    private static Seal read(Path file, SecureRandom random) {
        try {
            return Seal.parse(Files.readString(file).strip(), random)
                    .orElseThrow(() -> new StartRefused("The file " + file + " does not hold 64 hex digits: restore it,"
                            + " or delete it, register the integrations' API keys again, and make the webhooks"
                            + " again."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
