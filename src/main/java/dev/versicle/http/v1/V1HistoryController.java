package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1History.BlameJson;
import dev.versicle.http.v1.V1History.DiffJson;
import dev.versicle.http.v1.V1Versions.Log;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Patch;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** What happened to a prompt: its versions in their order, what changed between two of them, whose a line is. */
@Controller(V1Path.PROMPTS + V1Path.ID)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1HistoryController {
    private static final String UNIFIED = "text/x-diff";

    private final Prompts prompts;
    private final VersionReader reader;

    V1HistoryController(Prompts prompts, VersionReader reader) {
        this.prompts = prompts;
        this.reader = reader;
    }

    /** The versions, newest first. */
    @Get("/log")
    Log log(
            @Nullable Caller caller,
            String id,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue String cursor) {
        return reader.log(Who.orNobody(caller), PromptId.parse(id), Cursor.read(cursor), V1Query.limit(limit));
    }

    /** What changed; as JSON, or as other tools read it where that is asked for. */
    @Get("/diff")
    @Produces({MediaType.APPLICATION_JSON, UNIFIED})
    HttpResponse<?> diff(
            @Nullable Caller caller,
            String id,
            HttpRequest<?> request,
            @QueryValue String from,
            @QueryValue String to) {
        Diff diff = prompts.diff(
                Who.orNobody(caller), PromptId.parse(id), new VersionRef.Written(from), new VersionRef.Written(to));
        return Accepted.prefers(request, UNIFIED)
                ? HttpResponse.ok(Patch.of(diff)).contentType(UNIFIED + ";charset=utf-8")
                : HttpResponse.ok(DiffJson.of(diff)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** Which version brought each line of the body. */
    @Get("/blame")
    BlameJson blame(@Nullable Caller caller, String id, @Nullable @QueryValue String rev) {
        VersionRef ref = new VersionRef.Written(rev == null ? VersionRef.Written.LATEST : rev);
        return BlameJson.of(prompts.blame(Who.orNobody(caller), PromptId.parse(id), ref));
    }
}
