package dev.versicle;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line: starts a server, and stops it when the process is told to end. */
public final class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private Application() {}

    /** Runs a server until SIGTERM or SIGINT; a start that fails ends with status 1. */
    public static void main(String[] args) throws InterruptedException {
        try {
            Server server = Server.start(Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            // It is for people, the administrator's key above all: no line of it goes where lines are collected.
            boolean collected = !server.part(Settings.class).logFormat().equals(LogFormat.TEXT);
            PrintStream people = collected ? System.err : System.out;
            people.print(Banner.of(server));
            people.flush();
        } catch (StartRefused e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            LOG.error("The start failed", e);
            System.exit(1);
        }
        // Until the process is told to end.
        new CountDownLatch(1).await();
    }
}
