package dev.versicle.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Look-ups that take their time; no name server is asked. */
class SystemNamesTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
    private static final String SLOW = "slow.example";

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<List<InetAddress>> found = new ConcurrentLinkedQueue<>();
    private final SystemNames names = new SystemNames(this::resolve);

    private InetAddress[] resolve(String host) throws UnknownHostException {
        asked.incrementAndGet();
        if (host.startsWith("slow")) {
            awaitAnswer();
        }
        if (host.startsWith("unknown")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {ADDRESS};
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void find(String host) {
        try {
            found.add(names.of(host));
        } catch (UnknownHostException e) {
            found.add(List.of());
        }
    }

    private static boolean isOnItsWay(Thread thread) {
        return thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING;
    }

    @Test
    void manyWhoWaitForOneNameTakeNoThreadFromAnother() throws UnknownHostException, InterruptedException {
        List<Thread> waiting = Stream.generate(() -> Thread.ofVirtual().start(() -> find(SLOW)))
                .limit(SystemNames.LOOKUPS_MAX + 1L)
                .toList();
        while (waiting.stream().anyMatch(SystemNamesTest::isOnItsWay)) {
            Thread.onSpinWait();
        }

        List<InetAddress> other = names.of("quick.example");
        answer.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }

        assertEquals(List.of(ADDRESS), other);
        assertEquals(2, asked.get());
        assertEquals(SystemNames.LOOKUPS_MAX + 1, found.size());
        assertEquals(List.of(List.of(ADDRESS)), found.stream().distinct().toList());
    }

    @Test
    void whatWasFoundIsLookedUpAgainTheNextTime() throws UnknownHostException {
        names.of("quick.example");
        names.of("quick.example");

        assertEquals(2, asked.get());
    }

    @Test
    void aNameThatIsNotFoundIsLookedUpAgainTheNextTime() {
        assertThrows(UnknownHostException.class, () -> names.of("unknown.example"));
        assertThrows(UnknownHostException.class, () -> names.of("unknown.example"));

        assertEquals(2, asked.get());
    }
}
