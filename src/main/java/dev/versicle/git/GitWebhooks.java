package dev.versicle.git;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.Webhooks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscriptions in {@code system.git}, as {@code webhooks/<id>.json}. Secrets lie in them under a {@link Seal}, each
 * bound to its subscription.
 *
 * <p>Where a sealed secret cannot be opened, since the seal's key was lost, the subscription has a secret that nobody
 * knows, which is logged once: who verifies signatures refuses what comes, and it is tried again as anything that was
 * refused, so that nothing is lost where the key is brought back soon.
 */
public final class GitWebhooks implements Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(GitWebhooks.class);
    private static final String DIRECTORY = "webhooks";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");

    private final SystemFiles files;
    private final SystemDirectory<Webhook> directory;
    private final Seal seal;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    GitWebhooks(SystemFiles files, Seal seal) {
        this.files = files;
        this.directory = files.directory(DIRECTORY, this::read);
        this.seal = seal;
    }

    @Override
    public Optional<Webhook> find(String id) {
        return ID.matcher(id).matches() ? directory.find(path(id)) : Optional.empty();
    }

    @Override
    public List<Webhook> all() {
        return directory.all();
    }

    @Override
    public void add(Webhook webhook, Caller by) {
        ObjectNode file = WebhookCodec.write(webhook, seal.close(owner(webhook.id()), webhook.secret()));
        files.change(path(webhook.id()), before -> Optional.of(file), by, "Add webhook " + webhook.id());
    }

    @Override
    public void remove(String id, Caller by) {
        files.change(path(id), before -> Optional.empty(), by, "Remove webhook " + id);
    }

    private Webhook read(ObjectNode file) throws IOException {
        return WebhookCodec.read(file, this::secret);
    }

    private Secret secret(String id, String sealed) {
        return seal.open(owner(id), sealed).orElseGet(() -> unknown(id));
    }

    /** What a seal makes of nothing is chance to everybody. */
    private Secret unknown(String id) {
        if (lost.add(id)) {
            LOG.warn(
                    "The secret of webhook {} cannot be opened: it was sealed with another secret.key. What is sent"
                            + " until that file is back has a signature that holds for nobody.",
                    id);
        }
        return new Secret(seal.closeText(owner(id), ""));
    }

    private static String owner(String id) {
        return DIRECTORY + "/" + id;
    }

    private static String path(String id) {
        return DIRECTORY + "/" + id + ".json";
    }
}
