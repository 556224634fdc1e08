package dev.versicle.auth;

import dev.versicle.http.Admission;
import dev.versicle.prompt.Caller;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Holds on to a request's token, which nobody else is to see. */
@Singleton
final class TokenAdmission implements Admission {
    private final TokenHeaders headers;
    private final DoorLock lock;

    TokenAdmission(TokenHeaders headers, DoorLock lock) {
        this.headers = headers;
        this.lock = lock;
    }

    @Override
    public BooleanSupplier of(HttpRequest<?> request, Caller caller) {
        Optional<String> token = headers.findToken(request);
        return () -> token.map(
                        text -> lock.judge(text).bearer().filter(caller::equals).isPresent())
                .orElse(caller.equals(Caller.NOBODY));
    }
}
