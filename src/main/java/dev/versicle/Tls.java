package dev.versicle;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the server shows, where it speaks TLS. Files that change count within a minute, for connections
 * that begin then; while they cannot be used, what was read before is shown on, and the log says why.
 */
@Singleton
@Named(Tls.NAME)
@Requires(property = Tls.ENABLED, value = "true")
final class Tls implements CertificateProvider {
    /** As {@code application.yml} calls it. */
    static final String NAME = "versicle";

    static final String ENABLED = "micronaut.server.ssl.enabled";

    /** Files are looked at, not watched: what is mounted into a container changes by links that nobody is told of. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final TlsFiles files;
    private final TaskScheduler scheduler;
    private final List<Subscriber<? super KeyStore>> listeners = new CopyOnWriteArrayList<>();
    private final Queue<ScheduledFuture<?>> looks = new ConcurrentLinkedQueue<>();

    private TlsFiles.Held held;
    private KeyStore store;
    private String trouble = "";

    Tls(Settings settings, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.files = settings.tls().orElseThrow();
        this.scheduler = scheduler;
        this.held = files.read();
        this.store = held.store();
        told();
    }

    /** Has the server speak TLS where both files are set, and plain HTTP where neither is. */
    static void over(Environment environment) {
        boolean wanted = Stream.of("versicle.tls-certificate", "versicle.tls-key")
                .allMatch(name -> environment
                        .getProperty(name, String.class)
                        .filter(path -> !path.isBlank())
                        .isPresent());
        if (wanted) {
            environment.addPropertySource(PropertySource.of(NAME, Map.of(ENABLED, true)));
        }
    }

    @EventListener
    void begin(ServerStartupEvent started) {
        looks.add(scheduler.scheduleWithFixedDelay(INTERVAL, INTERVAL, this::look));
    }

    @PreDestroy
    void end() {
        looks.forEach(look -> look.cancel(false));
    }

    /** Takes up what the files hold now. */
    synchronized void look() {
        try {
            TlsFiles.Held now = files.read();
            if (!now.equals(held)) {
                store = now.store();
                held = now;
                told();
                listeners.forEach(listener -> listener.onNext(store));
            }
            trouble = "";
        } catch (StartRefused refused) {
            String sentence = String.valueOf(refused.getMessage());
            if (!sentence.equals(trouble)) {
                LOG.error("{} What was there before is shown on.", sentence);
            }
            trouble = sentence;
        }
    }

    private void told() {
        try {
            X509Certificate own = held.own(store);
            LOG.info(
                    "TLS as {}, until {}",
                    own.getSubjectX500Principal(),
                    own.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return this::subscribe;
    }

    private synchronized void subscribe(Subscriber<? super KeyStore> listener) {
        listener.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {
                // The one listener there is, Micronaut's, wants all there are: one a minute at most.
            }

            @Override
            public void cancel() {
                listeners.remove(listener);
            }
        });
        listeners.add(listener);
        listener.onNext(store);
    }
}
