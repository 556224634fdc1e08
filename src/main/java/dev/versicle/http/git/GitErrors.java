package dev.versicle.http.git;

import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.prompt.Problem;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;

/** Refusals as Git clients show them: a sentence in plain text, which {@code git} prints after {@code remote:}. */
@Singleton
final class GitErrors implements Dialect {
    static final String PATH = "/git";

    @Override
    public Answer answer(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated ignored -> answer(Failure.UNAUTHENTICATED);
            case Problem.PromptNotFound ignored -> of(404, "There is no such repository.");
            case Problem.Denied ignored -> of(403, "You may not push to this repository.");
            case Problem.Starting ignored -> of(503, "The server is making its index anew. Try again soon.");
            case Problem.Invalid invalid -> of(400, invalid.field() + " " + invalid.rule() + ".");
            default -> of(400, "The request was refused.");
        };
    }

    @Override
    public Answer answer(Failure failure) {
        return of(failure.status(), failure.sentence());
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public MediaType type() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public String challenge() {
        return "Basic realm=\"Versicle\", charset=\"UTF-8\"";
    }

    private static Answer of(int status, String sentence) {
        return new Answer(status, sentence + "\n");
    }
}
