package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Integration;
import dev.versicle.prompt.IntegrationId;
import dev.versicle.prompt.Integrations;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Integrations in {@code system.git}, as {@code integrations/<SHA-256 of namespace and name>.json}: no name that a
 * caller chose is a path there. API keys lie in them under a {@link Seal}, each bound to its integration.
 *
 * <p>Where a sealed key cannot be opened, since the seal's key was lost, the integration is there without it, which is
 * logged once. What is sealed stays in the file until another key or another address is given, so that it is there
 * again when the seal's key is brought back.
 */
public final class GitIntegrations implements Integrations {
    private static final Logger LOG = LoggerFactory.getLogger(GitIntegrations.class);
    private static final String DIRECTORY = "integrations";

    private final SystemFiles files;
    private final Seal seal;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    GitIntegrations(SystemFiles files, Seal seal) {
        this.files = files;
        this.seal = seal;
    }

    @Override
    public Optional<Integration> find(IntegrationId id) {
        return files.read(path(id)).map(this::read);
    }

    @Override
    public List<Integration> in(Namespace namespace) {
        return files.all(DIRECTORY).stream()
                .map(this::read)
                .filter(integration -> integration.id().namespace().equals(namespace))
                .sorted(Comparator.comparing(integration -> integration.id().name()))
                .toList();
    }

    @Override
    public void change(IntegrationId id, Function<Optional<Integration>, Optional<Integration>> edit, Caller by) {
        files.change(path(id), file -> changed(file, edit), by, "Change integration " + id.name());
    }

    private Optional<ObjectNode> changed(
            Optional<ObjectNode> file, Function<Optional<Integration>, Optional<Integration>> edit) {
        Optional<Integration> before = file.map(this::read);
        Optional<Integration> after = edit.apply(before);
        return after.map(integration -> {
            ObjectNode written = IntegrationCodec.write(integration);
            sealed(file, before, integration).ifPresent(text -> written.put(IntegrationCodec.SEALED, text));
            return written;
        });
    }

    /** What is sealed of the key: the same text while it is the same key, or one that cannot be opened. */
    private Optional<String> sealed(Optional<ObjectNode> file, Optional<Integration> before, Integration after) {
        boolean same = before.map(integration -> integration.offer().endpoint())
                .filter(after.offer().endpoint()::equals)
                .isPresent();
        return same
                ? file.flatMap(object -> Json.text(object, IntegrationCodec.SEALED))
                : after.offer().endpoint().key().map(key -> seal.close(hash(after.id()), key));
    }

    private Integration read(ObjectNode file) {
        try {
            Integration bare = IntegrationCodec.read(file, Optional.empty());
            Optional<String> sealed = Json.text(file, IntegrationCodec.SEALED);
            return sealed.isPresent() ? IntegrationCodec.read(file, key(bare.id(), sealed.get())) : bare;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Secret> key(IntegrationId id, String sealed) {
        Optional<Secret> key = seal.open(hash(id), sealed);
        if (key.isEmpty() && lost.add(sealed)) {
            LOG.warn(
                    "The API key of integration {} in namespace {} cannot be opened: it was sealed with another"
                            + " secret.key. Bring that file back, or register the integration again.",
                    id.name(),
                    id.namespace());
        }
        return key;
    }

    private static String path(IntegrationId id) {
        return DIRECTORY + "/" + hash(id) + ".json";
    }

    /** A namespace has no slash, so that no two integrations are one text. */
    private static String hash(IntegrationId id) {
        try {
            byte[] text = (id.namespace() + "/" + id.name()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
