package dev.versicle.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.ModelGateway;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Trial;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.exceptions.ContentLengthExceededException;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers that speak OpenAI's chat completions: {@code POST <base>/chat/completions} with the key as a bearer
 * token and the prompt as the one message of a user. The answer is the first choice's text.
 *
 * <p>Redirects are not followed: the key is for the address that was registered, and for no other.
 */
public final class ChatCompletions implements ModelGateway, AutoCloseable {
    /** How much of a provider's answer is read. */
    public static final int ANSWER_BYTES_MAX = 1 << 20;

    /** How many questions are out at a time. */
    public static final int QUESTIONS_MAX = 64;

    static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ChatCompletions.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String PATH = "/chat/completions";

    private final HttpClient http;
    private final Semaphore free = new Semaphore(QUESTIONS_MAX);

    /** Waits at most {@code patience} for a whole answer. */
    public ChatCompletions(Duration patience) {
        DefaultHttpClientConfiguration limits = new DefaultHttpClientConfiguration();
        limits.setConnectTimeout(CONNECT_TIME_MAX);
        limits.setReadTimeout(patience);
        // A provider that sends a byte now and then is never idle.
        limits.setRequestTimeout(patience);
        limits.setMaxContentLength(ANSWER_BYTES_MAX);
        limits.setFollowRedirects(false);
        http = HttpClient.create(null, limits);
    }

    @Override
    public String ask(Question question) {
        if (!free.tryAcquire()) {
            throw failed(question, "has too many questions already");
        }
        try {
            HttpResponse<byte[]> answer = http.toBlocking().exchange(request(question), byte[].class);
            if (answer.code() != 200) {
                throw failed(question, "answered with status " + answer.code());
            }
            return Optional.ofNullable(answer.body())
                    .flatMap(ChatCompletions::text)
                    .orElseThrow(() -> failed(question, "answered with no text"));
        } catch (ReadTimeoutException e) {
            throw failed(question, "did not answer in time");
        } catch (ContentLengthExceededException e) {
            throw failed(question, "answered with more than " + ANSWER_BYTES_MAX + " bytes");
        } catch (HttpClientResponseException e) {
            throw failed(question, "answered with status " + e.code());
        } catch (HttpClientException e) {
            throw failed(question, "could not be reached");
        } finally {
            free.release();
        }
    }

    /** The exception that tells why is not handed on and not logged: what it says may come from the provider. */
    private static PromptException failed(Question question, String what) {
        LOG.warn("The provider of model {} {}", question.model(), what);
        return new PromptException(new Problem.ProviderFailed(question.model(), what));
    }

    private static HttpRequest<byte[]> request(Question question) {
        return HttpRequest.POST(question.endpoint().base().orElseThrow() + PATH, body(question))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .accept(MediaType.APPLICATION_JSON_TYPE)
                .bearerAuth(question.endpoint().key().orElseThrow().text());
    }

    private static byte[] body(Question question) {
        Trial.Sampling sampling = question.sampling();
        ObjectNode body =
                MAPPER.createObjectNode().put("model", question.model().model());
        body.putArray("messages").addObject().put("role", "user").put("content", question.prompt());
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.tokensMax().ifPresent(value -> body.put("max_tokens", value));
        if (!sampling.stops().isEmpty()) {
            ArrayNode stops = body.putArray("stop");
            sampling.stops().forEach(stops::add);
        }
        if (sampling.json()) {
            body.putObject("response_format").put("type", "json_object");
        }
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree of nodes is always writable", e);
        }
    }

    private static Optional<String> text(byte[] body) {
        try {
            JsonNode content = MAPPER.readTree(body)
                    .path("choices")
                    .path(0)
                    .path("message")
                    .path("content");
            return content.isTextual() ? Optional.of(content.textValue()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
