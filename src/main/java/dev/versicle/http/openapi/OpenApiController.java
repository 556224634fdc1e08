package dev.versicle.http.openapi;

import dev.versicle.http.ETags;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;

/** The page and its files, for anybody; each is asked for again with its entity tag whenever it is used. */
@Controller("/openapi")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenApiController {
    /** Only what is ours; Swagger UI sets styles on elements, and its pictures are data. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private final Shelf shelf;

    OpenApiController(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Draws the documents. A slash at the end would lead the page's relative addresses astray, so it goes. */
    @Get(produces = MediaType.TEXT_HTML)
    HttpResponse<byte[]> page(HttpRequest<?> request) {
        return request.getPath().endsWith("/")
                ? HttpResponse.temporaryRedirect(URI.create("../openapi"))
                : answer(request, shelf.html());
    }

    /** One of the files that the shelf lists. */
    @Get(value = "/{file}", produces = MediaType.ALL)
    HttpResponse<byte[]> file(HttpRequest<?> request, String file) {
        return answer(
                request,
                shelf.file(file).orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "no such file")));
    }

    private static HttpResponse<byte[]> answer(HttpRequest<?> request, Asset asset) {
        boolean known = ETags.known(request.getHeaders(), asset.etag());
        MutableHttpResponse<byte[]> response = known
                ? HttpResponse.notModified()
                : HttpResponse.ok(asset.bytes()).contentType(asset.type());
        return response.header(HttpHeaders.ETAG, asset.etag())
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }
}
