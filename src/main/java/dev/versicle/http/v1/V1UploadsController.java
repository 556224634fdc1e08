package dev.versicle.http.v1;

import dev.versicle.archive.Spool;
import dev.versicle.archive.Tarball;
import dev.versicle.archive.Unpacked;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Versions.Uploaded;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Release;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The upload of prompts.dev (seed 004): a tarball becomes a version, and a release is put on it. */
@Controller(V1Path.PROMPTS)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1UploadsController {
    private final Prompts prompts;
    private final Spool spool;

    V1UploadsController(Prompts prompts, Spool spool) {
        this.prompts = prompts;
        this.spool = spool;
    }

    /**
     * Takes an upload. What can be wrong is told in the contract's order: nobody asks, no such prompt, not the owner's,
     * the version, one that exists, the tarball, its size.
     */
    @Post("/{id}/versions")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<Uploaded> upload(Caller caller, String id, HttpRequest<?> request, @Nullable @Body InputStream body)
            throws IOException {
        PromptId prompt = PromptId.parse(id);
        prompts.require(caller, prompt, Right.OWNER);
        try (Upload upload = Upload.read(request, body, spool)) {
            SemVer release = upload.version();
            prompts.requireFree(caller, prompt, release);
            return created(caller, prompt, release, saved(caller, prompt, release, upload));
        }
    }

    private Version saved(Caller caller, PromptId prompt, SemVer release, Upload upload) throws IOException {
        try (InputStream tarball = upload.tarball();
                Unpacked unpacked = Tarball.read(tarball, spool)) {
            Draft draft = new Draft(
                    new Draft.Content.Files(unpacked.files()),
                    new Draft.Slot.Next(),
                    Optional.of(release),
                    Metadata.NONE,
                    Source.CHECKPOINT);
            return unpacked.naming(() -> prompts.release(caller, prompt, draft)).version();
        }
    }

    private HttpResponse<Uploaded> created(Caller caller, PromptId prompt, SemVer release, Version version) {
        Uploaded uploaded = Uploaded.of(
                V1Versions.Place.of(prompt, prompts.settings(caller, prompt)), new Release(release, version));
        return HttpResponse.created(
                uploaded, URI.create(V1Path.PROMPTS + "/" + prompt + V1Path.VERSIONS + "/" + release));
    }
}
