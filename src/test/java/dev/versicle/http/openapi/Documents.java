package dev.versicle.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Our documents, as the tests look into them. */
final class Documents {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private Documents() {}

    /** An operation: where it is in its document, and what it is called. */
    record Operation(String method, String path, JsonNode item, JsonNode node) {
        /** Such as {@code GET /health}. */
        String address() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    static String text(String resource) {
        try (InputStream in = Documents.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(ApiDocument document) {
        return text("/openapi/" + document.file());
    }

    static JsonNode tree(String yaml) {
        try {
            return Yaml.mapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> trees() {
        return Arrays.stream(ApiDocument.values())
                .map(Documents::text)
                .map(Documents::tree)
                .toList();
    }

    static List<Operation> operations(JsonNode tree) {
        return tree.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(field -> METHODS.contains(field.getKey()))
                        .map(field -> new Operation(field.getKey(), path.getKey(), path.getValue(), field.getValue())))
                .toList();
    }

    /** Each operation of the documents with its path and query parameters, such as {@code query page}. */
    static Map<String, Set<String>> parameters(List<JsonNode> trees) {
        Map<String, Set<String>> found = new TreeMap<>();
        trees.forEach(tree -> operations(tree)
                .forEach(operation -> found.put(operation.address(), new TreeSet<>(parameters(tree, operation)))));
        return found;
    }

    private static List<String> parameters(JsonNode tree, Operation operation) {
        return Stream.of(operation.item(), operation.node())
                .flatMap(node -> StreamSupport.stream(node.path("parameters").spliterator(), false))
                .map(node -> resolved(tree, node))
                .filter(node -> Set.of("path", "query").contains(node.get("in").asText()))
                .map(node -> node.get("in").asText() + " " + node.get("name").asText())
                .toList();
    }

    /** The node that a {@code $ref} leads to, or the node itself. */
    static JsonNode resolved(JsonNode tree, JsonNode node) {
        return node.has("$ref") ? tree.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The node and all objects below it. */
    static Stream<ObjectNode> objects(JsonNode node) {
        Stream<ObjectNode> below =
                StreamSupport.stream(node.spliterator(), false).flatMap(Documents::objects);
        return node instanceof ObjectNode object ? Stream.concat(Stream.of(object), below) : below;
    }
}
