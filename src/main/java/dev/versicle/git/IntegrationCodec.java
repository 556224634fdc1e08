package dev.versicle.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Endpoint;
import dev.versicle.prompt.Integration;
import dev.versicle.prompt.IntegrationId;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An integration's file, without the secret: {@link #SEALED} holds that, as {@link Seal} wrote it. */
final class IntegrationCodec {
    static final String SEALED = "api_key_sealed";

    private static final String NAMESPACE = "namespace";
    private static final String NAME = "name";
    private static final String CATEGORY = "category";
    private static final String TYPE = "type";
    private static final String DESCRIPTION = "description";
    private static final String ENABLED = "enabled";
    private static final String BASE_URL = "base_url";
    private static final String MODELS = "models";
    private static final String CREATED_BY = "created_by";
    private static final String CREATED_AT = "created_at";
    private static final String UPDATED_BY = "updated_by";
    private static final String UPDATED_AT = "updated_at";

    private IntegrationCodec() {}

    static ObjectNode write(Integration integration) {
        ObjectNode file = Json.object();
        file.put(NAMESPACE, integration.id().namespace().text());
        file.put(NAME, integration.id().name());
        Integration.About about = integration.about();
        file.put(CATEGORY, about.category().name());
        file.put(TYPE, about.type());
        about.description().ifPresent(text -> file.put(DESCRIPTION, text));
        file.put(ENABLED, about.enabled());
        integration.offer().endpoint().base().ifPresent(url -> file.put(BASE_URL, url.toString()));
        ObjectNode models = file.putObject(MODELS);
        integration.offer().models().forEach((name, model) -> {
            ObjectNode object = models.putObject(name);
            model.description().ifPresent(text -> object.put(DESCRIPTION, text));
            object.put(ENABLED, model.enabled());
        });
        AccessCodec.write(integration.access(), file);
        Integration.Changes changes = integration.changes();
        file.put(CREATED_BY, changes.createdBy());
        file.put(CREATED_AT, Moments.write(changes.createdAt()));
        file.put(UPDATED_BY, changes.updatedBy());
        file.put(UPDATED_AT, Moments.write(changes.updatedAt()));
        return file;
    }

    static Integration read(ObjectNode file, Optional<Secret> key) throws IOException {
        try {
            Optional<URI> base = Json.text(file, BASE_URL).map(Endpoint::base);
            return new Integration(
                    new IntegrationId(new Namespace(Json.require(file, NAMESPACE)), Json.require(file, NAME)),
                    new Integration.About(
                            Integration.Category.valueOf(Json.require(file, CATEGORY)),
                            Json.require(file, TYPE),
                            Json.text(file, DESCRIPTION),
                            file.path(ENABLED).booleanValue()),
                    new Integration.Offer(new Endpoint(base, key), models(file.path(MODELS))),
                    AccessCodec.read(file),
                    new Integration.Changes(
                            Json.require(file, CREATED_BY),
                            moment(file, CREATED_AT),
                            Json.require(file, UPDATED_BY),
                            moment(file, UPDATED_AT)));
        } catch (PromptException | IllegalArgumentException e) {
            throw new IOException("an integration is not as this server writes it", e);
        }
    }

    private static SortedMap<String, Integration.Model> models(JsonNode object) {
        SortedMap<String, Integration.Model> models = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode model = field.getValue();
            models.put(
                    field.getKey(),
                    new Integration.Model(
                            Json.text(model, DESCRIPTION), model.path(ENABLED).booleanValue()));
        }
        return models;
    }

    private static Instant moment(JsonNode file, String field) throws IOException {
        return Moments.read(Json.require(file, field))
                .orElseThrow(() -> new IOException("no moment in field " + field));
    }
}
