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
        return of(status(problem), sentence(problem));
    }

    private static int status(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated ignored -> 401;
            case Problem.Denied ignored -> 403;
            case Problem.Forbidden ignored -> 403;
            case Problem.DeniedByName ignored -> 403;
            case Problem.ModelDenied ignored -> 403;
            case Problem.Generated ignored -> 403;
            case Problem.PromptNotFound ignored -> 404;
            case Problem.VersionNotFound ignored -> 404;
            case Problem.UnknownModel ignored -> 404;
            case Problem.UnknownIntegration ignored -> 404;
            case Problem.KeyNotFound ignored -> 404;
            case Problem.WebhookNotFound ignored -> 404;
            case Problem.DeliveryNotFound ignored -> 404;
            case Problem.BadVersionId ignored -> 400;
            case Problem.Invalid ignored -> 400;
            case Problem.MissingVariables ignored -> 400;
            case Problem.TooLarge ignored -> 413;
            case Problem.Pinned ignored -> 409;
            case Problem.NameTaken ignored -> 409;
            case Problem.ReleaseExists ignored -> 409;
            case Problem.Stale ignored -> 409;
            case Problem.Contended ignored -> 409;
            case Problem.UnderWay ignored -> 409;
            case Problem.Busy ignored -> 429;
            case Problem.EnvironmentNotFound ignored -> 404;
            case Problem.BranchNotFound ignored -> 404;
            case Problem.BranchTaken ignored -> 409;
            case Problem.Conflicts ignored -> 409;
            case Problem.Unmergeable ignored -> 409;
            case Problem.PreconditionRequired ignored -> 428;
            case Problem.RemoteFailed ignored -> 502;
            case Problem.ProviderFailed ignored -> 502;
            case Problem.Starting ignored -> 503;
        };
    }

    /** For people; it tells nothing of what the caller may not see. */
    static String sentence(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated ignored -> Failure.UNAUTHENTICATED.sentence();
            case Problem.Denied ignored -> "You may read this repository, and may not push to it.";
            case Problem.Forbidden forbidden -> "Your roles do not allow " + forbidden.what() + ".";
            case Problem.DeniedByName ignored -> "You may not write some of these prompts.";
            case Problem.ModelDenied denied -> "You may not use model " + denied.model() + ".";
            case Problem.Generated generated ->
                "This repository is generated: move " + generated.place().environment()
                        + " of a prompt, and it follows. PUT /v1/prompts/{id}/environments/"
                        + generated.place().environment() + " does it, or a push to env/"
                        + generated.place().environment() + " of the prompt's own repository.";
            case Problem.PromptNotFound ignored -> "There is no such repository that you may read.";
            case Problem.VersionNotFound missing -> "There is no version " + missing.ref() + ".";
            case Problem.UnknownModel unknown -> "There is no model " + unknown.model() + ".";
            case Problem.UnknownIntegration unknown -> "There is no integration " + unknown.name() + ".";
            case Problem.KeyNotFound missing -> "There is no key " + missing.id() + ".";
            case Problem.WebhookNotFound missing -> "There is no webhook " + missing.id() + ".";
            case Problem.DeliveryNotFound missing -> "There is no delivery " + missing.id() + ".";
            case Problem.BadVersionId ignored -> "A version's id is 24 to 40 hex digits.";
            case Problem.Invalid invalid -> invalid.field() + " " + invalid.rule() + ".";
            case Problem.MissingVariables missing ->
                "There are no values for " + String.join(", ", missing.names()) + ".";
            case Problem.TooLarge large -> large.what() + " must be at most " + large.bytesMax() + " bytes.";
            case Problem.Pinned pinned -> "Version " + pinned.number() + " is " + pinned.by() + ".";
            case Problem.NameTaken taken -> "Another prompt is named " + taken.name() + ".";
            case Problem.ReleaseExists exists -> "There is a release " + exists.release() + ".";
            case Problem.Stale ignored -> "Somebody was faster. Fetch and try again.";
            case Problem.Contended ignored -> "Others wrote this prompt at the same time. Try again.";
            case Problem.UnderWay ignored -> "The same request is under way.";
            case Problem.Busy busy ->
                "You have as many " + busy.what() + " under way as you may. Try again in " + busy.seconds() + " s.";
            case Problem.RemoteFailed failed -> "The remote server " + failed.what() + ".";
            case Problem.EnvironmentNotFound missing -> "There is no environment " + missing.name() + ".";
            case Problem.PreconditionRequired ignored -> "Say what you saw.";
            case Problem.BranchNotFound missing -> "There is no branch " + missing.branch() + ".";
            case Problem.BranchTaken taken -> "There is a branch " + taken.by() + ".";
            case Problem.Conflicts conflicts -> "Branch " + conflicts.branch() + " is in conflict with main.";
            case Problem.Unmergeable unmergeable -> unmergeable.why();
            case Problem.ProviderFailed failed -> "The provider of model " + failed.model() + " " + failed.what() + ".";
            case Problem.Starting ignored -> "The server is making its index anew. Try again soon.";
        };
    }

    @Override
    public Answer answer(Failure failure) {
        return of(
                failure.status(),
                failure == Failure.MEDIA_TYPE
                        ? "A request's Content-Type must be that of the service, and its Content-Encoding gzip or none."
                        : failure.sentence());
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
