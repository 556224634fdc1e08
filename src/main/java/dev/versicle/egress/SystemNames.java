package dev.versicle.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names as this machine resolves them, on threads of their own: a look-up cannot be ended, and it would hold the carrier
 * of a virtual thread until a name server that somebody else runs likes to answer. A name that is not found in time,
 * or for which no thread is left, is not found.
 */
public final class SystemNames implements Names {
    static final int LOOKUPS_MAX = 32;
    static final Duration LOOKUP_TIME_MAX = Duration.ofSeconds(10);

    private static final Duration IDLE_TIME_MAX = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            LOOKUPS_MAX,
            IDLE_TIME_MAX.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("names-", 0).factory());

    @Override
    public List<InetAddress> of(String host) throws UnknownHostException {
        try {
            Future<InetAddress[]> found = threads.submit(() -> InetAddress.getAllByName(host));
            return List.of(found.get(LOOKUP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new UnknownHostException(host);
        }
    }
}
