package dev.versicle.notify;

import dev.versicle.egress.Destination;
import dev.versicle.egress.Egress;
import dev.versicle.prompt.WebhookTargets;

/** Takes for a subscriber what the guarded way out would call; each call is judged anew. */
public final class GuardedTargets implements WebhookTargets {
    private final Egress egress;

    public GuardedTargets(Egress egress) {
        this.egress = egress;
    }

    @Override
    public void require(String url) {
        egress.require(Destination.parse("url", url));
    }
}
