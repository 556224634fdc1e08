package dev.versicle;

import dev.versicle.auth.ApiKeyText;
import dev.versicle.auth.SigningKey;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import dev.versicle.storage.local.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that a server needs before its first request, made at its first start.
 *
 * <p>The first start is over when {@code jwt.key} is there, which is written last: administrator's key to its file, its
 * hash to the ring, then {@code jwt.key}. A start that was killed in between is repeated by the next one, with the same
 * administrator's key. Later starts touch neither file nor ring: an operator may have deleted the one and revoked the
 * other, and neither must come back.
 *
 * @param signing the key of the server's own tokens
 * @param administrator the administrator's key, where this start added it to the ring
 */
record ServerKeys(SigningKey signing, Optional<ApiKeyText> administrator) {
    static final Caller ADMINISTRATOR =
            new Caller("admin", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));

    static ServerKeys open(DataDirectory data, KeyRing ring, InstantSource clock, SecureRandom random) {
        if (!isFirstStart(data)) {
            return new ServerKeys(signing(data.jwtKey()), Optional.empty());
        }
        ApiKeyText key = Files.exists(data.adminKey()) ? administrator(data.adminKey()) : administrator(data, random);
        boolean fresh = ring.find(key.id()).isEmpty();
        if (fresh) {
            ring.add(key.kept(ADMINISTRATOR, clock.instant(), Optional.empty()), ADMINISTRATOR);
        }
        SigningKey signing = SigningKey.make(random);
        data.writeDurably(data.jwtKey(), signing.text() + "\n");
        return new ServerKeys(signing, Optional.of(key).filter(made -> fresh));
    }

    static boolean isFirstStart(DataDirectory data) {
        return !Files.exists(data.jwtKey());
    }

    private static ApiKeyText administrator(DataDirectory data, SecureRandom random) {
        ApiKeyText key = ApiKeyText.make(random);
        data.writeDurably(data.adminKey(), key.text() + "\n");
        return key;
    }

    private static ApiKeyText administrator(Path file) {
        return ApiKeyText.parse(text(file))
                .orElseThrow(() -> new StartRefused("The file " + file
                        + " holds no API key (vsk_<id>_<secret>): delete it, and the start makes a new one."));
    }

    private static SigningKey signing(Path file) {
        return SigningKey.parse(text(file))
                .orElseThrow(() -> new StartRefused("The file " + file
                        + " does not hold 64 hex digits: restore it, or delete it to make all issued tokens void."));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
