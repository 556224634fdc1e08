package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Answers.Found;
import dev.versicle.http.v1.V1Answers.PromptJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Search;
import dev.versicle.prompt.SettingsDesk;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The prompts: make, find, read by id, change, take away. */
@Controller(V1Path.PROMPTS)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1PromptsController {
    private final Prompts prompts;
    private final SettingsDesk settings;

    V1PromptsController(Prompts prompts, SettingsDesk settings) {
        this.prompts = prompts;
        this.settings = settings;
    }

    /** Makes a prompt without a version, in the caller's namespace. */
    @Post
    HttpResponse<PromptJson> create(Caller caller, @Body byte[] body) {
        PromptJson made = PromptJson.of(prompts.create(caller, V1Json.creation(body)));
        return HttpResponse.created(made, URI.create(V1Path.PROMPTS + "/" + made.id()));
    }

    /** Finds prompts that the caller may read; without words, all of them, newest change first. */
    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    Found search(
            @Nullable Caller caller,
            HttpRequest<?> request,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue Integer offset) {
        Search wanted = V1Query.search(request.getParameters());
        Page.Part part = V1Query.part(limit, offset);
        return Found.of(prompts.search(Who.orNobody(caller), wanted, part), wanted.text(), part);
    }

    @Get("/{id}")
    @Secured(SecurityRule.IS_ANONYMOUS)
    PromptJson prompt(@Nullable Caller caller, String id) {
        return PromptJson.of(prompts.prompt(Who.orNobody(caller), PromptId.parse(id)));
    }

    /** Changes what a prompt is apart from its versions; a name that it had leads to it as long as nobody takes it. */
    @Patch("/{id}")
    PromptJson change(Caller caller, String id, @Body byte[] body) {
        return PromptJson.of(settings.change(caller, PromptId.parse(id), V1Json.settingsEdit(body)));
    }

    /** Takes a prompt away, to the trash. */
    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(Caller caller, String id) {
        prompts.delete(caller, PromptId.parse(id));
    }
}
