package dev.versicle.http.git;

import dev.versicle.http.Pipe;
import dev.versicle.http.ServerAddress;
import dev.versicle.http.Speaks;
import dev.versicle.http.Turns;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitDesk;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Wire;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clone, fetch and push, in Git's smart protocol. What goes wrong behind the first byte is said in the protocol. */
@Controller(GitErrors.PATH + "/{namespace:[^/]+}/{name:.+}")
@Speaks(GitErrors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class GitController {
    private static final String DUMB =
            "Only Git's smart protocol is spoken here, for git-upload-pack and git-receive-pack.\n";

    private static final int RETRY_SECONDS = 5;
    private static final Problem.Busy BUSY = new Problem.Busy("clones, fetches and pushes", RETRY_SECONDS);

    private final GitDesk desk;
    private final GitLimits limits;
    private final Turns turns;
    private final ServerAddress server;

    GitController(GitDesk desk, GitLimits limits, ServerAddress server) {
        this.server = server;
        this.desk = desk;
        this.limits = limits;
        this.turns = new Turns(BUSY, limits.transfers());
    }

    /** How many clones, fetches and pushes are under way. */
    int underWay() {
        return turns.taken();
    }

    /** What is asked of the heart, once an answer can be written. */
    @FunctionalInterface
    private interface Work {
        void on(Asked asked, Wire wire);
    }

    /** The refs, and what the server can do. */
    @Get(value = "/info/refs", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> refs(@Nullable Caller caller, HttpRequest<?> request, @Nullable @QueryValue String service) {
        Optional<GitService> wanted = Optional.ofNullable(service).flatMap(GitService::find);
        if (wanted.isEmpty()) {
            return HttpResponse.status(HttpStatus.FORBIDDEN)
                    .contentType(MediaType.TEXT_PLAIN_TYPE)
                    .body(DUMB);
        }
        Asked asked = Asked.of(caller, request, desk, 2);
        desk.require(asked.who(), asked.target(), wanted.get());
        Turns.Turn turn = turns.take(asked.who(), request);
        Work work = (who, wire) -> desk.advertise(who.who(), who.target(), wanted.get(), wire);
        return answer(
                Asked.type(wanted.get(), "advertisement"),
                out -> run(turn, asked, new Wire(asked.protocol(), InputStream.nullInputStream(), out, limits), work));
    }

    @Post(value = "/git-upload-pack", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> upload(@Nullable Caller caller, HttpRequest<?> request, @Nullable @Body InputStream body)
            throws IOException {
        return exchange(
                caller,
                request,
                body,
                GitService.UPLOAD_PACK,
                (asked, wire) -> desk.upload(asked.who(), asked.target(), wire));
    }

    @Post(value = "/git-receive-pack", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> receive(@Nullable Caller caller, HttpRequest<?> request, @Nullable @Body InputStream body)
            throws IOException {
        String prompts = server.of(request) + "/v1/prompts/";
        GitDesk.Addresses addresses = (prompt, number) -> prompts + prompt + "/versions/" + number;
        return exchange(
                caller,
                request,
                body,
                GitService.RECEIVE_PACK,
                (asked, wire) -> desk.receive(asked.who(), asked.target(), wire, addresses));
    }

    private HttpResponse<?> exchange(
            @Nullable Caller caller, HttpRequest<?> request, @Nullable InputStream body, GitService service, Work work)
            throws IOException {
        InputStream in = body == null ? InputStream.nullInputStream() : body;
        boolean begun = false;
        try {
            Asked asked = Asked.of(caller, request, desk, 1);
            desk.require(asked.who(), asked.target(), service);
            Asked.requireReadable(request, service, limits);
            Turns.Turn turn = turns.take(asked.who(), request);
            HttpResponse<?> answer = answer(Asked.type(service, "result"), out -> {
                try (InputStream timed = new TimedBody(in, limits)) {
                    run(turn, asked, new Wire(asked.protocol(), timed, out, limits), work);
                }
            });
            begun = true;
            return answer;
        } finally {
            if (!begun) {
                // Else the rest of it would wait for a reader, and the client with it.
                in.close();
            }
        }
    }

    private HttpResponse<?> answer(MediaType type, Pipe.Work work) {
        // Not a StreamedFile, which says for how long it may be kept.
        return HttpResponse.ok(Pipe.of(Pipe.CHUNKS_MAX, limits.time(), work)).contentType(type);
    }

    /** The heart asks again what was asked before the answer began: it may have changed since. */
    private static void run(Turns.Turn turn, Asked asked, Wire wire, Work work) throws IOException {
        try (turn) {
            work.on(asked, wire);
        } catch (PromptException e) {
            tell(e.problem(), wire.out());
        }
    }

    private static void tell(Problem problem, OutputStream out) throws IOException {
        byte[] line = ("ERR " + GitErrors.sentence(problem) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write("%04x".formatted(line.length + 4).getBytes(StandardCharsets.US_ASCII));
        out.write(line);
    }
}
