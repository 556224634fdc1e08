package dev.versicle.http.v1;

import dev.versicle.prompt.EventDesk;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.EventMark;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Search;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what stands in queries. */
final class V1Query {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");
    private static final String KINDS = Arrays.stream(EventKind.values())
            .filter(EventKind::told)
            .map(EventKind::text)
            .collect(Collectors.joining(", ", "must be among ", ""));

    private V1Query() {}

    /** {@code ?q=&namespace=&folder=}: by default everything. */
    static Search search(HttpParameters query) {
        return new Search(
                text(query, "q").orElse(""), text(query, "namespace").map(Namespace::new), text(query, "folder"));
    }

    private static Optional<String> text(HttpParameters query, String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** {@code ?limit=&offset=}: by default the first 20. */
    static Page.Part part(@Nullable Integer limit, @Nullable Integer offset) {
        return new Page.Part(offset == null ? 0 : offset, limit(limit));
    }

    static int limit(@Nullable Integer limit) {
        return limit == null ? Page.Window.LIMIT_DEFAULT : limit;
    }

    /** {@code ?prompt=&namespace=&kind=}, of which {@code kind} may name several: by default all events. */
    static EventDesk.Filter events(HttpParameters query) {
        Set<EventKind> kinds = query.getAll("kind").stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(V1Query::kind)
                .collect(Collectors.toSet());
        return new EventDesk.Filter(
                text(query, "prompt").map(V1Query::prompt),
                text(query, "namespace").map(Namespace::new),
                kinds);
    }

    /** An id of no shape at all is a mistake in the query, not a prompt that is not there. */
    private static PromptId prompt(String text) {
        if (!ID.matcher(text).matches()) {
            throw new PromptException(new Problem.Invalid("promptId", "must be 24 lower-case hex digits"));
        }
        return PromptId.parse(text);
    }

    private static EventKind kind(String text) {
        return EventKind.find(text.strip()).orElseThrow(() -> new PromptException(new Problem.Invalid("kind", KINDS)));
    }

    /**
     * The event that a client saw last: {@code Last-Event-ID}, as clients send it that come again by themselves, else
     * {@code ?last_event_id=}. Blank is none, as the standard has it.
     */
    static Optional<EventMark> lastEvent(HttpRequest<?> request) {
        return request.getHeaders()
                .findFirst(LAST_EVENT_ID)
                .filter(text -> !text.isBlank())
                .or(() -> text(request.getParameters(), "last_event_id").filter(text -> !text.isBlank()))
                .map(text -> EventMark.parse("last_event_id", text.strip()));
    }

    /** {@code ?at=}. */
    static Optional<Instant> at(@Nullable String at) {
        return Optional.ofNullable(at).map(text -> V1Json.instant("at", text));
    }
}
