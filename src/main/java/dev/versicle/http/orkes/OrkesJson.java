package dev.versicle.http.orkes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.http.JsonBody;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.NamedDraft;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the bodies of Orkes' requests. */
final class OrkesJson {
    /** How many prompts, and how many tags, one request may bring. */
    static final int ITEMS_MAX = 1_000;

    private static final char QUOTE = '"';
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private OrkesJson() {}

    /** {@code POST /prompts/{name}}; seed 003. */
    static NamedDraft save(PromptName name, OrkesQuery query, byte[] body) {
        return new NamedDraft(name, draft(query, query.slot(), body));
    }

    /** {@code PUT /prompts/{name}}. */
    static NamedDraft update(PromptName name, OrkesQuery query, byte[] body) {
        return new NamedDraft(name, draft(query, query.slotInPlace(), body));
    }

    /** {@code [{name, template, description?, version?, integrations?, tags?}]}: what is read can be saved again. */
    static List<NamedDraft> items(byte[] body) {
        return list(body).stream().map(OrkesJson::item).toList();
    }

    /** {@code [{key, value, type?}]}. */
    static List<Tag> tags(byte[] body) {
        return list(body).stream().map(OrkesJson::tag).toList();
    }

    private static List<JsonBody> list(byte[] body) {
        List<JsonBody> items = JsonBody.list(body);
        if (items.size() > ITEMS_MAX) {
            throw invalid("body", "must have at most " + ITEMS_MAX + " items");
        }
        return items;
    }

    /**
     * The prompt's text. The Java and Go SDKs send it as it is, those for JS and C# as a JSON string, and all of them
     * say {@code application/json}: a body that as a whole is one JSON string stands for what it holds, every other for
     * itself. Only of the Java SDK, which can be told, every body stands for itself.
     */
    private static PromptText text(OrkesQuery query, byte[] body) {
        String text = decode(body);
        boolean quoted = text.length() > 1 && text.charAt(0) == QUOTE && text.charAt(text.length() - 1) == QUOTE;
        return new PromptText(quoted && !query.quotesNothing() ? unquoted(text) : text);
    }

    private static String unquoted(String text) {
        try {
            return MAPPER.readTree(text).asText();
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("body", "must be well-formed UTF-8");
        }
    }

    private static Draft draft(OrkesQuery query, Draft.Slot slot, byte[] body) {
        Metadata metadata = described(Optional.of(query.description()));
        return draft(new Draft.Content.Template(text(query, body), query.models()), slot, metadata);
    }

    private static NamedDraft item(JsonBody json) {
        // As in seed 003: where no version is named, it is version 1.
        Draft.Slot slot = new Draft.Slot.Exactly(
                json.number("version").map(OrkesQuery::inRange).orElse(1));
        Draft.Content content = new Draft.Content.Template(
                new PromptText(json.required("template")), OrkesQuery.models(json.texts("integrations")));
        Draft draft = draft(content, slot, described(json.text("description")));
        List<Tag> tags = json.items("tags").stream().map(OrkesJson::tag).toList();
        return new NamedDraft(new PromptName(json.required("name")), draft, tags);
    }

    private static Tag tag(JsonBody json) {
        if (!json.text("type").orElse(OrkesAnswers.Label.TYPE).equals(OrkesAnswers.Label.TYPE)) {
            throw invalid("type", "must be " + OrkesAnswers.Label.TYPE);
        }
        return new Tag(json.required("key"), json.required("value"));
    }

    private static Draft draft(Draft.Content content, Draft.Slot slot, Metadata metadata) {
        return new Draft(content, slot, Optional.empty(), metadata, Source.CHECKPOINT);
    }

    private static Metadata described(Optional<String> description) {
        return new Metadata(Optional.empty(), Optional.empty(), Optional.empty(), description);
    }

    private static PromptException invalid(String field, String rule) {
        return new PromptException(new Problem.Invalid(field, rule));
    }
}
