package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client does every operation, but for those that are beyond it and that the README names. */
class GitClientsTest {
    private static final Map<Client, GitClient> CLIENTS = new EnumMap<>(Client.class);

    @TempDir
    private static Path directory;

    private static Host host;

    @BeforeAll
    static void start() {
        Arrays.stream(Client.values()).forEach(client -> CLIENTS.put(client, client.made()));
        host = new Host(directory);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static Stream<Arguments> pairs(boolean limited) {
        return Arrays.stream(Client.values())
                .flatMap(client -> Arrays.stream(Operation.values())
                        .filter(operation -> Limit.of(client, operation).isPresent() == limited)
                        .map(operation -> Arguments.of(client, operation)));
    }

    static Stream<Arguments> within() {
        return pairs(false);
    }

    static Stream<Arguments> beyond() {
        return pairs(true);
    }

    private static Stage stage(Client client, Operation operation) {
        return new Stage(
                Objects.requireNonNull(CLIENTS.get(client)), host, directory.resolve(client + "-" + operation));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("within")
    void aClientDoesWhatItCan(Client client, Operation operation) {
        operation.on(stage(client, operation));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("beyond")
    void whatAClientCannotDoItSaysItself(Client client, Operation operation) {
        AssertionError failure = assertThrows(AssertionError.class, () -> operation.on(stage(client, operation)));

        String says = Limit.of(client, operation).orElseThrow().says();
        assertTrue(failure.toString().contains(says), failure::toString);
    }
}
