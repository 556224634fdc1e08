package dev.versicle.prompt;

import java.util.Map;
import java.util.Optional;

/** Changes what a prompt is apart from its versions: its place, what is said about it, who may do what. */
public final class SettingsDesk {
    private final Prompts prompts;
    private final Namespaces namespaces;

    public SettingsDesk(Prompts prompts, Namespaces namespaces) {
        this.prompts = prompts;
        this.namespaces = namespaces;
    }

    /** Makes the change, whole. Throws {@link Problem.NameTaken}. */
    public Prompt change(Caller caller, PromptId id, SettingsEdit edit) {
        return prompts.with(caller, id, edit.right(), repository -> {
            PromptSettings before = repository.settings();
            edit.place()
                    .namespace()
                    .filter(target -> !target.equals(before.namespace()))
                    .ifPresent(target -> open(caller, target));
            Runnable change = () -> repository.change(edit::applyTo, Optional.empty(), caller);
            prompts.claimingPlace(before, edit.applyTo(before), id, change);
            return repository.prompt();
        });
    }

    /** A namespace takes prompts from those who may create them there. */
    private void open(Caller caller, Namespace target) {
        if (!caller.has(Role.ADMIN) && !(caller.namespace().equals(target) && caller.creates())) {
            throw new PromptException(new Problem.Forbidden("moving prompts into namespace " + target));
        }
        namespaces.ensure(target, caller);
    }

    /** Who may do what; for those who may update the prompt. */
    public PromptSettings.Access access(Caller caller, PromptId id) {
        return prompts.with(caller, id, Right.UPDATE, PromptRepository::settings)
                .access();
    }

    /** Makes the grants these and no others; for the owner. */
    public PromptSettings.Access grant(Caller caller, PromptId id, Map<String, Right> grants) {
        return prompts.with(caller, id, Right.OWNER, repository -> {
            repository.change(settings -> settings.granting(grants), Optional.empty(), caller);
            return repository.settings().access();
        });
    }
}
