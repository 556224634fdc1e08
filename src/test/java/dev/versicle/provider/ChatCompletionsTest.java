package dev.versicle.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.ModelServer;
import dev.versicle.prompt.Endpoint;
import dev.versicle.prompt.ModelGateway.Question;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a provider is asked, and what becomes of all the ways in which it may not answer. */
class ChatCompletionsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Trial.Sampling PLAIN =
            new Trial.Sampling(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

    private ModelServer provider;
    private ChatCompletions completions;

    @BeforeEach
    void start() {
        provider = new ModelServer();
        completions = new ChatCompletions(PATIENCE);
    }

    @AfterEach
    void stop() {
        completions.close();
        provider.close();
    }

    private static Question question(String base, Trial.Sampling sampling) {
        Endpoint endpoint = new Endpoint(Optional.of(Endpoint.base(base)), Optional.of(new Secret("sk-of-the-test")));
        return new Question(new ModelName("openai", "gpt-4o"), endpoint, "Say \"hi\" 👋", sampling);
    }

    private String failure(String base) {
        return failure(completions, base);
    }

    private static String failure(ChatCompletions completions, String base) {
        PromptException refused = assertThrows(PromptException.class, () -> completions.ask(question(base, PLAIN)));
        return ((Problem.ProviderFailed) refused.problem()).what();
    }

    @Test
    void thePromptIsTheOneMessageAndTheKeyTheBearerToken() throws JsonProcessingException {
        Trial.Sampling all =
                new Trial.Sampling(Optional.of(0.1), Optional.of(0.9), Optional.of(7), List.of("END", "\n"), true);

        assertEquals("hello", completions.ask(question(provider.base(), all)));

        ModelServer.Asked asked = provider.asked().getFirst();
        assertEquals("POST /v1/chat/completions", asked.method() + " " + asked.path());
        assertEquals("Bearer sk-of-the-test", asked.authorization());
        JsonMapper mapper = new JsonMapper();
        assertEquals(mapper.readTree("""
                {"model": "gpt-4o", "messages": [{"role": "user", "content": "Say \\"hi\\" 👋"}], "temperature": 0.1,
                 "top_p": 0.9, "max_tokens": 7, "stop": ["END", "\\n"], "response_format": {"type": "json_object"}}
                """), mapper.readTree(asked.body()));
    }

    @Test
    void whatNobodySaidIsLeftToTheProvider() throws JsonProcessingException {
        completions.ask(question(provider.base(), PLAIN));

        assertEquals(
                List.of("model", "messages"),
                new JsonMapper()
                        .readTree(provider.asked().getFirst().body())
                        .propertyStream()
                        .map(field -> field.getKey())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 400, 401, 429, 500, 503})
    void anotherStatusThan200IsAFailureAndItsBodyIsNotTold(int status) {
        provider.answers(status, "{\"error\": \"sk-of-the-test is wrong\"}");

        assertEquals("answered with status " + status, failure(provider.base()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "[]",
                "{}",
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": {\"content\": 7}}]}"
            })
    void anAnswerWithoutTextIsAFailure(String body) {
        provider.answers(200, body);

        assertEquals("answered with no text", failure(provider.base()));
    }

    @Test
    void anAnswerOverTheLimitIsAFailure() {
        provider.says("a".repeat(ChatCompletions.ANSWER_BYTES_MAX));

        assertEquals("answered with more than 1048576 bytes", failure(provider.base()));
    }

    @Test
    void aProviderThatNeverAnswersIsLeft() {
        try (ChatCompletions impatient = new ChatCompletions(SHORT)) {
            assertEquals("did not answer in time", failure(impatient, provider.silent()));
        }
    }

    @Test
    void aRedirectIsNotFollowedSinceTheKeyIsForOneAddress() {
        try (ModelServer other = new ModelServer()) {
            provider.redirects(other.base() + "/chat/completions");

            assertEquals("answered with status 307", failure(provider.base()));
            assertEquals(List.of(), other.asked());
        }
    }

    @Test
    void aProviderThatIsNotThereIsAFailure() {
        String gone = provider.base();
        provider.close();

        assertEquals("could not be reached", failure(gone));
    }
}
