package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.http.v1.EventLines.Told;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventMark;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is written as a stream of events is read as the same. */
class EventFramesTest {
    private static final String EPOCH = "0123456789abcdef";
    /** What could break a line or a text, among what could not. */
    private static final List<String> PIECES = List.of(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\u2028",
            "\u2029",
            "\u0085",
            "\t",
            "\"",
            "\\",
            "\\n",
            ":",
            "data: x",
            "id: 1",
            "event: push",
            " ",
            "ä",
            "漢",
            "🦆",
            "a",
            "</script>");

    private static final PromptName NAME = new PromptName("folder/naïve \"quoted\" {x}: data");

    private final EventFrames frames = new EventFrames(ObjectMapper.getDefault());

    private static List<Told> read(String written) {
        EventLines lines = new EventLines();
        // All three of the standard's line breaks.
        return Stream.of(written.split("\r\n|\r|\n", -1))
                .flatMap(line -> lines.take(line).stream())
                .toList();
    }

    private static Event event(long number, Optional<String> by, Event.Fact fact) {
        PromptId id = new PromptId("0123456789abcdef01234567");
        return new Event(number, Instant.ofEpochMilli(number), by, new Event.Place(id, Namespace.DEFAULT, NAME), fact);
    }

    @RepeatedTest(200)
    void anyTextIsReadAsItWas(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String message = "m" + text(random);
        String by = "b" + text(random);
        Environment.Target target = new Environment.Target(7, new CommitId("a".repeat(40)));
        Environment.Moved moved = new Environment.Moved(by, Instant.EPOCH, Optional.of(message));
        Event event = event(
                repetition.getCurrentRepetition(),
                Optional.of(by),
                new Event.EnvironmentMoved(
                        new EnvironmentName("live"),
                        new Environment.Move(Optional.empty(), Optional.of(target), moved)));

        List<Told> told = read(frames.event(EPOCH, event) + EventFrames.heartbeat(new EventMark(EPOCH, 9)));

        assertEquals(1, told.size(), () -> "seed " + repetition.getCurrentRepetition() + ": " + told);
        assertEquals(EPOCH + "-" + event.number(), told.getFirst().id());
        assertEquals("environment.moved", told.getFirst().event());
        assertEquals(message, told.getFirst().at("/message").asText());
        assertEquals(by, told.getFirst().at("/by").asText());
        assertEquals(NAME.text(), told.getFirst().at("/prompt/name").asText());
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining());
    }

    @Test
    void aRefThatWasNotThereIsFortyZeros() throws IOException {
        Event made = event(1, Optional.empty(), new Event.Pushed("refs/heads/a", Optional.empty(), Optional.of("x")));
        Event gone = event(2, Optional.empty(), new Event.Pushed("refs/heads/a", Optional.of("x"), Optional.empty()));

        List<Told> told = read(frames.event(EPOCH, made) + frames.event(EPOCH, gone));

        String zeros = "0".repeat(40);
        assertEquals(
                zeros + " x",
                told.get(0).at("/before").asText() + " "
                        + told.get(0).at("/after").asText());
        assertEquals(
                "x " + zeros,
                told.get(1).at("/before").asText() + " "
                        + told.get(1).at("/after").asText());
        assertEquals(true, told.get(0).at("/by").isNull());
    }

    @Test
    void whatIsNoEventMovesTheIdAllTheSame() {
        EventLines lines = new EventLines();
        EventMark mark = new EventMark(EPOCH, 42);

        List<Told> told = Stream.of((EventFrames.opening(mark) + EventFrames.farewell("over")).split("\n", -1))
                .flatMap(line -> lines.take(line).stream())
                .toList();

        assertEquals(List.of(), told);
        assertEquals(mark.text(), lines.lastId());
        assertEquals(mark, EventMark.parse("id", lines.lastId()));
    }
}
