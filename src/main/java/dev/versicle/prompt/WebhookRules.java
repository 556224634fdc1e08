package dev.versicle.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may have events told to whom, and who may see that they are. */
public final class WebhookRules {
    private final Prompts prompts;
    private final WebhookTargets targets;

    public WebhookRules(Prompts prompts, WebhookTargets targets) {
        this.prompts = prompts;
        this.targets = targets;
    }

    /**
     * Refuses what the caller may not have: of a prompt it takes every right on it; of a namespace a writer's role
     * there, since that reads all its prompts and changes them; of all of them an administrator's. Looks the address
     * up.
     */
    void require(Caller caller, NewWebhook wanted) {
        switch (wanted.scope()) {
            case Webhook.Scope.OfPrompt one -> prompts.require(caller, one.id(), Right.OWNER);
            case Webhook.Scope.OfNamespace all ->
                require(caller.has(Role.ADMIN) || writes(caller, all.namespace()), "webhooks for this namespace");
            case Webhook.Scope.Everything ignored -> require(caller.has(Role.ADMIN), "webhooks for all prompts");
        }
        targets.require(wanted.url());
    }

    private static boolean writes(Caller caller, Namespace namespace) {
        return caller.has(Role.WRITER) && caller.namespace().equals(namespace);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new PromptException(new Problem.Forbidden(what));
        }
    }

    /** Those that the caller may see and remove; looks at each prompt that others have one for. */
    List<Webhook> seen(Caller caller, List<Webhook> all) {
        Map<PromptId, Boolean> owned = new HashMap<>();
        return all.stream().filter(webhook -> isSeen(caller, webhook, owned)).toList();
    }

    private boolean isSeen(Caller caller, Webhook webhook, Map<PromptId, Boolean> owned) {
        return caller.has(Role.ADMIN)
                || webhook.owner().subject().equals(caller.subject())
                || webhook.prompt()
                        .filter(id -> owned.computeIfAbsent(id, prompt -> owns(caller, prompt)))
                        .isPresent();
    }

    /** Nobody owns what is deleted. */
    private boolean owns(Caller caller, PromptId id) {
        try {
            return prompts.allows(caller, id, Right.OWNER);
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.PromptNotFound) {
                return false;
            }
            throw e;
        }
    }
}
