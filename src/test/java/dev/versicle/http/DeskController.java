package dev.versicle.http;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A door at which everything goes wrong. */
@Controller(DeskController.PATH)
@Speaks(DeskController.Words.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = DeskController.PROPERTY)
final class DeskController {
    static final String PATH = "/desk/of";
    static final String PROPERTY = "test.desk";
    static final String SECRET = "jdbc:secret/path";

    @Singleton
    @Requires(property = PROPERTY)
    static final class Words implements Dialect {
        @Override
        public Answer answer(Problem problem) {
            return new Answer(418, Map.of("desk", problem.getClass().getSimpleName()));
        }

        @Override
        public Answer answer(Failure failure) {
            return new Answer(failure.status(), Map.of("desk", failure.name()));
        }

        @Override
        public String path() {
            return PATH;
        }
    }

    @Get("/refusal")
    String refusal() {
        return Optional.<String>empty().orElseThrow(() -> new PromptException(new Problem.Contended()));
    }

    @Get("/crash")
    String crash() {
        return Optional.<String>empty().orElseThrow(() -> new IllegalStateException(SECRET));
    }

    @Get("/status")
    String status() {
        return Optional.<String>empty().orElseThrow(() -> new HttpStatusException(HttpStatus.CONFLICT, SECRET));
    }

    @Get("/query")
    String query(@Nullable @QueryValue Integer page) {
        return "page " + (page == null ? 7 : page);
    }

    @Post("/bytes")
    String bytes(@Body byte[] body) {
        return body.length + " bytes";
    }

    @Post("/stream")
    String stream(@Body InputStream body) throws IOException {
        return body.transferTo(OutputStream.nullOutputStream()) + " bytes";
    }

    @Get("/log")
    String log() {
        return String.valueOf(MDC.get(LogContext.REQUEST));
    }

    @Get("/locked")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    String locked() {
        return "open";
    }
}
