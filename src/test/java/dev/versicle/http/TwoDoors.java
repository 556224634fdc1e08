package dev.versicle.http;

import dev.versicle.prompt.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Two doors on one URL, as a server has them that sets {@code test.two-doors}: one owns the path, one all above it. */
final class TwoDoors {
    static final String PROPERTY = "test.two-doors";
    private static final String PATH = "/two/prompts";

    private TwoDoors() {}

    private record Words(String door) {
        Dialect.Answer of(Problem problem) {
            return new Dialect.Answer(418, Map.of(door, problem.getClass().getSimpleName()));
        }

        Dialect.Answer of(Failure failure) {
            return new Dialect.Answer(failure.status(), Map.of(door, failure.name()));
        }
    }

    @Singleton
    @Requires(property = PROPERTY)
    static final class TetherWords implements Dialect {
        private final Words words = new Words("tether");

        @Override
        public Answer answer(Problem problem) {
            return words.of(problem);
        }

        @Override
        public Answer answer(Failure failure) {
            return words.of(failure);
        }

        @Override
        public String path() {
            return PATH;
        }

        @Override
        public Optional<SharedPath.Door> door() {
            return Optional.of(SharedPath.Door.TETHER);
        }
    }

    @Singleton
    @Requires(property = PROPERTY)
    static final class OrkesWords implements Dialect {
        private final Words words = new Words("orkes");

        @Override
        public Answer answer(Problem problem) {
            return words.of(problem);
        }

        @Override
        public Answer answer(Failure failure) {
            return words.of(failure);
        }

        @Override
        public String path() {
            return "/two";
        }

        @Override
        public Optional<SharedPath.Door> door() {
            return Optional.of(SharedPath.Door.ORKES);
        }
    }

    @Controller(PATH)
    @Speaks(TetherWords.class)
    @SharedPath(door = SharedPath.Door.TETHER)
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Requires(property = PROPERTY)
    static final class TetherSide {
        @Get("/user")
        String list() {
            return "tether's list";
        }

        @Get("/{id}")
        String prompt(String id) {
            return "tether's " + id;
        }

        @Post("/{id}")
        @Consumes(MediaType.APPLICATION_JSON)
        String save(String id, @Body byte[] body) {
            return "tether saves " + id + " of " + body.length;
        }

        @Delete("/{id}")
        String delete(String id) {
            return "tether deletes " + id;
        }

        @Get("/{id}/versions")
        @Secured(SecurityRule.IS_AUTHENTICATED)
        String versions(String id) {
            return "tether's versions of " + id;
        }
    }

    @Controller(PATH)
    @Speaks(OrkesWords.class)
    @SharedPath(door = SharedPath.Door.ORKES)
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Requires(property = PROPERTY)
    static final class OrkesSide {
        @Get(value = "/{name:[^/]+}", produces = MediaType.ALL)
        String prompt(String name) {
            return "orkes' " + name;
        }

        @Post(value = "/{name:[^/]+}", consumes = MediaType.ALL)
        String save(String name, @Body byte[] body) {
            return "orkes saves " + name + " of " + body.length;
        }

        @Put(value = "/{name:[^/]+}", consumes = MediaType.ALL)
        String update(String name, @Body byte[] body) {
            return "orkes updates " + name + " of " + body.length;
        }

        @Get(value = "/{name:[^/]+}/versions", produces = MediaType.TEXT_PLAIN)
        @Secured(SecurityRule.IS_AUTHENTICATED)
        String versions(String name) {
            return "orkes' versions of " + name;
        }

        @Get("/{name:[^/]+}/tags")
        String tags(String name) {
            return "orkes' tags of " + name;
        }
    }
}
