package dev.versicle.auth;

import dev.versicle.http.Failure;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Role;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The one judge of tokens: by its first letters a token goes to the API keys or to the JWTs, never to both. That one
 * has expired, it tells the error desk in the request.
 */
@Singleton
final class DoorLock implements TokenValidator<HttpRequest<?>> {
    private static final String CALLER = "caller";

    private final ApiKeys keys;
    private final SignedTokens tokens;
    private final ExecutorService blocking;

    DoorLock(ApiKeys keys, SignedTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.keys = keys;
        this.tokens = tokens;
        this.blocking = blocking;
    }

    /** Who bears the token. Judges it off the event loop: a key ring may read a disk, JWKS come over the network. */
    @Override
    public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
        return Publishers.fromCompletableFuture(
                () -> CompletableFuture.supplyAsync(() -> authentication(token, request), blocking));
    }

    /** Null for nobody: the publisher made of it is empty then, which is the framework's word for it. */
    private @Nullable Authentication authentication(String token, @Nullable HttpRequest<?> request) {
        Verdict verdict = judge(token);
        if (verdict instanceof Verdict.Expired && request != null) {
            request.setAttribute(Failure.OF_TOKEN, Failure.TOKEN_EXPIRED);
        }
        return verdict.bearer().map(DoorLock::authentication).orElse(null);
    }

    /** May read a disk, or ask the network. */
    Verdict judge(String token) {
        return token.startsWith(ApiKeyText.PREFIX) ? keys.judge(token) : tokens.judge(token);
    }

    private static Authentication authentication(Caller caller) {
        List<String> roles = caller.roles().stream().map(Role::text).sorted().toList();
        return Authentication.build(caller.subject(), roles, Map.of(CALLER, caller));
    }

    /** The caller whom this lock let in. */
    static Optional<Caller> caller(Authentication authentication) {
        return Optional.ofNullable((Caller) authentication.getAttributes().get(CALLER));
    }
}
