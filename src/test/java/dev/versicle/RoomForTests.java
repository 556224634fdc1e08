package dev.versicle;

import dev.versicle.prompt.Caller;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Routes that only a server of a test has, which sets {@code test.room}. */
@Factory
final class RoomForTests {
    static final String SETTING = "test.room";

    @Singleton
    Gate gate() {
        return new Gate(new CountDownLatch(1), new CountDownLatch(1));
    }

    /** Where a request stands until a test lets it pass. */
    record Gate(CountDownLatch entered, CountDownLatch opened) {}

    @Controller("/test")
    @Requires(property = SETTING)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    static final class Room {
        private final Gate gate;

        Room(Gate gate) {
            this.gate = gate;
        }

        @Get("/caller")
        @Produces(MediaType.TEXT_PLAIN)
        String caller(Caller caller) {
            return caller.toString();
        }

        @Get("/anybody")
        @Secured(SecurityRule.IS_ANONYMOUS)
        @Produces(MediaType.TEXT_PLAIN)
        String anybody(@Nullable Caller caller) {
            return caller == null ? "nobody" : caller.subject();
        }

        @Get("/required")
        @Secured(SecurityRule.IS_ANONYMOUS)
        @Produces(MediaType.TEXT_PLAIN)
        String required(Caller caller) {
            return caller.subject();
        }

        @Get("/admin")
        @Secured("admin")
        @Produces(MediaType.TEXT_PLAIN)
        String admin() {
            return "in";
        }

        @Get("/slow")
        @Secured(SecurityRule.IS_ANONYMOUS)
        @Produces(MediaType.TEXT_PLAIN)
        @ExecuteOn(TaskExecutors.BLOCKING)
        String slow() throws InterruptedException {
            gate.entered().countDown();
            gate.opened().await();
            return "ended in order";
        }
    }

    @Controller("/undeclared")
    @Requires(property = "test.undeclared")
    static final class Undeclared {
        @Get
        String open() {
            return "nobody said who may";
        }
    }
}
