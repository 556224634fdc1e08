package dev.versicle.http.v1;

import dev.versicle.http.Pipe;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What happens to prompts, told while it happens. */
@Controller(V1Errors.PATH + "/events")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1EventsController {
    /** Few, as each may be many events: what is read slowly waits in the log. */
    private static final int CHUNKS_MAX = 2;

    private final EventStreams streams;

    V1EventsController(EventStreams streams) {
        this.streams = streams;
    }

    /** A stream without an end; so it has no HEAD. */
    @Get(produces = MediaType.TEXT_EVENT_STREAM, headRoute = false)
    HttpResponse<InputStream> follow(@Nullable Caller caller, HttpRequest<?> request) {
        EventStream stream = streams.open(Who.orNobody(caller), request);
        // Not a StreamedFile, which says for how long it may be kept.
        return HttpResponse.ok(Pipe.of(CHUNKS_MAX, stream::write))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                // Else nginx collects some KiB before it passes them on.
                .header("X-Accel-Buffering", "no");
    }
}
