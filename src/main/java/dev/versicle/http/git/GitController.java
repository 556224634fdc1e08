package dev.versicle.http.git;

import dev.versicle.http.Pipe;
import dev.versicle.http.RawPath;
import dev.versicle.http.Speaks;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitDesk;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Wire;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clone, fetch and push, in Git's smart protocol. */
@Controller(GitErrors.PATH + "/{namespace:[^/]+}/{name:.+}")
@Speaks(GitErrors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class GitController {
    private static final int NAMESPACE_AT = 1;
    private static final int NAME_AT = 2;

    private final GitDesk desk;
    private final GitLimits limits;

    GitController(GitDesk desk, GitLimits limits) {
        this.desk = desk;
        this.limits = limits;
    }

    /** The refs, and what the server can do. */
    @Get(value = "/info/refs", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> refs(@Nullable Caller caller, HttpRequest<?> request, @Nullable @QueryValue String service) {
        Caller who = caller == null ? Caller.NOBODY : caller;
        GitService wanted = Optional.ofNullable(service)
                .flatMap(GitService::find)
                .orElseThrow(() -> new PromptException(new Problem.Forbidden("the dumb protocol")));
        PromptId id = find(who, request, 2);
        desk.require(who, id, wanted);
        return answer(
                "application/x-" + wanted.text() + "-advertisement",
                Pipe.of(
                        Pipe.CHUNKS_MAX,
                        out -> desk.advertise(
                                who,
                                id,
                                wanted,
                                new Wire(protocol(request), InputStream.nullInputStream(), out, limits))));
    }

    @Post(value = "/git-upload-pack", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> upload(@Nullable Caller caller, HttpRequest<?> request, @Body InputStream body) {
        Caller who = caller == null ? Caller.NOBODY : caller;
        PromptId id = find(who, request, 1);
        return answer("application/x-git-upload-pack-result", Pipe.of(Pipe.CHUNKS_MAX, out -> {
            try (body) {
                desk.upload(who, id, new Wire(protocol(request), body, out, limits));
            }
        }));
    }

    @Post(value = "/git-receive-pack", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> receive(@Nullable Caller caller, HttpRequest<?> request, @Body InputStream body) {
        Caller who = caller == null ? Caller.NOBODY : caller;
        PromptId id = find(who, request, 1);
        desk.require(who, id, GitService.RECEIVE_PACK);
        return answer("application/x-git-receive-pack-result", Pipe.of(Pipe.CHUNKS_MAX, out -> {
            try (body) {
                desk.receive(
                        who,
                        id,
                        new Wire(protocol(request), body, out, limits),
                        number -> "/v1/prompts/" + id + "/versions/" + number);
            }
        }));
    }

    private PromptId find(Caller who, HttpRequest<?> request, int tail) {
        List<String> segments = RawPath.of(request).segments();
        RawPath name = new RawPath(segments.subList(0, segments.size() - tail));
        return desk.find(who, new Namespace(name.segment("namespace", NAMESPACE_AT)), name.below("name", NAME_AT));
    }

    private static Optional<String> protocol(HttpRequest<?> request) {
        return request.getHeaders().findFirst("Git-Protocol");
    }

    private static HttpResponse<?> answer(String type, InputStream content) {
        return HttpResponse.ok(new StreamedFile(content, MediaType.of(type)))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
