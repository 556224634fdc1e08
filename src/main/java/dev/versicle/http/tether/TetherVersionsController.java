package dev.versicle.http.tether;

import dev.versicle.http.ETags;
import dev.versicle.http.JsonBody;
import dev.versicle.http.SharedPath;
import dev.versicle.http.Speaks;
import dev.versicle.http.tether.TetherAnswers.Checkpoint;
import dev.versicle.http.tether.TetherAnswers.Updated;
import dev.versicle.http.tether.TetherAnswers.VersionDocument;
import dev.versicle.http.tether.TetherAnswers.VersionList;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** The versions of a prompt: save, list, read, edit what is said about them, bring back. */
@Controller(TetherErrors.PATH + "/{promptId}/versions")
@Speaks(TetherErrors.class)
@SharedPath(door = SharedPath.Door.TETHER)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TetherVersionsController {
    private final Prompts prompts;

    TetherVersionsController(Prompts prompts) {
        this.prompts = prompts;
    }

    /** Saves a version (seed 000); 201 also when nothing had changed, and none was made. */
    @Post
    HttpResponse<Checkpoint> save(Caller caller, String promptId, HttpHeaders headers, @Body byte[] body) {
        PromptId id = PromptId.parse(promptId);
        Expected expected = ETags.expected(headers);
        Draft draft = TetherJson.draft(JsonBody.read(body));
        return created(prompts.checkpoint(caller, id, draft, expected));
    }

    /** Lists the versions, newest first; ours. */
    @Get
    VersionList list(
            Caller caller, String promptId, @Nullable @QueryValue Integer page, @Nullable @QueryValue Integer limit) {
        PromptId id = PromptId.parse(promptId);
        Page.Window window = TetherJson.window(page, limit);
        return VersionList.of(prompts.versions(caller, id, window), window);
    }

    /** Reads a version with its body (seed 001); 304 where the client has it already. */
    @Get("/{versionId}")
    HttpResponse<VersionDocument> version(Caller caller, String promptId, String versionId, HttpHeaders headers) {
        Version version = prompts.version(caller, PromptId.parse(promptId), VersionRef.Id.parse(versionId));
        String etag = ETags.of(version);
        return ETags.known(headers, version)
                ? HttpResponse.<VersionDocument>notModified().header(HttpHeaders.ETAG, etag)
                : HttpResponse.ok(VersionDocument.of(version)).header(HttpHeaders.ETAG, etag);
    }

    /** Edits what is said about a version (seed 002). */
    @Patch("/{versionId}")
    HttpResponse<Updated> edit(
            Caller caller, String promptId, String versionId, HttpHeaders headers, @Body byte[] body) {
        PromptId id = PromptId.parse(promptId);
        VersionRef ref = VersionRef.Id.parse(versionId);
        Expected expected = ETags.expected(headers);
        MetadataEdit edit = TetherJson.edit(JsonBody.read(body));
        Version version = prompts.edit(caller, id, ref, edit, expected);
        return HttpResponse.ok(Updated.of(version)).header(HttpHeaders.ETAG, ETags.of(version));
    }

    /** Saves a new version with the tree of an old one; ours. The answer is the save's. */
    @Post("/{versionId}/restore")
    HttpResponse<Checkpoint> restore(Caller caller, String promptId, String versionId) {
        PromptId id = PromptId.parse(promptId);
        return created(prompts.restore(caller, id, VersionRef.Id.parse(versionId)));
    }

    private static HttpResponse<Checkpoint> created(CheckpointResult result) {
        return HttpResponse.created(Checkpoint.of(result)).header(HttpHeaders.ETAG, ETags.of(result.version()));
    }
}
