package dev.versicle.prompt;

import java.util.Optional;

/** Tries prompts out: puts values for their placeholders, and asks a model where one is configured. */
public final class PromptTrials {
    private final ModelDesk desk;
    private final ModelGateway gateway;

    public PromptTrials(ModelDesk desk, ModelGateway gateway) {
        this.desk = desk;
        this.gateway = gateway;
    }

    /** The model's answer; where no provider is configured for it, the rendered prompt. */
    public String run(Caller caller, Trial trial) {
        Optional<Endpoint> endpoint = trial.model().flatMap(model -> desk.endpoint(caller, model));
        String prompt = Placeholders.render(trial.text().text(), trial.variables());
        return endpoint.map(there -> gateway.ask(
                        new ModelGateway.Question(trial.model().orElseThrow(), there, prompt, trial.sampling())))
                .orElse(prompt);
    }
}
