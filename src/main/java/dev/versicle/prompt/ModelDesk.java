package dev.versicle.prompt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What may be asked of integrations, and by whom: administrators register them, since the server calls what they name;
 * everybody who may read one uses its models. Names are those of the caller's namespace.
 */
public final class ModelDesk implements Models {
    /** In one namespace. */
    public static final int INTEGRATIONS_MAX = 1_000;

    private final Integrations integrations;
    private final InstantSource clock;

    public ModelDesk(Integrations integrations, InstantSource clock) {
        this.integrations = integrations;
        this.clock = clock;
    }

    @Override
    public void require(Caller caller, Collection<ModelName> models) {
        models.forEach(model -> requireUsable(find(caller, model), caller, model));
    }

    /**
     * Where the model is to be asked; empty where no integration has the model's provider's name, or nobody said where
     * it answers. Throws as {@link #require} for a model that an integration does not have.
     */
    Optional<Endpoint> endpoint(Caller caller, ModelName model) {
        Optional<Integration> found = find(caller, model);
        if (found.isPresent()) {
            requireUsable(found, caller, model);
        }
        return found.map(integration -> integration.offer().endpoint()).filter(Endpoint::isWhole);
    }

    private Optional<Integration> find(Caller caller, ModelName model) {
        return integrations.find(IntegrationId.of(caller, model));
    }

    private static void requireUsable(Optional<Integration> found, Caller caller, ModelName model) {
        Integration integration = found.orElseThrow(() -> new PromptException(new Problem.UnknownModel(model)));
        // First, so that a refusal does not tell which models there are.
        if (!integration.isReadable(caller)) {
            throw new PromptException(new Problem.ModelDenied(model));
        }
        if (integration.usable(model).isEmpty()) {
            throw new PromptException(new Problem.UnknownModel(model));
        }
    }

    /** Throws {@link Problem.UnknownIntegration}, and {@link Problem.Forbidden} for who may not read it. */
    public Integration integration(Caller caller, String name) {
        Integration found =
                integrations.find(new IntegrationId(caller.namespace(), name)).orElseThrow(() -> unknown(name));
        if (!found.isReadable(caller)) {
            throw new PromptException(new Problem.Forbidden("using this integration"));
        }
        return found;
    }

    /** A model of an integration, enabled or not. Throws as {@link #integration}, and {@link Problem.UnknownModel}. */
    public Integration.Model model(Caller caller, ModelName name) {
        return Optional.ofNullable(
                        integration(caller, name.provider()).offer().models().get(name.model()))
                .orElseThrow(() -> new PromptException(new Problem.UnknownModel(name)));
    }

    /** Those that the caller may read, by name. */
    public List<Integration> integrations(Caller caller) {
        return integrations.in(caller.namespace()).stream()
                .filter(integration -> integration.isReadable(caller))
                .toList();
    }

    /** Makes an integration known, or says anew what it is. Its type, once said, stays. */
    public void register(Caller caller, String name, IntegrationEdit edit) {
        requireAdministrator(caller);
        IntegrationId id = new IntegrationId(caller.namespace(), name);
        Instant now = clock.instant();
        if (integrations.find(id).isEmpty() && integrations.in(id.namespace()).size() >= INTEGRATIONS_MAX) {
            throw Texts.invalid("integrations", "must be at most " + INTEGRATIONS_MAX + " in a namespace");
        }
        integrations.change(
                id,
                before -> Optional.of(edited(before.orElseGet(() -> fresh(id, caller, now)), edit)
                        .changed(caller, now)),
                caller);
    }

    /** Adds a model to an integration, or says anew what it is. */
    public void putModel(Caller caller, ModelName name, Integration.Model model) {
        models(caller, name, models -> {
            models.put(name.model(), model);
            return models;
        });
    }

    /** Takes a model out of an integration; prompts that name it keep its name. */
    public void removeModel(Caller caller, ModelName name) {
        models(caller, name, models -> {
            if (models.remove(name.model()) == null) {
                throw new PromptException(new Problem.UnknownModel(name));
            }
            return models;
        });
    }

    /** Takes an integration away with its models; prompts that name them keep their names. */
    public void remove(Caller caller, String name) {
        requireAdministrator(caller);
        integrations.change(
                new IntegrationId(caller.namespace(), name),
                before -> {
                    if (before.isEmpty()) {
                        throw unknown(name);
                    }
                    return Optional.empty();
                },
                caller);
    }

    private void models(Caller caller, ModelName name, UnaryOperator<SortedMap<String, Integration.Model>> edit) {
        requireAdministrator(caller);
        Instant now = clock.instant();
        integrations.change(
                IntegrationId.of(caller, name),
                before -> {
                    Integration there = before.orElseThrow(() -> unknown(name.provider()));
                    SortedMap<String, Integration.Model> models =
                            edit.apply(new TreeMap<>(there.offer().models()));
                    Integration.Offer offer =
                            new Integration.Offer(there.offer().endpoint(), models);
                    return Optional.of(there.offering(offer).changed(caller, now));
                },
                caller);
    }

    private static Integration fresh(IntegrationId id, Caller caller, Instant now) {
        return new Integration(
                id,
                new Integration.About(Integration.Category.AI_MODEL, "", Optional.empty(), true),
                new Integration.Offer(Endpoint.NONE, new TreeMap<>()),
                new PromptSettings.Access(caller.subject(), Visibility.PUBLIC, Map.of()),
                new Integration.Changes(caller.subject(), now, caller.subject(), now));
    }

    private static Integration edited(Integration before, IntegrationEdit edit) {
        Endpoint endpoint = edit.endpoint()
                .map(given -> given.after(before.offer().endpoint()))
                .orElse(before.offer().endpoint());
        PromptSettings.Access access = edit.sharing()
                .map(given -> new PromptSettings.Access(before.access().owner(), given.visibility(), given.grants()))
                .orElse(before.access());
        Integration.Offer offer = new Integration.Offer(endpoint, before.offer().models());
        return new Integration(before.id(), edit.about().after(before.about()), offer, access, before.changes());
    }

    private static void requireAdministrator(Caller caller) {
        if (!caller.has(Role.ADMIN)) {
            throw new PromptException(new Problem.Forbidden("registering integrations"));
        }
    }

    private static PromptException unknown(String name) {
        return new PromptException(new Problem.UnknownIntegration(name));
    }
}
