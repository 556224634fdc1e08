package dev.versicle.http.orkes;

import dev.versicle.http.JsonBody;
import dev.versicle.prompt.Endpoint;
import dev.versicle.prompt.Integration;
import dev.versicle.prompt.Integration.Category;
import dev.versicle.prompt.IntegrationEdit;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Secret;
import dev.versicle.prompt.Trial;
import dev.versicle.prompt.Visibility;
import io.micronaut.http.HttpRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what Orkes' clients say of integrations, and their trials of prompts. */
final class IntegrationJson {
    private static final String JSON = "json";

    private IntegrationJson() {}

    /**
     * {@code {category?, type?, description?, enabled?, configuration?: {endpoint?, api_key?}}}, as the vendor has it
     * (the rest of the configuration is not kept), and ours: {@code visibility?}, {@code grants?: {subject: right}}.
     */
    static IntegrationEdit edit(JsonBody body) {
        Integration.About about = new Integration.About(
                body.text("category")
                        .map(text -> constant("category", Category.values(), Category::name, text))
                        .orElse(Category.AI_MODEL),
                body.text("type").orElse(""),
                body.text("description"),
                body.flag("enabled").orElse(true));
        return new IntegrationEdit(about, body.object("configuration").map(IntegrationJson::endpoint), sharing(body));
    }

    private static Endpoint endpoint(JsonBody configuration) {
        return new Endpoint(
                written(configuration, "endpoint")
                        .or(() -> written(configuration, "base_url"))
                        .map(Endpoint::base),
                written(configuration, "api_key").map(Secret::new));
    }

    private static Optional<IntegrationEdit.Sharing> sharing(JsonBody body) {
        if (!body.has("visibility") && !body.has("grants")) {
            return Optional.empty();
        }
        Visibility visibility = body.text("visibility")
                .map(text -> constant("visibility", Visibility.values(), Visibility::text, text))
                .orElse(Visibility.PUBLIC);
        Map<String, String> grants = body.object("grants").map(JsonBody::values).orElse(Map.of());
        return Optional.of(new IntegrationEdit.Sharing(
                visibility,
                grants.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                grant -> constant("grants", Right.values(), Right::name, grant.getValue())))));
    }

    /** {@code {description?, enabled?}}; the vendor's configuration and quotas of a model are not kept. */
    static Integration.Model model(JsonBody body) {
        return new Integration.Model(
                body.text("description"), body.flag("enabled").orElse(true));
    }

    /**
     * {@code {prompt, llmProvider?, model?, promptVariables?, temperature?, topP?, maxTokens?, stopWords?,
     * response_format?}}; {@code prompt} is the text itself, and {@code maxTokens} 0 leaves it to the provider.
     */
    static Trial trial(JsonBody body) {
        Optional<ModelName> model = written(body, "llmProvider")
                .or(() -> written(body, "model"))
                .map(either -> new ModelName(body.required("llmProvider"), body.required("model")));
        Trial.Sampling sampling = new Trial.Sampling(
                body.decimal("temperature"),
                body.decimal("topP"),
                body.number("maxTokens").filter(tokens -> tokens != 0),
                body.texts("stopWords"),
                body.text("response_format").filter(JSON::equals).isPresent());
        Map<String, String> variables =
                body.object("promptVariables").map(JsonBody::values).orElse(Map.of());
        return Trial.of(model, new PromptText(body.required("prompt")), variables, sampling);
    }

    /**
     * The model that a path names. The Java SDK's {@code getPromptsWithIntegration} forgets to fill its path in, and
     * sends the names in the query.
     */
    static ModelName named(String provider, String model, HttpRequest<?> request) {
        return new ModelName(filled(provider, "integrationName", request), filled(model, "model", request));
    }

    private static String filled(String segment, String name, HttpRequest<?> request) {
        return Optional.ofNullable(request.getParameters().get(name))
                .filter(value -> segment.equals("{" + name + "}"))
                .orElse(segment);
    }

    private static Optional<String> written(JsonBody body, String field) {
        return body.text(field).filter(text -> !text.isBlank());
    }

    private static <T> T constant(String field, T[] all, Function<T, String> text, String wanted) {
        return Arrays.stream(all)
                .filter(one -> text.apply(one).equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new PromptException(new Problem.Invalid(
                        field, "must be one of " + Arrays.stream(all).map(text).collect(Collectors.joining(", ")))));
    }
}
