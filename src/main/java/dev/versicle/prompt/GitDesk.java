package dev.versicle.prompt;

import java.util.Optional;

/**
 * What Git clients may ask of a prompt, and of the generated repositories of environments. A push is a save: it goes by
 * the same rules, and lists and tags follow it.
 */
public final class GitDesk {
    private static final String SUFFIX = ".git";

    private final Prompts prompts;
    private final EnvironmentRepositories environments;

    public GitDesk(Prompts prompts, EnvironmentRepositories environments) {
        this.prompts = prompts;
        this.environments = environments;
    }

    /**
     * What a clone URL names, with {@code .git} at its end or without: a prompt, by a former name, too, or an
     * environment. What the caller may not read is {@link Problem.PromptNotFound}.
     */
    public GitTarget find(Caller caller, Namespace namespace, String name) {
        if (PromptName.isReserved(name)) {
            return new GitTarget.OfEnvironment(environment(caller, namespace, name));
        }
        return new GitTarget.OfPrompt(prompt(caller, namespace, name));
    }

    private PromptId prompt(Caller caller, Namespace namespace, String name) {
        try {
            return prompts.locate(caller, namespace, new PromptName(name)).id();
        } catch (PromptException e) {
            if (!name.endsWith(SUFFIX)) {
                throw e;
            }
            return prompts.locate(caller, namespace, new PromptName(bare(name))).id();
        }
    }

    private EnvironmentPlace environment(Caller caller, Namespace namespace, String name) {
        return Optional.of(bare(name))
                .filter(text -> text.startsWith(PromptName.ENVIRONMENTS))
                .flatMap(text -> EnvironmentName.find(text.substring(PromptName.ENVIRONMENTS.length())))
                .map(environment -> new EnvironmentPlace(namespace, environment))
                .filter(place -> place.isReadBy(caller) && environments.has(place))
                .orElseThrow(() -> new PromptException(new Problem.PromptNotFound(name)));
    }

    private static String bare(String name) {
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Throws where the caller may not use the service; nobody pushes to an environment's repository. */
    public void require(Caller caller, GitTarget target, GitService service) {
        switch (target) {
            case GitTarget.OfPrompt prompt -> prompts.require(caller, prompt.id(), service.right());
            case GitTarget.OfEnvironment environment -> {
                requireReader(caller, environment.place());
                if (service == GitService.RECEIVE_PACK) {
                    throw new PromptException(new Problem.Generated(environment.place()));
                }
            }
        }
    }

    private static void requireReader(Caller caller, EnvironmentPlace place) {
        if (!place.isReadBy(caller)) {
            throw new PromptException(new Problem.PromptNotFound(place.toString()));
        }
    }

    /** Writes the refs that the caller may see, and what the server can do. */
    public void advertise(Caller caller, GitTarget target, GitService service, Wire wire) {
        switch (target) {
            case GitTarget.OfPrompt prompt ->
                prompts.with(caller, prompt.id(), service.right(), repository -> {
                    repository.advertise(service, wire, caller);
                    return prompt;
                });
            case GitTarget.OfEnvironment environment -> {
                require(caller, environment, service);
                environments.advertise(environment.place(), wire);
            }
        }
    }

    /** Answers a fetch. */
    public void upload(Caller caller, GitTarget target, Wire wire) {
        switch (target) {
            case GitTarget.OfPrompt prompt ->
                prompts.with(caller, prompt.id(), GitService.UPLOAD_PACK.right(), repository -> {
                    repository.upload(wire, caller);
                    return prompt;
                });
            case GitTarget.OfEnvironment environment -> {
                requireReader(caller, environment.place());
                environments.upload(environment.place(), wire);
            }
        }
    }

    /** Where things can be seen, for people. */
    @FunctionalInterface
    public interface Addresses {
        String version(PromptId prompt, int number);
    }

    /** Takes in a push. */
    public void receive(Caller caller, GitTarget target, Wire wire, Addresses addresses) {
        switch (target) {
            case GitTarget.OfPrompt prompt ->
                prompts.with(caller, prompt.id(), GitService.RECEIVE_PACK.right(), repository -> {
                    repository.receive(wire, caller, number -> addresses.version(prompt.id(), number));
                    return prompt;
                });
            case GitTarget.OfEnvironment environment -> require(caller, environment, GitService.RECEIVE_PACK);
        }
    }
}
