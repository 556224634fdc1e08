package dev.versicle.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Listed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first entry of an export: {@code {"format": 1, "prompts": [{"id", "namespace", "name", "file"}]}}. Fields that it
 * does not know it passes over.
 */
final class ExportManifest {
    static final String FILE = "manifest.json";

    /** An entry whose name is 200 characters beyond the first plane, each escaped, takes some 2,500. */
    static final int BYTES_MAX = 64 << 20;

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    private ExportManifest() {}

    /** Where a prompt's bundle is in the archive. */
    static String file(PromptId id) {
        return "prompts/" + id + ".bundle";
    }

    static byte[] write(List<Listed> prompts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeArrayFieldStart("prompts");
            for (Listed prompt : prompts) {
                json.writeStartObject();
                json.writeStringField("id", prompt.id().hex());
                json.writeStringField("namespace", prompt.namespace().text());
                json.writeStringField("name", prompt.name().text());
                json.writeStringField("file", file(prompt.id()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Throws {@link Problem.Invalid} where it is no manifest of {@link #FORMAT}. */
    static List<Listed> read(byte[] bytes) {
        try {
            JsonNode manifest = MAPPER.readTree(bytes);
            if (manifest.path("format").asInt() != FORMAT
                    || !manifest.path("prompts").isArray()) {
                throw refused("must be of format " + FORMAT + ", with a list of prompts");
            }
            return listed(manifest.path("prompts"));
        } catch (IOException e) {
            throw refused("must be JSON");
        }
    }

    private static List<Listed> listed(JsonNode prompts) {
        if (prompts.size() > Transfers.PROMPTS_MAX) {
            throw refused("must list at most " + Transfers.PROMPTS_MAX + " prompts");
        }
        List<Listed> listed = new ArrayList<>();
        Set<PromptId> ids = new HashSet<>();
        for (JsonNode prompt : prompts) {
            Listed one = listedOne(prompt);
            if (!ids.add(one.id()) || !file(one.id()).equals(prompt.path("file").asText())) {
                throw refused("must list each prompt once, with its file prompts/<id>.bundle");
            }
            listed.add(one);
        }
        return listed;
    }

    private static Listed listedOne(JsonNode prompt) {
        try {
            return new Listed(
                    new PromptId(prompt.path("id").asText()),
                    new Namespace(prompt.path("namespace").asText()),
                    new PromptName(prompt.path("name").asText()));
        } catch (PromptException e) {
            throw refused("must list prompts with an id of 24 hex digits, a namespace and a name");
        }
    }

    static PromptException refused(String rule) {
        return new PromptException(new Problem.Invalid(FILE, rule));
    }
}
