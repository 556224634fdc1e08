package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README says what each client can do, and what it cannot, as {@link GitClientsTest} finds it. */
class ClientsInReadmeTest {
    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static String row(Stream<String> cells) {
        return "| " + cells.collect(Collectors.joining(" | ")) + " |\n";
    }

    private static Stream<Client> clients() {
        return Arrays.stream(Client.values());
    }

    private static String operations() {
        String head = row(Stream.concat(Stream.of("operation"), clients().map(Client::text)));
        String line = "|---" + "|:-:".repeat(Client.values().length) + "|\n";
        String rows = Arrays.stream(Operation.values())
                .map(operation -> row(Stream.concat(
                        Stream.of(operation.text()),
                        clients().map(client -> Limit.of(client, operation).isPresent() ? "no" : "yes"))))
                .collect(Collectors.joining());
        return head + line + rows;
    }

    private static String limits() {
        return Limit.ALL.stream()
                .map(limit ->
                        row(Stream.of(limit.client().text(), limit.operation().text(), limit.reason())))
                .collect(Collectors.joining("", "| client | cannot | because it |\n|---|---|---|\n", ""));
    }

    @Test
    void whatEachClientCanDoIsThere() throws IOException {
        assertTrue(readme().contains("\n\n" + operations() + "\n"), ClientsInReadmeTest::operations);
    }

    @Test
    void whatEachClientCannotDoIsThereWithTheReason() throws IOException {
        assertTrue(readme().contains("\n\n" + limits() + "\n"), ClientsInReadmeTest::limits);
    }
}
