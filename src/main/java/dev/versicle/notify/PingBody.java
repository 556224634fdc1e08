package dev.versicle.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Webhook;

/** What a ping says, in GitHub's shape and types; never the secret. */
record PingBody(Webhook webhook) {
    private static final String ZEN = "What is deployed has a name, a number and a reason.";

    ObjectNode write() {
        // A webhook's id is 12 hex digits, and GitHub's are numbers.
        long id = Long.parseLong(webhook.id(), 16);
        ObjectNode body = Bodies.object();
        body.put("zen", ZEN);
        body.put("hook_id", id);
        ObjectNode hook = body.putObject("hook");
        hook.put("type", "Repository");
        hook.put("id", id);
        hook.put("node_id", webhook.id());
        hook.put("name", "web");
        hook.put("active", true);
        Bodies.put(
                hook,
                "events",
                webhook.events().stream().map(EventKind::text).sorted().toList());
        hook.putObject("config")
                .put("url", webhook.url())
                .put("content_type", "json")
                .put("insecure_ssl", "0");
        hook.put("created_at", Bodies.time(webhook.createdAt()));
        hook.put("updated_at", Bodies.time(webhook.createdAt()));
        return body;
    }
}
