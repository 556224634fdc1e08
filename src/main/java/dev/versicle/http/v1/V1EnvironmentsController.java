package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Environments.EnvironmentJson;
import dev.versicle.http.v1.V1Environments.Environments;
import dev.versicle.http.v1.V1Environments.Moves;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A prompt's environments: which version is live where, since when and why; moving one is promotion, and rollback. */
@Controller(V1Path.PROMPTS + V1Path.ID)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1EnvironmentsController {
    private static final String ENVIRONMENTS = "/environments";
    private static final String ENVIRONMENT = ENVIRONMENTS + "/{env}";

    private final EnvironmentDesk environments;

    V1EnvironmentsController(EnvironmentDesk environments) {
        this.environments = environments;
    }

    /** All of them, by name; 304 where the client has them already. */
    @Get(ENVIRONMENTS)
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<Environments> environments(@Nullable Caller caller, String id, HttpHeaders headers) {
        List<Environment> all = environments.environments(Who.orNobody(caller), PromptId.parse(id));
        return Conditional.answer(headers, ETags.of(all), () -> Environments.of(all));
    }

    /** Where one points; 304 where the client knows. */
    @Get(ENVIRONMENT)
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<EnvironmentJson> environment(@Nullable Caller caller, String id, String env, HttpHeaders headers) {
        Environment environment =
                environments.environment(Who.orNobody(caller), PromptId.parse(id), new EnvironmentName(env));
        return Conditional.answer(headers, ETags.of(environment), () -> EnvironmentJson.of(environment));
    }

    /** Makes or moves one; what is there moves only for who says with {@code If-Match} what was seen. */
    @Put(ENVIRONMENT)
    HttpResponse<EnvironmentJson> move(Caller caller, String id, String env, HttpHeaders headers, @Body byte[] body) {
        Environment.Placed placed = environments.move(
                caller, PromptId.parse(id), new EnvironmentName(env), V1Json.move(body), ETags.expected(headers));
        EnvironmentJson json = EnvironmentJson.of(placed.environment());
        return (placed.created() ? HttpResponse.created(json) : HttpResponse.ok(json))
                .header(HttpHeaders.ETAG, ETags.of(placed.environment()));
    }

    /** Drops one; its history stays. */
    @Delete(ENVIRONMENT)
    @Status(HttpStatus.NO_CONTENT)
    void drop(Caller caller, String id, String env, HttpHeaders headers) {
        environments.drop(caller, PromptId.parse(id), new EnvironmentName(env), ETags.expected(headers));
    }

    /** The moves of one, newest first, of one that was dropped, too; 304 where none of the prompt's has moved since. */
    @Get(ENVIRONMENT + "/history")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<Moves> history(
            @Nullable Caller caller,
            String id,
            String env,
            HttpRequest<?> request,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue String cursor) {
        Caller who = Who.orNobody(caller);
        PromptId prompt = PromptId.parse(id);
        EnvironmentName name = new EnvironmentName(env);
        // The last move first: it is never the last one again, so no later answer can have this tag.
        String etag = ETags.ofFacts(environments.lastMove(who, prompt));
        Supplier<Moves> moves =
                () -> Moves.of(environments.history(who, prompt, name, Cursor.move(cursor), V1Query.limit(limit)));
        return Conditional.answer(request.getHeaders(), etag, moves);
    }
}
