package dev.versicle.http.v1;

import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventMark;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Events as {@code text/event-stream} writes them (WHATWG, HTML, "Server-sent events"): a blank line ends each. What
 * has an id but no data is no event for a client, which remembers the id all the same. Data is JSON, in which a line
 * break in a text is no line break.
 */
final class EventFrames {
    /** After which a client whose stream ended comes again. */
    static final Duration RETRY = Duration.ofSeconds(1);

    private final JsonMapper json;

    EventFrames(JsonMapper json) {
        this.json = json;
    }

    /** What a stream begins with. */
    static String opening(EventMark mark) {
        return "retry: " + RETRY.toMillis() + "\n" + place(mark);
    }

    /** What is said where there is nothing to say: that the stream is alive, and how far it is. */
    static String heartbeat(EventMark mark) {
        return ": still here\n" + place(mark);
    }

    /** Why a stream ends, for people who look at it. */
    static String farewell(String why) {
        return ": " + why + "\n\n";
    }

    private static String place(EventMark mark) {
        return "id: " + mark.text() + "\n\n";
    }

    String event(String epoch, Event event) throws IOException {
        EventMark mark = new EventMark(epoch, event.number());
        return frame(mark, event.kind().text(), V1Events.EventJson.of(event));
    }

    /** Tells that events were missed, and from where on they are told again. */
    String missed(EventMark mark) throws IOException {
        return frame(mark, V1Events.RESET, V1Events.ResetJson.of());
    }

    private String frame(EventMark mark, String kind, Object data) throws IOException {
        String line = new String(json.writeValueAsBytes(data), StandardCharsets.UTF_8);
        return "id: " + mark.text() + "\nevent: " + kind + "\ndata: " + line + "\n\n";
    }
}
