package dev.versicle.http.v1;

import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Answers.Keys;
import dev.versicle.http.v1.V1Answers.NewKeyJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.KeyDesk;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** API keys: list, make, take back. */
@Controller(V1Errors.PATH + "/keys")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1KeysController {
    private static final String NOT_KEPT = "no-store";

    private final KeyDesk desk;

    V1KeysController(KeyDesk desk) {
        this.desk = desk;
    }

    /** The keys that the caller made or bears, newest first; an administrator sees all. */
    @Get
    Keys keys(Caller caller) {
        return Keys.of(desk.keys(caller));
    }

    /** Makes a key; its secret is in this answer and in no other. */
    @Post
    HttpResponse<NewKeyJson> create(Caller caller, @Body byte[] body) {
        KeyDesk.Made made = desk.create(caller, V1Json.key(body));
        return HttpResponse.created(NewKeyJson.of(made)).header(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(Caller caller, String id) {
        desk.remove(caller, id);
    }
}
