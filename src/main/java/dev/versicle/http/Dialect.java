package dev.versicle.http;

import dev.versicle.prompt.Problem;
import io.micronaut.http.MediaType;
import java.util.Optional;

/** How a door words its refusals: one envelope and one table of statuses, for the heart's and the framework's alike. */
public interface Dialect {
    /** The words and the status for what the heart refused. */
    Answer answer(Problem problem);

    /** The words for what never reached the heart; the status is always {@link Failure#status}. */
    Answer answer(Failure failure);

    /** Whose requests are answered in this dialect when no route matches: those at this path and below it. */
    String path();

    /** The door of this dialect, where it shares {@link #path} or part of it: only there the request's door counts. */
    default Optional<SharedPath.Door> door() {
        return Optional.empty();
    }

    /** What a 401 asks for, as the value of {@code WWW-Authenticate}. */
    default String challenge() {
        return "Bearer";
    }

    /** The type of every answer. */
    default MediaType type() {
        return MediaType.APPLICATION_JSON_TYPE;
    }

    /** A refusal on the wire; {@code body} is written as the dialect's {@link #type}. */
    record Answer(int status, Object body) {}
}
