package dev.versicle.http.v1;

import dev.versicle.http.Pipe;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.RemoteImports;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** A history from another server as a new prompt. */
@Controller(V1Path.PROMPTS + "/import")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1ImportController {
    private static final String LINES = "application/x-ndjson";

    private final RemoteImports imports;
    private final V1Errors errors;
    private final JsonMapper json;

    V1ImportController(RemoteImports imports, V1Errors errors, JsonMapper json) {
        this.imports = imports;
        this.errors = errors;
        this.json = json;
    }

    /** Tells of the import while it runs; one that cannot begin is refused as any request. */
    @Post(produces = LINES)
    StreamedFile bring(Caller caller, @Body byte[] body) {
        RemoteImports.Begun begun = imports.begin(caller, V1Json.remoteImport(body));
        return new StreamedFile(
                Pipe.of(Pipe.CHUNKS_MAX, out -> {
                    try (begun;
                            ImportReport report = new ImportReport(out, errors, json)) {
                        report.of(begun);
                    }
                }),
                MediaType.of(LINES));
    }
}
