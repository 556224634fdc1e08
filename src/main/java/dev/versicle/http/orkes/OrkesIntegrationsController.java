package dev.versicle.http.orkes;

import dev.versicle.http.JsonBody;
import dev.versicle.http.Speaks;
import dev.versicle.http.orkes.IntegrationAnswers.IntegrationDocument;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.ModelDesk;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Integrations: administrators register them, everybody sees those that are for them. */
@Controller(OrkesErrors.PATH + "/integrations/provider")
@Speaks(OrkesErrors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrkesIntegrationsController {
    private static final String PROVIDER = "/{provider:[^/]+}";

    private final ModelDesk desk;

    OrkesIntegrationsController(ModelDesk desk) {
        this.desk = desk;
    }

    /** Lists integrations by name, those of a category or the enabled ones where that is asked for. */
    @Get
    List<IntegrationDocument> list(
            Caller caller,
            @Nullable @QueryValue String category,
            @QueryValue(defaultValue = "false") boolean activeOnly) {
        return desk.integrations(caller).stream()
                .map(integration -> IntegrationDocument.of(caller, integration))
                .filter(provider -> category == null || provider.category().equals(category))
                .filter(provider -> !activeOnly || provider.enabled())
                .toList();
    }

    @Get(PROVIDER)
    IntegrationDocument integration(Caller caller, String provider) {
        return IntegrationDocument.of(caller, desk.integration(caller, provider));
    }

    /** Makes an integration known, or says anew what it is. */
    @Post(PROVIDER)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void register(Caller caller, String provider, @Body byte[] body) {
        desk.register(caller, provider, IntegrationJson.edit(JsonBody.read(body)));
    }

    /** Takes an integration away with its models. */
    @Delete(PROVIDER)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void remove(Caller caller, String provider) {
        desk.remove(caller, provider);
    }
}
