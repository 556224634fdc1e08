package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.EventKind;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Webhook;
import dev.versicle.prompt.Webhook.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription's file says what was written, whatever that is. */
class WebhookCodecTest {
    private static final Instant MOMENT = Instant.parse("2026-04-22T10:14:00.123Z");
    private static final List<Role> ROLES = List.of(Role.READER, Role.WRITER, Role.ADMIN);
    private static final int ROUNDS = 2_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_422})
    void aFileSaysWhatWasWritten(long seed) throws IOException {
        Wild wild = new Wild(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Webhook webhook = webhook(wild);
            byte[] file = Json.write(WebhookCodec.write(webhook, "sealed " + i));
            int round = i;

            Webhook read = WebhookCodec.read(Json.read(file), (id, closed) -> {
                assertEquals(webhook.id() + " sealed " + round, id + " " + closed);
                return webhook.secret();
            });

            assertEquals(webhook, read, "seed " + seed + ", round " + i);
            assertArrayEquals(file, Json.write(WebhookCodec.write(read, "sealed " + i)));
            assertFalse(new String(file, StandardCharsets.UTF_8)
                    .contains(webhook.secret().text()));
        }
    }

    private static Webhook webhook(Wild wild) {
        List<Scope> scopes = List.of(
                new Scope.OfPrompt(new PromptId("%024x".formatted(wild.below(Integer.MAX_VALUE)))),
                new Scope.OfNamespace(new Namespace("n" + wild.below(99))),
                new Scope.Everything());
        Caller owner = new Caller(
                "s" + wild.line(Caller.CHARACTERS_MAX - 1),
                wild.maybe(wild.line(50)),
                wild.maybe(wild.line(50)),
                new Namespace("m" + wild.below(99)),
                some(wild, ROLES));
        Set<EventKind> events = some(wild, List.of(EventKind.values()));
        return new Webhook(
                "%012x".formatted(wild.below(Integer.MAX_VALUE)),
                "https://example.org/" + wild.line(100),
                "https://" + wild.line(20),
                new Secret("secret-of-round-" + wild.below(Integer.MAX_VALUE)),
                events,
                scopes.get(wild.below(3)),
                owner,
                MOMENT.plusMillis(wild.below(Integer.MAX_VALUE)));
    }

    private static <T> Set<T> some(Wild wild, List<T> all) {
        return all.stream().filter(one -> wild.below(2) == 0).collect(Collectors.toSet());
    }

    @Test
    void aFileThatIsNotAsWeWriteItIsNotRead() throws IOException {
        Webhook webhook = new Webhook(
                "00000000002a",
                "https://example.org/",
                "https://example.com",
                new Secret("0123456789abcdef"),
                Set.of(EventKind.PUSH),
                new Scope.Everything(),
                House.ALICE,
                MOMENT);
        ObjectNode whole = WebhookCodec.write(webhook, "sealed");
        assertEquals(webhook, WebhookCodec.read(whole, (id, closed) -> webhook.secret()));

        Stream<ObjectNode> wrong = Stream.concat(
                Stream.of("id", "url", "server", "secret_sealed", "owner", "created_at")
                        .map(field -> whole.deepCopy().without(List.of(field))),
                Stream.of(
                        whole.deepCopy().put("created_at", "yesterday"),
                        whole.deepCopy().put("prompt", "not an id"),
                        whole.deepCopy().put("namespace", "Not One"),
                        whole.deepCopy().set("events", Json.object().arrayNode().add("nothing.known"))));
        wrong.forEach(file -> assertThrows(
                IOException.class, () -> WebhookCodec.read(file, (id, closed) -> webhook.secret()), file::toString));
    }

    @Test
    void whoMadeItIsWrittenAsInTheFilesOfKeys() throws IOException {
        ObjectNode file = Json.object();
        CallerCodec.write(House.ALICE, file);

        assertEquals(House.ALICE, CallerCodec.read(file));
        assertEquals("""
                {"subject":"alice","name":"Alice Adams","email":"alice@example.org",\
                "namespace":"default","roles":[]}""", file.toString().replaceAll("\\s", " "));
        assertEquals(Optional.of("alice"), Json.text(file, "subject"));
    }
}
