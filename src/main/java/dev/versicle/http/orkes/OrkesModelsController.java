package dev.versicle.http.orkes;

import dev.versicle.http.JsonBody;
import dev.versicle.http.Speaks;
import dev.versicle.http.orkes.IntegrationAnswers.ModelDocument;
import dev.versicle.http.orkes.OrkesAnswers.Template;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.ModelDesk;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.NamedPrompts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
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

/** The models of an integration, and the prompts that are for them. */
@Controller(OrkesErrors.PATH + "/integrations/provider/{provider:[^/]+}/integration")
@Speaks(OrkesErrors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrkesModelsController {
    private static final String MODEL = "/{model:[^/]+}";

    private final ModelDesk desk;
    private final NamedPrompts prompts;

    OrkesModelsController(ModelDesk desk, NamedPrompts prompts) {
        this.desk = desk;
        this.prompts = prompts;
    }

    @Get
    List<ModelDocument> list(Caller caller, String provider, @QueryValue(defaultValue = "false") boolean activeOnly) {
        return ModelDocument.of(desk.integration(caller, provider), activeOnly);
    }

    @Get(MODEL)
    ModelDocument model(Caller caller, String provider, String model) {
        return ModelDocument.of(provider, model, desk.model(caller, new ModelName(provider, model)));
    }

    /** Adds a model, or says anew what it is. */
    @Post(MODEL)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void put(Caller caller, String provider, String model, @Body byte[] body) {
        desk.putModel(caller, new ModelName(provider, model), IntegrationJson.model(JsonBody.read(body)));
    }

    @Delete(MODEL)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void remove(Caller caller, String provider, String model) {
        desk.removeModel(caller, new ModelName(provider, model));
    }

    /** Lists the prompts whose latest version is for the model. */
    @Get(MODEL + "/prompt")
    List<Template> prompts(Caller caller, String provider, String model, HttpRequest<?> request) {
        ModelName name = IntegrationJson.named(provider, model, request);
        desk.require(caller, List.of(name));
        return Template.of(prompts.latestFor(caller, name));
    }

    /** Makes a prompt be for the model, too, by a new version. */
    @Post(MODEL + "/prompt/{prompt:[^/]+}")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void associate(Caller caller, String provider, String model, String prompt, HttpRequest<?> request) {
        prompts.associate(caller, OrkesPath.name(request, prompt), new ModelName(provider, model));
    }
}
