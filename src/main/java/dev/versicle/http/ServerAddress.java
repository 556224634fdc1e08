package dev.versicle.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.HttpHostResolver;
import java.util.Optional;

/** What links to this server begin with. */
public final class ServerAddress {
    private final Optional<String> told;
    private final HttpHostResolver hosts;

    /** {@code told} is the address without a slash at its end, where the operator says it. */
    public ServerAddress(Optional<String> told, HttpHostResolver hosts) {
        this.told = told;
        this.hosts = hosts;
    }

    /**
     * The address that was told, else what the client called: a server does not know what it is called from outside.
     */
    public String of(HttpRequest<?> request) {
        return told.orElseGet(() -> hosts.resolve(request));
    }
}
