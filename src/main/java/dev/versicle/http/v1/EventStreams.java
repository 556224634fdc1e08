package dev.versicle.http.v1;

import dev.versicle.http.Admission;
import dev.versicle.http.Turns;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.EventDesk;
import dev.versicle.prompt.EventLimits;
import dev.versicle.prompt.EventMark;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** All change streams: admits new ones, and ends all of them when the server stops. */
@Singleton
final class EventStreams implements GracefulShutdownCapable {
    private static final int RETRY_SECONDS = 5;

    private final EventDesk desk;
    private final Admission admission;
    private final EventFrames frames;
    private final Turns turns;
    private volatile boolean stopping;

    EventStreams(EventDesk desk, Admission admission, EventLimits limits, JsonMapper json) {
        this.desk = desk;
        this.admission = admission;
        this.frames = new EventFrames(json);
        this.turns = new Turns(
                new Problem.Busy("change streams", RETRY_SECONDS), limits.streamsOfCaller(), limits.streams());
    }

    /**
     * A stream that may begin. Whoever shows a token that does not hold is refused, though everybody may follow what is
     * public: such a client would wait in vain for what is not.
     */
    EventStream open(Caller caller, HttpRequest<?> request) {
        BooleanSupplier token = admission.of(request, caller);
        if (!token.getAsBoolean()) {
            throw new PromptException(new Problem.Unauthenticated());
        }
        EventDesk.Filter filter = V1Query.events(request.getParameters());
        Optional<EventMark> last = V1Query.lastEvent(request);
        desk.require(caller, filter);
        EventStream.Asked asked = new EventStream.Asked(caller, filter, last.orElseGet(desk::now));
        return new EventStream(
                desk, frames, asked, new EventStream.Leave(turns.take(caller, request), token, () -> stopping));
    }

    /** How many there are. */
    int underWay() {
        return turns.taken();
    }

    /** They end by themselves, and the server waits for their connections as for any other. */
    @Override
    public CompletionStage<?> shutdownGracefully() {
        stopping = true;
        return CompletableFuture.completedFuture(true);
    }
}
