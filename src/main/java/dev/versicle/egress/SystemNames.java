package dev.versicle.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names as this machine resolves them, on threads of their own: a look-up cannot be ended, and it would hold the
 * carrier of a virtual thread until a name server that somebody else runs likes to answer. A name that is not found in
 * time, or for which no thread is left, is not found. Whoever asks for a name that is being looked up waits for the
 * same answer, so that a name takes one thread, however many want to know it.
 */
public final class SystemNames implements Names {
    static final int LOOKUPS_MAX = 256;
    static final Duration LOOKUP_TIME_MAX = Duration.ofSeconds(10);

    private static final Duration IDLE_TIME_MAX = Duration.ofSeconds(30);

    /** What asks the system. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Map<String, Future<List<InetAddress>>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            LOOKUPS_MAX,
            IDLE_TIME_MAX.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("names-", 0).factory());

    public SystemNames() {
        this(InetAddress::getAllByName);
    }

    SystemNames(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public List<InetAddress> of(String host) throws UnknownHostException {
        try {
            Future<List<InetAddress>> found = underWay.computeIfAbsent(host, this::begin);
            return found.get(LOOKUP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new UnknownHostException(host);
        }
    }

    private Future<List<InetAddress>> begin(String host) {
        return threads.submit(() -> {
            try {
                return List.of(resolver.addresses(host));
            } finally {
                // Waits until the map has it: both hold the key's lock.
                underWay.remove(host);
            }
        });
    }
}
