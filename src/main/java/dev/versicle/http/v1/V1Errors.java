package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.prompt.Problem;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals as prompts.dev words them: {@code {"error": "CODE", "message": "…", "details": {"field": "rule"}}}. */
@Singleton
final class V1Errors implements Dialect {
    static final String PATH = "/v1";

    /** What the heart and the other doors call otherwise. */
    private static final Map<String, String> FIELDS = Map.of(
            "displayVersion",
            "display_version",
            "prompt",
            "text",
            "key",
            "tags",
            "value",
            "tags",
            "promptId",
            "prompt");

    /** The envelope; seed 004. */
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
            case Problem.DeniedByName ignored -> of(403, "FORBIDDEN", "You may not write some of these prompts.");
            case Problem.ModelDenied denied -> of(403, "FORBIDDEN", "You may not use model " + denied.model() + ".");
            case Problem.Generated generated ->
                of(403, "FORBIDDEN", "The repository of " + generated.place() + " is generated.");
            case Problem.PromptNotFound ignored -> notFound("There is no such prompt.");
            case Problem.VersionNotFound missing -> notFound("The prompt has no version " + missing.ref() + ".");
            case Problem.EnvironmentNotFound missing -> notFound("There is no environment " + missing.name() + ".");
            case Problem.KeyNotFound missing -> notFound("There is no key " + missing.id() + ".");
            case Problem.WebhookNotFound missing -> notFound("There is no webhook " + missing.id() + ".");
            case Problem.DeliveryNotFound missing -> notFound("There is no delivery " + missing.id() + ".");
            case Problem.UnknownModel unknown -> notFound("There is no model " + unknown.model() + ".");
            case Problem.UnknownIntegration unknown -> notFound("There is no integration " + unknown.name() + ".");
            case Problem.BadVersionId ignored -> invalid(Map.of("rev", "must be 24 to 40 hex digits"));
            case Problem.Invalid invalid ->
                invalid(Map.of(FIELDS.getOrDefault(invalid.field(), invalid.field()), invalid.rule()));
            case Problem.MissingVariables missing -> missing(missing);
            case Problem.TooLarge large ->
                of(413, "PAYLOAD_TOO_LARGE", large.what() + " must be at most " + large.bytesMax() + " bytes.");
            case Problem.NameTaken taken -> conflict("Another prompt is named " + taken.name() + ".");
            case Problem.ReleaseExists exists -> conflict("There is a version " + exists.release() + ".");
            case Problem.Pinned pinned -> conflict("Version " + pinned.number() + " is " + pinned.by() + ".");
            case Problem.UnderWay ignored -> conflict("The same request is under way. Try again when it has ended.");
            case Problem.Contended ignored -> conflict("Others wrote this prompt at the same time. Try again.");
            case Problem.BranchNotFound missing -> notFound("There is no branch " + missing.branch() + ".");
            case Problem.BranchTaken taken -> conflict(taken(taken));
            case Problem.Unmergeable unmergeable -> conflict(unmergeable.why());
            case Problem.Conflicts conflicts -> new Answer(409, V1Branches.ConflictsJson.of(conflicts));
            case Problem.Stale ignored -> new Answer(412, stale());
            case Problem.PreconditionRequired ignored ->
                of(428, "PRECONDITION_REQUIRED", "Say with If-Match what you saw there: its ETag or its commit.");
            case Problem.ProviderFailed failed ->
                of(502, "BAD_GATEWAY", "The provider of model " + failed.model() + " " + failed.what() + ".");
            case Problem.RemoteFailed failed -> of(502, "BAD_GATEWAY", "The remote server " + failed.what() + ".");
            case Problem.Starting ignored ->
                of(503, "UNAVAILABLE", "The server is making its index anew. Try again soon.");
            case Problem.Busy busy ->
                of(
                        429,
                        "RATE_LIMITED",
                        "As many " + busy.what() + " are under way as may be. Try again in " + busy.seconds() + " s.");
        };
    }

    @Override
    public Answer answer(Failure failure) {
        return of(failure.status(), code(failure), failure.sentence());
    }

    @Override
    public String path() {
        return PATH;
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

    static Body stale() {
        return new Body("PRECONDITION_FAILED", "What If-Match names is no longer what is there.", Map.of());
    }

    /** Seed 004 has this message for every case, and tells the cases apart in the details. */
    private static Answer invalid(Map<String, String> details) {
        return new Answer(422, new Body("VALIDATION_ERROR", "validation failed", details));
    }

    private static Answer missing(Problem.MissingVariables missing) {
        Map<String, String> details = new LinkedHashMap<>();
        missing.names().forEach(name -> details.put(name, "is required"));
        return invalid(details);
    }

    private static String taken(Problem.BranchTaken taken) {
        return taken.branch().equals(taken.by())
                ? "There is a branch " + taken.by() + "."
                : "Branch " + taken.branch() + " cannot stand beside branch " + taken.by()
                        + ": one's name is a directory of the other's.";
    }

    private static Answer notFound(String message) {
        return of(404, "NOT_FOUND", message);
    }

    static Body conflicting(String message) {
        return new Body("CONFLICT", message, Map.of());
    }

    private static Answer conflict(String message) {
        return new Answer(409, conflicting(message));
    }

    private static Answer of(int status, String code, String message) {
        return new Answer(status, new Body(code, message, Map.of()));
    }
}
