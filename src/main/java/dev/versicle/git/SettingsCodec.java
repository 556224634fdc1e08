package dev.versicle.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code prompt.json}; fields that this server does not know stay as they are. */
final class SettingsCodec {
    static final String FILE = "prompt.json";

    private static final String NAMESPACE = "namespace";
    private static final String NAME = "name";
    private static final String FORMER_NAMES = "former_names";
    private static final String DESCRIPTION = "description";
    private static final String TAGS = "tags";
    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String CREATED_BY = "created_by";
    private static final String CREATED_AT = "created_at";

    private SettingsCodec() {}

    static byte[] write(PromptSettings settings, ObjectNode before) {
        ObjectNode file = before.deepCopy();
        file.put(NAMESPACE, settings.namespace().text());
        file.put(NAME, settings.name().text());
        ArrayNode former = file.putArray(FORMER_NAMES);
        settings.identity().formerNames().forEach(former::add);
        file.remove(DESCRIPTION);
        settings.description().ifPresent(text -> file.put(DESCRIPTION, text));
        file.remove(TAGS);
        if (!settings.tags().isEmpty()) {
            ArrayNode tags = file.putArray(TAGS);
            settings.tags().forEach(tag -> tags.addObject().put(KEY, tag.key()).put(VALUE, tag.value()));
        }
        AccessCodec.write(settings.access(), file);
        file.put(CREATED_BY, settings.creation().by());
        file.put(CREATED_AT, Moments.write(settings.creation().at()));
        return Json.write(file);
    }

    static PromptSettings read(byte[] bytes) throws IOException {
        ObjectNode file = Json.read(bytes);
        try {
            return new PromptSettings(
                    new PromptSettings.Identity(
                            new Namespace(Json.require(file, NAMESPACE)),
                            new PromptName(Json.require(file, NAME)),
                            texts(file.path(FORMER_NAMES))),
                    Json.text(file, DESCRIPTION),
                    tags(file.path(TAGS)),
                    AccessCodec.read(file),
                    new PromptSettings.Creation(Json.require(file, CREATED_BY), createdAt(file)));
        } catch (PromptException | IllegalArgumentException e) {
            throw new IOException(FILE + " is not as this server writes it", e);
        }
    }

    private static Instant createdAt(JsonNode file) throws IOException {
        return Moments.read(Json.require(file, CREATED_AT))
                .orElseThrow(() -> new IOException("no moment in field " + CREATED_AT));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static SortedSet<Tag> tags(JsonNode array) throws IOException {
        SortedSet<Tag> tags = new TreeSet<>();
        for (JsonNode tag : array) {
            tags.add(new Tag(Json.require(tag, KEY), Json.require(tag, VALUE)));
        }
        return tags;
    }

    /** What the file holds beyond the fields that are ours, and these too. */
    static ObjectNode raw(Optional<byte[]> bytes) throws IOException {
        return bytes.isPresent() ? Json.read(bytes.get()) : Json.object();
    }
}
