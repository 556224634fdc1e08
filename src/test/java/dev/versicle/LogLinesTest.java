package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the encoders of the server's own configuration make of an event, in both formats. */
class LogLinesTest {
    private static final String FORGED = "2026-04-22T10:14:00.123Z ERROR Prompts forged";

    private static List<String> written(String format, Level level, String message, Throwable thrown)
            throws JoranException {
        LoggerContext log = new LoggerContext();
        log.putProperty("versicle.log-format", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(log);
        configurator.doConfigure(LogLinesTest.class.getResource("/logback.xml"));
        Logger logger = log.getLogger("dev.versicle.Prompts");
        LoggingEvent event = new LoggingEvent("", logger, level, message, thrown, new Object[0]);
        event.setMDCPropertyMap(Map.of("request", "r-1", "caller", "ada", "other", "x"));
        String all = encoded(log, level, event);
        log.stop();
        return List.of(all.split("\n", -1));
    }

    @SuppressWarnings("unchecked") // the configuration has no other appenders
    private static String encoded(LoggerContext log, Level level, ILoggingEvent event) {
        String name = level == Level.ERROR ? "ERRORS" : "EVENTS";
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>)
                log.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(name);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static Throwable deep(String message) {
        return new IllegalStateException(message, new IOException(message));
    }

    @Test
    void aLineOfTextSaysWhenWhatAndWho() throws JoranException {
        List<String> lines = written("text", Level.WARN, "it happened", deep("why"));

        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getFirst().matches("\\S+T\\S+ WARN  Prompts \\[r-1] \\[ada] it happened"), lines.getFirst());
    }

    @Test
    void noMessageForgesALineOfText() throws JoranException {
        for (String line : List.of("\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\f", "\u001b[2K\b")) {
            List<String> lines = written("text", Level.ERROR, "a" + line + FORGED, deep("b" + line + FORGED));

            assertTrue(
                    lines.getFirst().endsWith("a " + FORGED) || lines.getFirst().contains("a [2K " + FORGED));
            for (String trace : lines.subList(1, lines.size() - 1)) {
                assertFalse(trace.startsWith("2026"), trace);
                assertFalse(trace.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t'), trace);
                assertTrue(trace.startsWith("\t") || trace.startsWith("java.lang.IllegalStateException"), trace);
            }
            assertTrue(lines.stream().anyMatch(trace -> trace.contains("Caused by: java.io.IOException")));
        }
    }

    @Test
    void aLineOfJsonSaysTheSame() throws Exception {
        List<String> lines = written("json", Level.WARN, "it\nhappened", deep("why"));

        assertEquals(2, lines.size(), lines.toString());
        JsonNode line = new JsonMapper().readTree(lines.getFirst());
        List<String> fields = new ArrayList<>();
        line.fieldNames().forEachRemaining(fields::add);
        assertEquals(
                List.of("timestamp", "level", "logger", "request", "caller", "message"),
                fields.stream()
                        .sorted((a, b) -> Integer.compare(order(a), order(b)))
                        .toList());
        assertTrue(OffsetDateTime.parse(line.get("timestamp").asText()).getYear() > 2000);
        assertEquals("WARN", line.get("level").asText());
        assertEquals("dev.versicle.Prompts", line.get("logger").asText());
        assertEquals("r-1", line.get("request").asText());
        assertEquals("ada", line.get("caller").asText());
        assertEquals("it\nhappened", line.get("message").asText());
    }

    private static int order(String field) {
        return List.of("timestamp", "level", "logger", "request", "caller", "message")
                .indexOf(field);
    }

    @Test
    void anErrorInJsonHasItsTraceInOneLine() throws Exception {
        List<String> lines = written("json", Level.ERROR, "it\nbroke", deep("why\n" + FORGED));

        assertEquals(2, lines.size(), lines.toString());
        String trace =
                new JsonMapper().readTree(lines.getFirst()).get("stack_trace").asText();
        assertTrue(trace.contains("Caused by: java.io.IOException: why"), trace);
    }
}
