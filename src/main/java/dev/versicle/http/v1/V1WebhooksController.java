package dev.versicle.http.v1;

import dev.versicle.http.ServerAddress;
import dev.versicle.http.Speaks;
import dev.versicle.http.v1.V1Webhooks.DeliveriesJson;
import dev.versicle.http.v1.V1Webhooks.DeliveryJson;
import dev.versicle.http.v1.V1Webhooks.TracedJson;
import dev.versicle.http.v1.V1Webhooks.WebhookJson;
import dev.versicle.http.v1.V1Webhooks.WebhooksJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.WebhookDesk;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Webhooks: who is told of what happens to prompts, and what became of it. */
@Controller(V1Errors.PATH + "/webhooks")
@Speaks(V1Errors.class)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class V1WebhooksController {
    private static final String DELIVERY = "/{id}/deliveries/{delivery}";

    private final WebhookDesk desk;
    private final ServerAddress address;

    V1WebhooksController(WebhookDesk desk, ServerAddress address) {
        this.desk = desk;
        this.address = address;
    }

    /** Those that the caller made, and those for prompts of the caller's, newest first; an administrator sees all. */
    @Get
    WebhooksJson webhooks(Caller caller) {
        return WebhooksJson.of(desk.webhooks(caller));
    }

    /** Makes one, and has a ping sent there. */
    @Post
    @Status(HttpStatus.CREATED)
    WebhookJson create(Caller caller, HttpRequest<?> request, @Body byte[] body) {
        return WebhookJson.of(desk.create(caller, WebhookBodies.webhook(body, address.of(request))));
    }

    @Get("/{id}")
    WebhookJson webhook(Caller caller, String id) {
        return WebhookJson.of(desk.webhook(caller, id));
    }

    /** Removes one, with its deliveries. */
    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(Caller caller, String id) {
        desk.remove(caller, id);
    }

    /** What it was told and is to be told, newest first. */
    @Get("/{id}/deliveries")
    DeliveriesJson deliveries(
            Caller caller, String id, @Nullable @QueryValue Integer limit, @Nullable @QueryValue String cursor) {
        return DeliveriesJson.of(desk.deliveries(caller, id, Cursor.delivery(cursor), V1Query.limit(limit)));
    }

    @Get(DELIVERY)
    TracedJson delivery(Caller caller, String id, String delivery) {
        return TracedJson.of(desk.delivery(caller, id, WebhookBodies.delivery(delivery)));
    }

    /** Has something sent once more. */
    @Post(DELIVERY + "/redeliver")
    @Status(HttpStatus.ACCEPTED)
    DeliveryJson again(Caller caller, String id, String delivery) {
        return DeliveryJson.of(desk.again(caller, id, WebhookBodies.delivery(delivery)));
    }

    /** Has a ping sent. */
    @Post("/{id}/ping")
    @Status(HttpStatus.ACCEPTED)
    DeliveryJson ping(Caller caller, String id) {
        return DeliveryJson.of(desk.ping(caller, id));
    }
}
