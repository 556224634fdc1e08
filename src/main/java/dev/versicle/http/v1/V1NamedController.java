package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Answers.PromptJson;
import dev.versicle.http.v1.V1Versions.Place;
import dev.versicle.http.v1.V1Versions.UploadedList;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Prompts by name, as prompts.dev's clients ask for them: the prompt, and its uploaded versions. */
@Controller(V1Path.PROMPTS + V1Path.NAMED)
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1NamedController {
    private final Prompts prompts;
    private final Names names;

    V1NamedController(Prompts prompts, Names names) {
        this.prompts = prompts;
        this.names = names;
    }

    @Get
    HttpResponse<?> prompt(@Nullable Caller caller, HttpRequest<?> request) {
        return names.answer(
                caller, request, named -> HttpResponse.ok(PromptJson.of(prompts.prompt(named.caller(), named.id()))));
    }

    /** The uploaded versions, highest first. */
    @Get(V1Path.VERSIONS)
    HttpResponse<?> versions(
            @Nullable Caller caller,
            HttpRequest<?> request,
            @Nullable @QueryValue Integer limit,
            @Nullable @QueryValue Integer offset) {
        Page.Part part = new Page.Part(offset == null ? 0 : offset, limit == null ? Page.Window.LIMIT_MAX : limit);
        return names.answer(caller, request, named -> {
            Place place = Place.of(named.id(), prompts.settings(named.caller(), named.id()));
            return HttpResponse.ok(UploadedList.of(place, prompts.releases(named.caller(), named.id(), part), part));
        });
    }
}
