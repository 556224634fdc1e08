package dev.versicle.http.v1;

import dev.versicle.http.Turns;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventDesk;
import dev.versicle.prompt.EventDesk.Heard;
import dev.versicle.prompt.EventMark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells one client of events until it goes away, its token ends or the server stops. */
final class EventStream {
    /** After which something is said, so that nobody in between takes the connection for a dead one. */
    static final Duration SILENCE_MAX = Duration.ofSeconds(15);

    /** How long a stream goes on after its token ended. */
    static final Duration TOKEN_ASKED_EVERY = Duration.ofSeconds(5);

    /** How long it takes to notice that the client went away, or that the server stops. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final EventDesk desk;
    private final EventFrames frames;
    private final Asked asked;
    private final Leave leave;
    private EventMark mark;
    private long written = System.nanoTime();
    private long tokenAsked = System.nanoTime();

    /** Who asked for what, and from where on. */
    record Asked(Caller who, EventDesk.Filter filter, EventMark mark) {}

    /**
     * How long it may go on.
     *
     * @param token whether the caller's token holds
     * @param stopping whether the server stops
     */
    record Leave(Turns.Turn turn, BooleanSupplier token, BooleanSupplier stopping) implements AutoCloseable {
        @Override
        public void close() {
            turn.close();
        }
    }

    EventStream(EventDesk desk, EventFrames frames, Asked asked, Leave leave) {
        this.desk = desk;
        this.frames = frames;
        this.asked = asked;
        this.leave = leave;
        this.mark = asked.mark();
    }

    /** Writes until it must end; throws where nobody reads any more. */
    void write(OutputStream out) throws IOException {
        try (leave) {
            say(out, EventFrames.opening(mark));
            Optional<String> end = end();
            while (end.isEmpty()) {
                step(out);
                desk.await(mark, LOOK_EVERY);
                end = end();
            }
            say(out, EventFrames.farewell(end.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> end() {
        if (leave.stopping().getAsBoolean()) {
            return Optional.of("the server stops");
        }
        if (since(tokenAsked).compareTo(TOKEN_ASKED_EVERY) < 0) {
            return Optional.empty();
        }
        tokenAsked = System.nanoTime();
        return leave.token().getAsBoolean() ? Optional.empty() : Optional.of("the token does not hold any more");
    }

    private void step(OutputStream out) throws IOException {
        Heard heard = desk.after(asked.who(), asked.filter(), mark);
        mark = heard.mark();
        String text = text(heard);
        if (!text.isEmpty()) {
            say(out, text);
        } else if (since(written).compareTo(SILENCE_MAX) >= 0) {
            say(out, EventFrames.heartbeat(mark));
        } else {
            out.flush();
        }
    }

    private String text(Heard heard) throws IOException {
        return switch (heard) {
            case Heard.Missed missed -> frames.missed(missed.mark());
            case Heard.Told told -> text(told);
        };
    }

    private String text(Heard.Told told) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Event event : told.events()) {
            text.append(frames.event(told.mark().epoch(), event));
        }
        return text.toString();
    }

    private void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        written = System.nanoTime();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
