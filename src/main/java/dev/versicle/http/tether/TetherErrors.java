package dev.versicle.http.tether;

import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.http.SharedPath;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptName;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tether's refusals: {@code {"error": "Prompt not found", "details": "No prompt with id …"}} (seeds 000 to 002). */
@Singleton
final class TetherErrors implements Dialect {
    static final String PATH = "/api/prompts";

    /** The envelope; {@code error} is the same for every case of a kind, {@code details} tells this one. */
    @Serdeable
    record Body(String error, String details) {}

    @Override
    public Answer answer(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated ignored -> answer(Failure.UNAUTHENTICATED);
            case Problem.Denied denied ->
                of(403, "Access denied", "You lack " + denied.right() + " on prompt " + denied.prompt() + ".");
            case Problem.Forbidden forbidden ->
                of(403, "Access denied", "Your roles do not allow " + forbidden.what() + ".");
            case Problem.Generated generated ->
                of(403, "Access denied", "The repository of " + generated.place() + " is generated.");
            case Problem.PromptNotFound missing ->
                of(404, "Prompt not found", "No prompt with id " + missing.id() + ".");
            case Problem.VersionNotFound missing ->
                of(404, "Version not found", "Prompt " + missing.prompt() + " has no version " + missing.ref() + ".");
            case Problem.BadVersionId ignored -> of(400, "Invalid version id", "A version id is 24 to 40 hex digits.");
            case Problem.Invalid invalid -> of(400, "Invalid request", invalid.field() + " " + invalid.rule() + ".");
            case Problem.TooLarge large ->
                of(413, Failure.TOO_LARGE.title(), large.what() + " must be at most " + large.bytesMax() + " bytes.");
            case Problem.NameTaken taken -> of(409, "Name taken", "Another prompt is named " + taken.name() + ".");
            case Problem.ReleaseExists exists ->
                of(409, "Release exists", "There is a release " + exists.release() + ".");
            case Problem.DeniedByName denied -> of(403, "Access denied", "You may not write " + names(denied) + ".");
            case Problem.UnknownModel unknown ->
                of(404, "Model not found", "There is no model " + unknown.model() + ".");
            case Problem.UnknownIntegration unknown ->
                of(404, "Integration not found", "There is no integration " + unknown.name() + ".");
            case Problem.ProviderFailed failed ->
                of(502, "Provider failed", "The provider of model " + failed.model() + " " + failed.what() + ".");
            case Problem.RemoteFailed failed -> of(502, "Remote failed", "The remote server " + failed.what() + ".");
            case Problem.ModelDenied denied ->
                of(403, "Access denied", "You may not use model " + denied.model() + ".");
            case Problem.Pinned pinned ->
                of(409, "Version in use", "Version " + pinned.number() + " is " + pinned.by() + ".");
            case Problem.Stale stale ->
                of(
                        412,
                        "Version changed",
                        "If-Match does not hold: what is there now is " + named(stale.latest()) + ".");
            case Problem.Contended ignored ->
                of(409, "Conflict", "Others wrote this prompt at the same time. Try again.");
            case Problem.UnderWay ignored -> of(409, "Conflict", "The same request is under way.");
            case Problem.Starting ignored ->
                of(503, "Index not ready", "The server is making its index anew. Try again soon.");
            case Problem.Busy busy ->
                of(
                        429,
                        "Too many requests",
                        "As many " + busy.what() + " are under way as may be. Try again in " + busy.seconds() + " s.");
            case Problem.MissingVariables missing ->
                of(400, "Invalid request", "There are no values for " + String.join(", ", missing.names()) + ".");
            case Problem.EnvironmentNotFound missing ->
                of(404, "Environment not found", "There is no environment " + missing.name() + ".");
            case Problem.PreconditionRequired ignored ->
                of(428, "Precondition required", "Say with If-Match what you saw there.");
            case Problem.KeyNotFound missing -> of(404, "Key not found", "There is no key " + missing.id() + ".");
            case Problem.WebhookNotFound ignored -> of(404, "Webhook not found", "There is no such webhook.");
            case Problem.DeliveryNotFound ignored -> of(404, "Delivery not found", "There is no such delivery.");
            case Problem.BranchNotFound missing ->
                of(404, "Branch not found", "There is no branch " + missing.branch() + ".");
            case Problem.BranchTaken taken -> of(409, "Branch exists", "There is a branch " + taken.by() + ".");
            case Problem.Conflicts conflicts ->
                of(409, "Conflict", "Branch " + conflicts.branch() + " and main changed the same places.");
            case Problem.Unmergeable unmergeable -> of(409, "Conflict", unmergeable.why());
        };
    }

    @Override
    public Answer answer(Failure failure) {
        return of(failure.status(), failure.title(), failure.sentence());
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Optional<SharedPath.Door> door() {
        return Optional.of(SharedPath.Door.TETHER);
    }

    private static String named(Optional<CommitId> version) {
        return version.map(CommitId::shortId).orElse("no version");
    }

    private static String names(Problem.DeniedByName denied) {
        return denied.names().stream().map(PromptName::text).collect(Collectors.joining(", "));
    }

    private static Answer of(int status, String error, String details) {
        return new Answer(status, new Body(error, details));
    }
}
