package dev.versicle.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * {@code config.json}: {@code {"models": ["openai:gpt-4o"]}} and whatever else people keep there. A file of another
 * shape has no models.
 */
final class ConfigCodec {
    static final String FILE = "config.json";

    private static final String MODELS = "models";

    private ConfigCodec() {}

    static List<ModelName> models(byte[] file) {
        try {
            SortedSet<ModelName> models = new TreeSet<>();
            for (JsonNode model : Json.read(file).path(MODELS)) {
                models.add(ModelName.parse(model.asText()));
            }
            return List.copyOf(models);
        } catch (IOException | PromptException e) {
            return List.of();
        }
    }

    /**
     * The file with these models, every other key as it was; empty where nothing is left in it. A file of another shape
     * is kept while there is no model to be written, and replaced by one that holds the models else.
     */
    static Optional<byte[]> with(Optional<byte[]> before, Collection<ModelName> models) {
        Optional<ObjectNode> object = before.flatMap(ConfigCodec::object);
        if (models.isEmpty() && before.isPresent() && object.isEmpty()) {
            return before;
        }
        ObjectNode file = object.orElseGet(Json::object);
        file.remove(MODELS);
        if (!models.isEmpty()) {
            ArrayNode array = file.putArray(MODELS);
            models.forEach(model -> array.add(model.toString()));
        }
        return file.isEmpty() ? Optional.empty() : Optional.of(Json.write(file));
    }

    private static Optional<ObjectNode> object(byte[] file) {
        try {
            return Optional.of(Json.read(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
