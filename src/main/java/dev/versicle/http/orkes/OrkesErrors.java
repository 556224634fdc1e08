package dev.versicle.http.orkes;

import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.http.SharedPath;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptName;
import io.micronaut.context.BeanProvider;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Orkes' refusals: {@code {"status": 404, "message": "…", "instance": "<host>", "retryable": false}}. A 401 has {@code
 * error} besides: its two codes, and no other, make the SDKs fetch a new token and ask again. Nowhere else is there an
 * {@code error}, as the Java SDK would show it in place of the message.
 */
@Singleton
final class OrkesErrors implements Dialect {
    static final String PATH = "/api";

    private static final String INVALID = "INVALID_TOKEN";
    private static final String EXPIRED = "EXPIRED_TOKEN";

    private final BeanProvider<EmbeddedServer> server;

    OrkesErrors(BeanProvider<EmbeddedServer> server) {
        this.server = server;
    }

    @Serdeable
    record Body(int status, String message, String instance, boolean retryable) {}

    @Serdeable
    record TokenBody(String error, String message, int status) {}

    @Override
    public Answer answer(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated ignored -> answer(Failure.UNAUTHENTICATED);
            case Problem.Denied denied -> of(403, "You lack " + denied.right() + " on this prompt.");
            case Problem.DeniedByName denied -> of(403, "You lack UPDATE on " + names(denied) + ".");
            case Problem.Forbidden forbidden -> of(403, "Your roles do not allow " + forbidden.what() + ".");
            case Problem.Generated generated -> of(403, "The repository of " + generated.place() + " is generated.");
            case Problem.PromptNotFound missing -> of(404, "There is no prompt " + missing.id() + ".");
            case Problem.VersionNotFound missing -> of(404, "The prompt has no version " + missing.ref() + ".");
            case Problem.BadVersionId ignored -> of(400, "A version's id is 24 to 40 hex digits.");
            case Problem.Invalid invalid -> of(400, invalid.field() + " " + invalid.rule() + ".");
            case Problem.TooLarge large -> of(413, large.what() + " must be at most " + large.bytesMax() + " bytes.");
            case Problem.UnknownModel unknown -> of(404, "There is no model " + unknown.model() + ".");
            case Problem.UnknownIntegration unknown -> of(404, "There is no integration " + unknown.name() + ".");
            case Problem.ProviderFailed failed ->
                new Answer(502, body(502, "The provider of model " + failed.model() + " " + failed.what() + ".", true));
            case Problem.RemoteFailed failed ->
                new Answer(502, body(502, "The remote server " + failed.what() + ".", true));
            case Problem.ModelDenied denied -> of(403, "You may not use model " + denied.model() + ".");
            case Problem.Pinned pinned -> of(409, "Version " + pinned.number() + " is " + pinned.by() + ".");
            case Problem.NameTaken taken -> of(409, "Another prompt is named " + taken.name() + ".");
            case Problem.ReleaseExists exists -> of(409, "There is a release " + exists.release() + ".");
            case Problem.Stale ignored -> of(412, "The prompt has changed.");
            case Problem.Contended ignored -> new Answer(409, body(409, "Others wrote this prompt. Try again.", true));
            case Problem.UnderWay ignored -> new Answer(409, body(409, "The same request is under way.", true));
            case Problem.Starting ignored ->
                new Answer(503, body(503, "The server is making its index anew. Try again soon.", true));
            case Problem.Busy busy ->
                new Answer(
                        429,
                        body(
                                429,
                                "As many " + busy.what() + " are under way as may be. Try again in " + busy.seconds()
                                        + " s.",
                                true));
            case Problem.MissingVariables missing ->
                of(400, "There are no values for " + String.join(", ", missing.names()) + ".");
            case Problem.EnvironmentNotFound missing -> of(404, "There is no environment " + missing.name() + ".");
            case Problem.PreconditionRequired ignored -> of(428, "Say with If-Match what you saw there.");
            case Problem.KeyNotFound missing -> of(404, "There is no key " + missing.id() + ".");
            case Problem.WebhookNotFound missing -> of(404, "There is no webhook " + missing.id() + ".");
            case Problem.DeliveryNotFound missing -> of(404, "There is no delivery " + missing.id() + ".");
            case Problem.BranchNotFound missing -> of(404, "There is no branch " + missing.branch() + ".");
            case Problem.BranchTaken taken -> of(409, "There is a branch " + taken.by() + ".");
            case Problem.Conflicts conflicts ->
                of(409, "Branch " + conflicts.branch() + " and main changed the same places.");
            case Problem.Unmergeable unmergeable -> of(409, unmergeable.why());
        };
    }

    @Override
    public Answer answer(Failure failure) {
        return switch (failure) {
            case UNAUTHENTICATED -> token(INVALID, failure);
            case TOKEN_EXPIRED -> token(EXPIRED, failure);
            case MALFORMED, FORBIDDEN, NO_ROUTE, METHOD, NOT_ACCEPTABLE, TOO_LARGE, MEDIA_TYPE, INTERNAL ->
                of(failure.status(), failure.sentence());
        };
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Optional<SharedPath.Door> door() {
        return Optional.of(SharedPath.Door.ORKES);
    }

    private static String names(Problem.DeniedByName denied) {
        return denied.names().stream().map(PromptName::text).collect(Collectors.joining(", "));
    }

    private static Answer token(String error, Failure failure) {
        return new Answer(failure.status(), new TokenBody(error, failure.sentence(), failure.status()));
    }

    private Answer of(int status, String message) {
        return new Answer(status, body(status, message, false));
    }

    private Body body(int status, String message, boolean retryable) {
        return new Body(status, message, server.get().getHost(), retryable);
    }
}
