package dev.versicle.http.v1;

import dev.versicle.archive.ExportReader;
import dev.versicle.archive.ExportWriter;
import dev.versicle.archive.Spool;
import dev.versicle.http.Pipe;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Listed;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Whole prompts out and in, as one tar of Git bundles. Ours beyond prompts.dev. */
@Controller(V1Errors.PATH)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class BulkController {
    private static final String TAR = "application/x-tar";
    private static final String LINES = "application/x-ndjson";

    private final Transfers transfers;
    private final ExportWriter exports;
    private final Spool spool;
    private final V1Errors errors;

    BulkController(Transfers transfers, ExportWriter exports, Spool spool, V1Errors errors) {
        this.transfers = transfers;
        this.exports = exports;
        this.spool = spool;
        this.errors = errors;
    }

    /** The prompts whose ids are given, else all of a namespace that the caller owns. */
    @Get(value = "/export", produces = TAR)
    StreamedFile export(Caller caller, HttpRequest<?> request, @Nullable @QueryValue String namespace) {
        Transfers.Selection wanted =
                BulkJson.selection(caller, namespace, request.getParameters().getAll("id"));
        List<Listed> prompts = transfers.select(caller, wanted);
        InputStream tar = Pipe.of(Pipe.CHUNKS_MAX, out -> exports.write(caller, prompts, out));
        return new StreamedFile(tar, MediaType.of(TAR)).attach("versicle.tar");
    }

    /** Takes prompts in, and tells of each when it is done; a manifest that cannot be read is refused before. */
    @Post(value = "/import", consumes = MediaType.ALL, produces = LINES)
    StreamedFile bring(Caller caller, @Body InputStream body) throws IOException {
        transfers.requireImports(caller);
        ExportReader archive = ExportReader.open(body, spool);
        // A client may read its answer only when it has sent everything: no line may wait for it.
        InputStream report = Pipe.of(BulkReport.LINES_MAX, out -> {
            try (body) {
                new BulkReport(out, errors).of(lines -> archive.read(transfers, caller, lines));
            }
        });
        return new StreamedFile(report, MediaType.of(LINES));
    }
}
