package dev.versicle;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a server logs under its own configuration, not the tests'; from the opening on until it is closed. */
final class ServersLog implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Recorder recorder = new Recorder();

    private ServersLog() {
        configure("/logback.xml");
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        // To the record alone: the level TRACE is for the test, not for whoever reads its output.
        root.detachAndStopAllAppenders();
        recorder.setContext(context);
        recorder.start();
        root.addAppender(recorder);
    }

    /** Records all events, those of the named loggers down to TRACE. */
    static ServersLog turnedUp(String... loggers) {
        ServersLog log = new ServersLog();
        for (String logger : loggers) {
            log.context.getLogger(logger).setLevel(Level.TRACE);
        }
        return log;
    }

    /** Records all events of all loggers down to TRACE, but of those that the configuration silences by name. */
    static ServersLog allTurnedUp() {
        ServersLog log = new ServersLog();
        for (Logger logger : log.context.getLoggerList()) {
            if (logger.getLevel() != null && logger.getLevel() != Level.OFF) {
                logger.setLevel(Level.TRACE);
            }
        }
        return log;
    }

    List<ILoggingEvent> events() {
        return List.copyOf(recorder.events);
    }

    /** All that an event could print: logger, context, message, stack trace. */
    static String line(ILoggingEvent event) {
        return event.getLoggerName() + " " + event.getMDCPropertyMap() + " " + event.getFormattedMessage() + " "
                + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    private void configure(String resource) {
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(ServersLog.class.getResource(resource));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        configure("/logback-test.xml");
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    }
}
