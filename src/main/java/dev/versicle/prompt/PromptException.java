package dev.versicle.prompt;

import java.io.Serial;

/** A refusal that the caller can understand; carries the {@link Problem} and, being no fault of ours, no stack. */
public final class PromptException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public PromptException(Problem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
