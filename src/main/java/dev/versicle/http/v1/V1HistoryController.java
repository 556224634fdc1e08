package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1History.BlameJson;
import dev.versicle.http.v1.V1History.DiffJson;
import dev.versicle.http.v1.V1Versions.Log;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Patch;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Optional;
import java.util.function.Supplier;
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

    /** The versions, newest first; 304 where the client has them already. */
    @Get("/log")
    HttpResponse<Log> log(
            @Nullable Caller caller,
            String id,
            HttpHeaders headers,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue String cursor) {
        Caller who = Who.orNobody(caller);
        VersionReader.Stretch log = reader.log(who, PromptId.parse(id), Cursor.read(cursor), V1Query.limit(limit));
        return Conditional.answer(headers, log.etag(), () -> reader.json(who, log));
    }

    /** What changed; as JSON, or as other tools read it where that is asked for; 304 to who compared them before. */
    @Get("/diff")
    @Produces({MediaType.APPLICATION_JSON, UNIFIED})
    HttpResponse<?> diff(
            @Nullable Caller caller,
            String id,
            HttpRequest<?> request,
            @QueryValue String from,
            @QueryValue String to) {
        Caller who = Who.orNobody(caller);
        PromptId prompt = PromptId.parse(id);
        boolean unified = Accepted.prefers(request, UNIFIED);
        VersionRef older = found(who, prompt, from);
        VersionRef newer = found(who, prompt, to);
        Supplier<Object> body = () -> {
            Diff diff = prompts.diff(who, prompt, older, newer);
            return unified ? Patch.of(diff) : DiffJson.of(diff);
        };
        MutableHttpResponse<?> answer =
                Conditional.answer(request.getHeaders(), ETags.ofFacts(older, newer, unified), body);
        if (answer.status() == HttpStatus.OK) {
            answer.contentType(unified ? UNIFIED + ";charset=utf-8" : MediaType.APPLICATION_JSON);
        }
        return answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    /** The commit that {@code rev} means now, so that an answer is of what its tag says, whatever moves meanwhile. */
    private VersionRef found(Caller who, PromptId prompt, String rev) {
        Version version = prompts.version(who, prompt, new VersionRef.Written(rev));
        return new VersionRef.Id(version.commit().hex());
    }

    /** Which version brought each line of the body; 304 where that was told, and nothing was edited since. */
    @Get("/blame")
    HttpResponse<BlameJson> blame(
            @Nullable Caller caller, String id, HttpHeaders headers, @Nullable @QueryValue String rev) {
        Caller who = Who.orNobody(caller);
        PromptId prompt = PromptId.parse(id);
        Optional<CommitId> edit = prompts.lastEdit(who, prompt);
        VersionRef version = found(who, prompt, rev == null ? VersionRef.Written.LATEST : rev);
        return Conditional.answer(
                headers, ETags.ofFacts(edit, version), () -> BlameJson.of(prompts.blame(who, prompt, version)));
    }
}
