package dev.versicle.http;

import dev.versicle.prompt.Caller;
import io.micronaut.http.HttpRequest;
import java.util.function.BooleanSupplier;

/** Judges a request's token again, for an answer that may outlast it. */
public interface Admission {
    /**
     * Tells, whenever it is asked, whether the request's token is still that of {@code caller}, with all its roles; of
     * nobody, whether the request shows no token. Asking may take a look at a disk or the network.
     */
    BooleanSupplier of(HttpRequest<?> request, Caller caller);
}
