package dev.versicle.bench;

import dev.versicle.Server;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The server as it is, in a process of its own, with one route more: what HTTP alone costs. */
final class BenchServer {
    /** The route that does nothing. */
    static final String EMPTY_ROUTE = "/bench/empty";

    private static final String SETTING = "bench.empty-route";

    private BenchServer() {}

    /** Prints its address, and serves until its input ends: it cannot outlive who started it. */
    public static void main(String[] args) throws IOException {
        Map<String, Object> settings = Map.of(
                "versicle.data",
                Path.of(args[0]).toString(),
                "versicle.cache-mib",
                args[1],
                "versicle.port",
                0,
                "versicle.samples",
                false,
                SETTING,
                true);
        try (Server server = Server.start(settings)) {
            System.out.println(server.address());
            System.in.transferTo(System.out);
        }
        // Nothing that a library left running keeps the process.
        System.exit(0);
    }

    @Controller(EMPTY_ROUTE)
    @Requires(property = SETTING)
    @Secured(SecurityRule.IS_ANONYMOUS)
    static final class EmptyRoute {
        /** On the same threads as every route of ours. */
        @Get
        @ExecuteOn(TaskExecutors.BLOCKING)
        Nothing nothing() {
            return new Nothing("nothing was read and nothing was written");
        }
    }

    @Serdeable
    record Nothing(String message) {}
}
