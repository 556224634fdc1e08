package dev.versicle.prompt;

import java.util.function.IntFunction;

/** What Git clients may ask of a prompt, and be told of it. A push is a save: it goes by the same rules, and lists and tags follow it. */
public final class GitDesk {
    private static final String SUFFIX = ".git";

    private final Prompts prompts;

    public GitDesk(Prompts prompts) {
        this.prompts = prompts;
    }

    /**
     * The prompt that a clone URL names, with {@code .git} at its end or without; one by a former name, too. What the
     * caller may not read is {@link Problem.PromptNotFound}.
     */
    public PromptId find(Caller caller, Namespace namespace, String name) {
        try {
            return prompts.locate(caller, namespace, new PromptName(name)).id();
        } catch (PromptException e) {
            if (!name.endsWith(SUFFIX)) {
                throw e;
            }
            String bare = name.substring(0, name.length() - SUFFIX.length());
            return prompts.locate(caller, namespace, new PromptName(bare)).id();
        }
    }

    /** Throws where the caller may not use the service. */
    public void require(Caller caller, PromptId id, GitService service) {
        prompts.require(caller, id, service.right());
    }

    /** Writes the refs that the caller may see, and what the server can do. */
    public void advertise(Caller caller, PromptId id, GitService service, Wire wire) {
        prompts.with(caller, id, service.right(), prompt -> {
            prompt.advertise(service, wire, caller);
            return id;
        });
    }

    /** Answers a fetch. */
    public void upload(Caller caller, PromptId id, Wire wire) {
        prompts.with(caller, id, GitService.UPLOAD_PACK.right(), prompt -> {
            prompt.upload(wire, caller);
            return id;
        });
    }

    /** What came with a move of a ref, told to who may read the prompt. */
    public PushedCommits pushed(Caller caller, PromptId id, Event.Pushed push) {
        return prompts.with(caller, id, Right.READ, prompt -> prompt.pushed(push));
    }

    /**
     * Takes in a push.
     *
     * @param address where a version of a number can be seen, for people
     */
    public void receive(Caller caller, PromptId id, Wire wire, IntFunction<String> address) {
        prompts.with(caller, id, GitService.RECEIVE_PACK.right(), prompt -> {
            prompt.receive(wire, caller, address);
            return id;
        });
    }
}
