package dev.versicle.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A request's body as a JSON object, or a list of them, read strictly: well-formed UTF-8 without a byte order mark, one
 * value and nothing after it, no field twice. A field that has the wrong type is refused by its name; a field nobody
 * asks for is ignored. How many bytes a body may have is the server's setting.
 */
public final class JsonBody {
    public static final int LEVELS_MAX = 64;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(LEVELS_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;

    private JsonBody(ObjectNode object) {
        this.object = object;
    }

    /** Reads a body, or refuses it as {@link Problem.Invalid} {@code body}. */
    public static JsonBody read(byte[] bytes) {
        return object("body", "must be a JSON object", tree(bytes));
    }

    /** Reads a body that is an array of objects, by the same rules. */
    public static List<JsonBody> list(byte[] bytes) {
        return objects("body", tree(bytes));
    }

    private static JsonNode tree(byte[] bytes) {
        String text = decode(bytes);
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw invalid("body", "must have at most " + LEVELS_MAX + " levels, and no overlong names and numbers");
        } catch (JsonProcessingException e) {
            throw invalid("body", "must be well-formed JSON without duplicate fields" + place(e.getLocation()));
        }
    }

    /** The field's text; empty where it is absent or null. */
    public Optional<String> text(String field) {
        return present(field).map(node -> text(field, node));
    }

    /** The field's text, which must be there. */
    public String required(String field) {
        return text(field).orElseThrow(() -> invalid(field, "is required"));
    }

    /** The field's whole number; empty where it is absent or null. */
    public Optional<Integer> number(String field) {
        return present(field).map(node -> number(field, node));
    }

    /** The field's texts, none where it is absent or null. */
    public List<String> texts(String field) {
        return present(field)
                .map(node ->
                        elements(field, node).map(item -> text(field, item)).toList())
                .orElseGet(List::of);
    }

    /** The field's objects, none where it is absent or null. */
    public List<JsonBody> items(String field) {
        return present(field).map(node -> objects(field, node)).orElseGet(List::of);
    }

    /** Whether the field says so; empty where it is absent or null. */
    public Optional<Boolean> flag(String field) {
        return present(field).map(node -> {
            if (!node.isBoolean()) {
                throw invalid(field, "must be true or false");
            }
            return node.booleanValue();
        });
    }

    /** The field's number; empty where it is absent or null. */
    public Optional<Double> decimal(String field) {
        return present(field).map(node -> {
            if (!node.isNumber()) {
                throw invalid(field, "must be a number");
            }
            return node.doubleValue();
        });
    }

    /** The field's object; empty where it is absent or null. */
    public Optional<JsonBody> object(String field) {
        return present(field).map(node -> object(field, "must be a JSON object", node));
    }

    /** This object's fields: a text as it is, everything else as JSON; those that are null are left out. */
    public Map<String, String> values() {
        return object.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> written(entry.getValue())));
    }

    /** The texts of the field's object by their names, none where it is absent or null. */
    public Map<String, String> textsByName(String field) {
        return object(field)
                .map(body -> body.object.properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getKey(), entry.getValue()))))
                .orElseGet(Map::of);
    }

    private static String written(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** What the field asks for: absent keeps, null clears, a text sets. */
    public Field<String> change(String field) {
        if (!object.has(field)) {
            return new Field.Keep<>();
        }
        return text(field).<Field<String>>map(Field.Set::new).orElseGet(Field.Clear::new);
    }

    /** Whether the field is there, null included. */
    public boolean has(String field) {
        return object.has(field);
    }

    private Optional<JsonNode> present(String field) {
        return Optional.ofNullable(object.get(field)).filter(node -> !node.isNull());
    }

    private static List<JsonBody> objects(String field, JsonNode node) {
        return elements(field, node)
                .map(item -> object(field, "must be a JSON array of objects", item))
                .toList();
    }

    private static JsonBody object(String field, String rule, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new JsonBody(object);
        }
        throw invalid(field, rule);
    }

    private static Stream<JsonNode> elements(String field, JsonNode node) {
        if (!node.isArray()) {
            throw invalid(field, "must be a JSON array");
        }
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static int number(String field, JsonNode node) {
        if (!node.isInt()) {
            throw invalid(field, "must be a whole number");
        }
        return node.intValue();
    }

    private static String text(String field, JsonNode node) {
        if (!node.isTextual()) {
            throw invalid(field, "must be a string");
        }
        return node.textValue();
    }

    /** Jackson would guess among the Unicode encodings, and take surrogates that are encoded one by one. */
    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf(BYTE_ORDER_MARK) == 0) {
                throw invalid("body", "must not begin with a byte order mark");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw invalid("body", "must be well-formed UTF-8");
        }
    }

    private static String place(JsonLocation at) {
        return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static PromptException invalid(String field, String rule) {
        return new PromptException(new Problem.Invalid(field, rule));
    }
}
