package dev.versicle.http.orkes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Endpoint;
import dev.versicle.prompt.Integration;
import dev.versicle.prompt.Role;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Orkes' clients are told of integrations: never a key, only whether there is one. */
final class IntegrationAnswers {
    private IntegrationAnswers() {}

    /** An integration; {@code visibility}, {@code grants} (for administrators) and {@code api_key_set} are ours. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record IntegrationDocument(
            String name,
            String category,
            String type,
            String description,
            boolean enabled,
            Configuration configuration,
            int modelsCount,
            List<String> tags,
            String visibility,
            Optional<Map<String, String>> grants,
            String createdBy,
            String updatedBy,
            long createTime,
            long updateTime) {
        static IntegrationDocument of(Caller caller, Integration integration) {
            Integration.About about = integration.about();
            Integration.Changes changes = integration.changes();
            return new IntegrationDocument(
                    integration.id().name(),
                    about.category().name(),
                    about.type(),
                    about.description().orElse(""),
                    about.enabled(),
                    Configuration.of(integration.offer().endpoint()),
                    integration.offer().models().size(),
                    List.of(),
                    integration.access().visibility().text(),
                    Optional.of(grants(integration)).filter(all -> caller.has(Role.ADMIN)),
                    changes.createdBy(),
                    changes.updatedBy(),
                    changes.createdAt().toEpochMilli(),
                    changes.updatedAt().toEpochMilli());
        }

        private static Map<String, String> grants(Integration integration) {
            return integration.access().grants().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, grant -> grant.getValue().name()));
        }
    }

    /** Where it answers. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Configuration(
            Optional<String> endpoint,
            @JsonProperty("api_key_set") boolean keySet) {
        static Configuration of(Endpoint endpoint) {
            return new Configuration(
                    endpoint.base().map(URI::toString), endpoint.key().isPresent());
        }
    }

    /** A model of an integration. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ModelDocument(
            String api,
            String integrationName,
            String description,
            boolean enabled,
            Map<String, String> configuration,
            List<String> tags) {
        static ModelDocument of(String provider, String name, Integration.Model model) {
            return new ModelDocument(
                    name, provider, model.description().orElse(""), model.enabled(), Map.of(), List.of());
        }

        static List<ModelDocument> of(Integration integration, boolean activeOnly) {
            return integration.offer().models().entrySet().stream()
                    .filter(model -> !activeOnly || model.getValue().enabled())
                    .map(model -> of(integration.id().name(), model.getKey(), model.getValue()))
                    .toList();
        }
    }
}
