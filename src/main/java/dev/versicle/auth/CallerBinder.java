package dev.versicle.auth;

import dev.versicle.prompt.Caller;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.filters.SecurityFilter;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Gives an endpoint its {@code Caller caller}, whichever kind of token it came with. On a route that lets everybody in,
 * {@code @Nullable Caller caller} is null for who shows no token that holds.
 */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
    @Override
    public Argument<Caller> argumentType() {
        return Argument.of(Caller.class);
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
        if (!request.getAttributes().contains(SecurityFilter.KEY)) {
            return BindingResult.unsatisfied();
        }
        Optional<Caller> caller = request.getUserPrincipal(Authentication.class).flatMap(DoorLock::caller);
        if (caller.isEmpty() && !context.getArgument().isNullable()) {
            // The framework's own refusal, as it would come from a route that asks for a token.
            throw new AuthorizationException(null);
        }
        return () -> caller;
    }
}
