package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.versicle.http.Timestamps;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Event;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.Optional;

/** What the change stream tells; every field that its kind has is always there, and null where it is unset. */
final class V1Events {
    /** The event that says that events were missed. */
    static final String RESET = "reset";

    private static final String NO_OBJECT = "0".repeat(40);

    private V1Events() {}

    /** An event's data. */
    sealed interface EventJson {
        static EventJson of(Event event) {
            Head head = Head.of(event);
            return switch (event.fact()) {
                case Event.Pushed pushed -> PushJson.of(head, pushed);
                case Event.VersionCreated created ->
                    new VersionJson(
                            head.event,
                            head.at,
                            head.by,
                            head.prompt,
                            created.version(),
                            created.commit().hex());
                case Event.MetadataChanged changed ->
                    new MetadataJson(
                            head.event,
                            head.at,
                            head.by,
                            head.prompt,
                            changed.version(),
                            changed.commit().hex(),
                            changed.deleted());
                case Event.EnvironmentMoved moved -> MoveJson.of(head, moved);
                case Event.Created ignored -> head;
                case Event.Deleted ignored -> head;
                case Event.Renamed ignored -> head;
            };
        }
    }

    /** As the prompt was called then. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PlaceJson(String id, String namespace, String name) {
        static PlaceJson of(Event.Place place) {
            return new PlaceJson(
                    place.id().hex(), place.namespace().text(), place.name().text());
        }
    }

    /** What every event has; the whole of one that has no more. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Head(String event, String at, Optional<String> by, PlaceJson prompt) implements EventJson {
        static Head of(Event event) {
            return new Head(event.kind().text(), Timestamps.text(event.at()), event.by(), PlaceJson.of(event.prompt()));
        }
    }

    /** A ref before and after; 40 zeros where it was not there, or is no more, as GitHub has it. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PushJson(
            String event, String at, Optional<String> by, PlaceJson prompt, String ref, String before, String after)
            implements EventJson {
        static PushJson of(Head head, Event.Pushed pushed) {
            return new PushJson(
                    head.event,
                    head.at,
                    head.by,
                    head.prompt,
                    pushed.ref(),
                    pushed.before().orElse(NO_OBJECT),
                    pushed.after().orElse(NO_OBJECT));
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VersionJson(String event, String at, Optional<String> by, PlaceJson prompt, int version, String commit)
            implements EventJson {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MetadataJson(
            String event, String at, Optional<String> by, PlaceJson prompt, int version, String commit, boolean deleted)
            implements EventJson {}

    /** A version that an environment points to. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record TargetJson(int version, String commit) {
        static TargetJson of(Environment.Target target) {
            return new TargetJson(target.version(), target.commit().hex());
        }
    }

    /** {@code from} is null where the move made the environment, {@code to} where it dropped it. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MoveJson(
            String event,
            String at,
            Optional<String> by,
            PlaceJson prompt,
            String environment,
            Optional<TargetJson> from,
            Optional<TargetJson> to,
            Optional<String> message,
            String movedAt)
            implements EventJson {
        static MoveJson of(Head head, Event.EnvironmentMoved moved) {
            Environment.Move move = moved.move();
            return new MoveJson(
                    head.event,
                    head.at,
                    head.by,
                    head.prompt,
                    moved.environment().text(),
                    move.from().map(TargetJson::of),
                    move.to().map(TargetJson::of),
                    move.moved().message(),
                    Timestamps.text(move.moved().at()));
        }
    }

    /** What a client hears that missed events. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ResetJson(String event, String reason) {
        static ResetJson of() {
            return new ResetJson(
                    RESET, "What happened since cannot be told any more. Read again what you follow, then go on.");
        }
    }
}
