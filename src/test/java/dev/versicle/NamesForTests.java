package dev.versicle;

import dev.versicle.egress.Names;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Names that lead where a test says, for a server that sets {@code test.names}; a literal address leads to itself. */
@Factory
@Requires(property = NamesForTests.SETTING)
final class NamesForTests {
    static final String SETTING = "test.names";

    /** Who leads where at the moment. */
    static final class Book implements Names {
        private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();

        void lead(String host, String address) {
            addresses.put(host, InetAddress.ofLiteral(address));
        }

        @Override
        public List<InetAddress> of(String host) throws UnknownHostException {
            return List.of(Optional.ofNullable(addresses.get(host)).orElseGet(() -> InetAddress.ofLiteral(host)));
        }
    }

    @Singleton
    @Replaces(value = Names.class, factory = Wiring.class)
    Book names() {
        return new Book();
    }
}
