package dev.versicle;

import dev.versicle.archive.Spool;
import dev.versicle.git.Seal;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptStore;
import dev.versicle.prompt.Transfers;
import dev.versicle.storage.local.DataDirectory;
import dev.versicle.storage.local.LocalRepositories;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server, from its start to its stop. Several may run in one process, each on a data directory of its own. */
public final class Server implements AutoCloseable {
    /** How long a stop waits for the requests under way. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final ApplicationContext context;
    private final EmbeddedServer http;

    private Server(ApplicationContext context, EmbeddedServer http) {
        this.context = context;
        this.http = http;
    }

    /**
     * Starts a server; it answers requests when this returns.
     *
     * @param settings what overrides {@code application.yml} and the environment, by the names used in the former
     * @throws StartRefused where an operator can mend what is wrong
     */
    public static Server start(Map<String, Object> settings) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(settings)
                .deduceEnvironment(false)
                .banner(false)
                .build();
        try {
            // Before the first line of the log.
            context.getEnvironment().start();
            context.getEnvironment()
                    .getProperty("versicle.log-format", String.class)
                    .ifPresent(LogFormat::use);
            context.start();
            // Settings first, so that a wrong one is named before anything is made.
            Settings chosen = context.getBean(Settings.class);
            DataDirectory data = context.getBean(DataDirectory.class);
            Settling settling = context.getBean(Settling.class);
            // Nothing can be brought in while the names are not all known.
            if (ServerKeys.isFirstStart(data) || chosen.importDirectory().isPresent()) {
                settling.run();
            }
            // Before the keys, which end the first start.
            Samples.bring(chosen, data, context.getBean(LocalRepositories.class), context.getBean(PromptStore.class));
            context.getBean(ServerKeys.class);
            context.getBean(Seal.class);
            chosen.importDirectory()
                    .ifPresent(new Imports(
                            context.getBean(LocalRepositories.class),
                            context.getBean(PromptIndex.class),
                            context.getBean(Transfers.class),
                            context.getBean(Spool.class))::bring);
            Server server =
                    new Server(context, context.getBean(EmbeddedServer.class).start());
            settling.begin();
            // They begin when they are made.
            context.getBeansOfType(Follower.class);
            return server;
        } catch (RuntimeException e) {
            context.close();
            throw Refusals.of(e).<RuntimeException>map(StartRefused::new).orElse(e);
        }
    }

    /** Where it answers. */
    public URI address() {
        return http.getURI();
    }

    /** One of its parts: for the banner and for tests. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** Stops: takes no new request, lets those under way end for at most {@link #GRACE}, then closes what is open. */
    @Override
    public void close() {
        if (!context.isRunning()) {
            return;
        }
        try {
            context.getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The stop did not wait for every request: {}", e.toString());
        } finally {
            context.close();
        }
    }
}
