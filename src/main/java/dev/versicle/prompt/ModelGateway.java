package dev.versicle.prompt;

/** The way out to the providers of models. */
@FunctionalInterface
public interface ModelGateway {
    /**
     * What a model is asked.
     *
     * @param endpoint a whole one
     */
    record Question(ModelName model, Endpoint endpoint, String prompt, Trial.Sampling sampling) {}

    /**
     * The model's answer, in bounded time and of bounded size; otherwise throws {@link Problem.ProviderFailed}, which
     * tells neither the key nor what the provider said.
     */
    String ask(Question question);
}
