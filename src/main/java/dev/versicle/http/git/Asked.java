package dev.versicle.http.git;

import dev.versicle.http.RawPath;
import dev.versicle.http.SharedPath;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitDesk;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.GitService;
import dev.versicle.prompt.GitTarget;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Role;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.security.authentication.AuthorizationException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Git client's request says, by whom it is and in which repository.
 *
 * @param protocol what its {@code Git-Protocol} says
 */
record Asked(Caller who, GitTarget target, Optional<String> protocol) {
    private static final int NAMESPACE_AT = 1;
    private static final int NAME_AT = 2;
    private static final String IDENTITY = "identity";

    /**
     * Reads a request whose path has the repository's name before its last {@code tail} segments. Where there is no
     * such repository, or none that the caller may read, or none can have that name, all hear the same: who shows no
     * token, that one is needed; who does, that there is none.
     */
    static Asked of(@Nullable Caller caller, HttpRequest<?> request, GitDesk desk, int tail) {
        Caller who = who(caller, request.getHeaders());
        Optional<String> protocol = request.getHeaders().findFirst("Git-Protocol");
        try {
            List<String> segments = RawPath.of(request).segments();
            RawPath path = new RawPath(segments.subList(0, segments.size() - tail));
            Namespace namespace = new Namespace(path.segment("namespace", NAMESPACE_AT));
            return new Asked(who, desk.find(who, namespace, path.below("name", NAME_AT)), protocol);
        } catch (PromptException e) {
            throw hidden(e.problem()) ? notFound(who) : e;
        }
    }

    private static boolean hidden(Problem problem) {
        return problem instanceof Problem.PromptNotFound || problem instanceof Problem.Invalid;
    }

    private static PromptException notFound(Caller who) {
        return new PromptException(
                who.has(Role.NOBODY) ? new Problem.Unauthenticated() : new Problem.PromptNotFound(""));
    }

    /** A token that does not hold is no reason to go on without one. */
    private static Caller who(@Nullable Caller caller, HttpHeaders headers) {
        if (caller != null) {
            return caller;
        }
        if (headers.contains(HttpHeaders.AUTHORIZATION) || headers.contains(SharedPath.HEADER)) {
            throw new AuthorizationException(null);
        }
        return Caller.NOBODY;
    }

    /** Throws where a body is of another type than the service's, coded as none is read here, or too large. */
    static void requireReadable(HttpRequest<?> request, GitService service, GitLimits limits) {
        HttpHeaders headers = request.getHeaders();
        String type = headers.findFirst(HttpHeaders.CONTENT_TYPE).orElse("").split(";", 2)[0];
        // The framework takes out a coding that it has read.
        boolean coded = headers.findFirst(HttpHeaders.CONTENT_ENCODING)
                .filter(coding -> !coding.equalsIgnoreCase(IDENTITY))
                .isPresent();
        if (coded || !type.strip().equalsIgnoreCase(type(service, "request").getName())) {
            throw new HttpStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "");
        }
        if (request.getContentLength() > limits.requestBytes()) {
            throw new PromptException(new Problem.TooLarge("The request", limits.requestBytes()));
        }
    }

    /** The type of what goes one way: {@code request}, {@code result} or {@code advertisement}. */
    static MediaType type(GitService service, String what) {
        return MediaType.of("application/x-" + service.text() + "-" + what);
    }
}
