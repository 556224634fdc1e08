package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Environment.Target;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Optional;

/** What is told of environments; every field is always there, and null where it is unset. */
final class V1Environments {
    private V1Environments() {}

    /** Where an environment points, and the move that brought it there. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record EnvironmentJson(
            String name,
            int version,
            String commit,
            String movedBy,
            String movedAt,
            Optional<String> message,
            @JsonProperty("protected") boolean guarded) {
        static EnvironmentJson of(Environment environment) {
            return new EnvironmentJson(
                    environment.name().text(),
                    environment.target().version(),
                    environment.target().commit().hex(),
                    environment.moved().by(),
                    Timestamps.text(environment.moved().at()),
                    environment.moved().message(),
                    environment.guarded());
        }
    }

    /** The environments of a prompt, by name. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Environments(List<EnvironmentJson> items) {
        static Environments of(List<Environment> environments) {
            return new Environments(
                    environments.stream().map(EnvironmentJson::of).toList());
        }
    }

    /** A move between two versions' numbers; {@code from} is null at the first one, {@code to} where it was dropped. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MoveJson(
            Optional<Integer> from,
            Optional<Integer> to,
            Optional<String> fromCommit,
            Optional<String> toCommit,
            String by,
            String at,
            Optional<String> message) {
        static MoveJson of(Environment.Move move) {
            return new MoveJson(
                    move.from().map(Target::version),
                    move.to().map(Target::version),
                    move.from().map(target -> target.commit().hex()),
                    move.to().map(target -> target.commit().hex()),
                    move.moved().by(),
                    Timestamps.text(move.moved().at()),
                    move.moved().message());
        }
    }

    /** A part of an environment's history, newest first; {@code nextCursor} is null where nothing follows. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Moves(List<MoveJson> items, Optional<String> nextCursor) {
        static Moves of(Environment.Moves moves) {
            return new Moves(
                    moves.items().stream().map(MoveJson::of).toList(),
                    moves.next().map(Cursor::from));
        }
    }
}
