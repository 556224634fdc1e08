package dev.versicle.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.prompt.Problem;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.Map;

/** The house's own envelope, for what is at no door: {@code {"error": "CODE", "message": "...", "details": {}}}. */
@Singleton
final class HouseErrors implements Dialect {
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Body(String error, String message, Map<String, String> details) {}

    @Override
    public Answer answer(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated ignored -> answer(Failure.UNAUTHENTICATED);
            case Problem.Denied denied -> of(403, "FORBIDDEN", "You lack " + denied.right() + " on this prompt.");
            case Problem.Forbidden forbidden ->
                of(403, "FORBIDDEN", "Your roles do not allow " + forbidden.what() + ".");
            case Problem.Generated generated ->
                of(403, "FORBIDDEN", "The repository of " + generated.place() + " is generated.");
            case Problem.PromptNotFound ignored -> of(404, "NOT_FOUND", "There is no such prompt.");
            case Problem.VersionNotFound ignored -> of(404, "NOT_FOUND", "The prompt has no such version.");
            case Problem.BadVersionId ignored -> of(400, "BAD_REQUEST", "A version's id is 24 to 40 hex digits.");
            case Problem.Invalid invalid -> invalid(invalid);
            case Problem.TooLarge large ->
                of(413, "PAYLOAD_TOO_LARGE", large.what() + " is over " + large.bytesMax() + " bytes.");
            case Problem.NameTaken ignored -> of(409, "CONFLICT", "The name is taken.");
            case Problem.ReleaseExists ignored -> of(409, "CONFLICT", "The release exists.");
            case Problem.DeniedByName ignored -> of(403, "FORBIDDEN", "You may not write some of these prompts.");
            case Problem.UnknownModel unknown -> of(404, "NOT_FOUND", "There is no model " + unknown.model() + ".");
            case Problem.UnknownIntegration unknown ->
                of(404, "NOT_FOUND", "There is no integration " + unknown.name() + ".");
            case Problem.ProviderFailed failed ->
                of(502, "BAD_GATEWAY", "The provider of model " + failed.model() + " " + failed.what() + ".");
            case Problem.RemoteFailed failed -> of(502, "BAD_GATEWAY", "The remote server " + failed.what() + ".");
            case Problem.ModelDenied denied -> of(403, "FORBIDDEN", "You may not use model " + denied.model() + ".");
            case Problem.Pinned pinned ->
                of(409, "CONFLICT", "Version " + pinned.number() + " is " + pinned.by() + ".");
            case Problem.Stale ignored -> of(412, "PRECONDITION_FAILED", "Somebody was faster.");
            case Problem.Contended ignored -> of(409, "CONFLICT", "Others write here; try again.");
            case Problem.UnderWay ignored -> of(409, "CONFLICT", "The same request is under way.");
            case Problem.Starting ignored -> of(503, "UNAVAILABLE", "The index is being made anew; try again soon.");
            case Problem.Busy busy ->
                of(
                        429,
                        "RATE_LIMITED",
                        "As many " + busy.what() + " are under way as may be. Try again in " + busy.seconds() + " s.");
            case Problem.MissingVariables missing ->
                of(400, "BAD_REQUEST", "There are no values for " + String.join(", ", missing.names()) + ".");
            case Problem.EnvironmentNotFound missing ->
                of(404, "NOT_FOUND", "There is no environment " + missing.name() + ".");
            case Problem.PreconditionRequired ignored ->
                of(428, "PRECONDITION_REQUIRED", "Say with If-Match what you saw there.");
            case Problem.KeyNotFound ignored -> of(404, "NOT_FOUND", "There is no such key.");
            case Problem.WebhookNotFound ignored -> of(404, "NOT_FOUND", "There is no such webhook.");
            case Problem.DeliveryNotFound ignored -> of(404, "NOT_FOUND", "There is no such delivery.");
            case Problem.BranchNotFound ignored -> of(404, "NOT_FOUND", "There is no such branch.");
            case Problem.BranchTaken ignored -> of(409, "CONFLICT", "The name is taken.");
            case Problem.Conflicts ignored -> of(409, "CONFLICT", "Both sides changed the same places.");
            case Problem.Unmergeable unmergeable -> of(409, "CONFLICT", unmergeable.why());
        };
    }

    @Override
    public Answer answer(Failure failure) {
        return of(failure.status(), code(failure), failure.sentence());
    }

    @Override
    public String path() {
        return "";
    }

    private static String code(Failure failure) {
        return switch (failure) {
            case MALFORMED -> "BAD_REQUEST";
            case UNAUTHENTICATED, TOKEN_EXPIRED -> "UNAUTHORIZED";
            case FORBIDDEN -> "FORBIDDEN";
            case NO_ROUTE -> "NOT_FOUND";
            case METHOD -> "METHOD_NOT_ALLOWED";
            case NOT_ACCEPTABLE -> "NOT_ACCEPTABLE";
            case TOO_LARGE -> "PAYLOAD_TOO_LARGE";
            case MEDIA_TYPE -> "UNSUPPORTED_MEDIA_TYPE";
            case INTERNAL -> "INTERNAL";
        };
    }

    private static Answer invalid(Problem.Invalid invalid) {
        String message = invalid.field() + " " + invalid.rule();
        return new Answer(400, new Body("BAD_REQUEST", message, Map.of(invalid.field(), invalid.rule())));
    }

    private static Answer of(int status, String code, String message) {
        return new Answer(status, new Body(code, message, Map.of()));
    }
}
