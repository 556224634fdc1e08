package dev.versicle;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * How the lines of the log are written. {@code logback.xml} is read before any setting is, and knows the variable in
 * the environment alone; a format that stands elsewhere has it read once more.
 */
final class LogFormat {
    /** In the order in which they are named to an operator. */
    static final List<String> NAMES = List.of("text", "json");

    static final String TEXT = NAMES.getFirst();

    /** What {@code logback.xml} reads first, and what it leaves in the context when it has been read. */
    private static final String PROPERTY = "versicle.log-format";

    private LogFormat() {}

    /**
     * Makes the log write this format from now on. A name that is none is left to the settings to refuse, and a log
     * that {@code logback.xml} did not set up, as a test's, is left as it is.
     */
    static void use(String name) {
        Optional<LoggerContext> ours = Optional.of(LoggerFactory.getILoggerFactory())
                .filter(LoggerContext.class::isInstance)
                .map(LoggerContext.class::cast)
                .filter(log -> log.getProperty(PROPERTY) != null);
        if (ours.isPresent() && NAMES.contains(name) && !name.equals(ours.get().getProperty(PROPERTY))) {
            System.setProperty(PROPERTY, name);
            configure(ours.get());
        }
    }

    private static void configure(LoggerContext log) {
        log.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(log);
        try {
            configurator.doConfigure(
                    Objects.requireNonNull(LogFormat.class.getResource("/logback.xml"), "the jar has a logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
