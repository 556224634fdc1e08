package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Answers.Rendered;
import dev.versicle.http.v1.V1Versions.VersionJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Pointers;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Version;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** One version of a prompt: read, edit what is said about it, fill it in. */
@Controller(V1Path.PROMPTS + V1Path.ID + V1Path.REV)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1VersionController {
    private final Prompts prompts;
    private final VersionReader reader;

    V1VersionController(Prompts prompts, VersionReader reader) {
        this.prompts = prompts;
        this.reader = reader;
    }

    /** Reads a version, as it is or as it was; 304 where the client has it already. */
    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<VersionJson> version(
            @Nullable Caller caller, String id, HttpRequest<?> request, @Nullable @QueryValue String at) {
        Caller who = Who.orNobody(caller);
        Version version =
                reader.version(who, PromptId.parse(id), V1Path.of(request).rev(), V1Query.at(at));
        return reader.answer(who, version, request.getHeaders());
    }

    /** Edits what is said about a version. */
    @Patch
    HttpResponse<VersionJson> edit(Caller caller, String id, HttpRequest<?> request, @Body byte[] body) {
        Version version = prompts.edit(
                caller,
                PromptId.parse(id),
                V1Path.of(request).rev(),
                V1Json.edit(body),
                ETags.expected(request.getHeaders()));
        Pointers pointers = reader.pointers(caller, version);
        return HttpResponse.ok(reader.json(caller, version, pointers))
                .header(HttpHeaders.ETAG, ETags.of(version, pointers.all()));
    }

    /** The text with its variables filled in; changes nothing. */
    @Post("/render")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Status(HttpStatus.OK)
    Rendered render(@Nullable Caller caller, String id, HttpRequest<?> request, @Body byte[] body) {
        return new Rendered(prompts.render(
                Who.orNobody(caller), PromptId.parse(id), V1Path.of(request).rev(), V1Json.variables(body)));
    }
}
