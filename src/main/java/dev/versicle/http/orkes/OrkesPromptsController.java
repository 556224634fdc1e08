package dev.versicle.http.orkes;

import dev.versicle.http.SharedPath;
import dev.versicle.http.Speaks;
import dev.versicle.http.orkes.OrkesAnswers.Label;
import dev.versicle.http.orkes.OrkesAnswers.Template;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.TagEdit;
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
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prompts by name: save, read, take away, tag. A save answers 200 with nothing in it.
 *
 * <p>An empty body is an empty text, so the body is nullable; and a stream, since of an array the framework does not
 * see that it is.
 */
@Controller(OrkesErrors.PATH + "/prompts")
@Speaks(OrkesErrors.class)
@SharedPath(door = SharedPath.Door.ORKES)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OrkesPromptsController {
    private static final String NAME = "/{name:[^/]+}";

    /** As the server's for bodies that are taken as a whole, of which a stream is none. */
    private static final int BODY_BYTES_MAX = 8 << 20;

    private final NamedPrompts prompts;

    OrkesPromptsController(NamedPrompts prompts) {
        this.prompts = prompts;
    }

    /** Saves a version (seed 003): the next, the one that is named, or version 1. */
    @Post(NAME)
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void save(Caller caller, HttpRequest<?> request, String name, @Nullable @Body InputStream body) throws IOException {
        prompts.save(caller, OrkesJson.save(OrkesPath.name(request, name), new OrkesQuery(request), bytes(body)));
    }

    /** Saves into a version, or the latest, which keeps who made it and when. */
    @Put(NAME)
    @Consumes({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void update(Caller caller, HttpRequest<?> request, String name, @Nullable @Body InputStream body)
            throws IOException {
        prompts.save(caller, OrkesJson.update(OrkesPath.name(request, name), new OrkesQuery(request), bytes(body)));
    }

    /** Saves many; all are checked before the first is written. */
    @Post
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void saveAll(Caller caller, @Body byte[] body) {
        prompts.saveAll(caller, OrkesJson.items(body));
    }

    /** The latest version of every prompt that the caller may read. */
    @Get
    List<Template> prompts(Caller caller) {
        return Template.of(prompts.latest(caller));
    }

    @Get(NAME)
    Template prompt(Caller caller, HttpRequest<?> request, String name) {
        return Template.of(prompts.version(caller, OrkesPath.name(request, name), new OrkesQuery(request).ref()));
    }

    @Delete(NAME)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void delete(Caller caller, HttpRequest<?> request, String name) {
        prompts.delete(caller, OrkesPath.name(request, name));
    }

    /** The versions, highest number first. */
    @Get(NAME + "/versions")
    List<Template> versions(Caller caller, HttpRequest<?> request, String name) {
        return Template.of(prompts.versions(caller, OrkesPath.name(request, name)));
    }

    /** Takes a version away, and with the last one the prompt. */
    @Delete(NAME + "/versions/{version}")
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void deleteVersion(Caller caller, HttpRequest<?> request, String name, String version) {
        prompts.deleteVersion(caller, OrkesPath.name(request, name), OrkesQuery.number(version));
    }

    @Get(NAME + "/tags")
    List<Label> tags(Caller caller, HttpRequest<?> request, String name) {
        return Label.of(prompts.settings(caller, OrkesPath.name(request, name)));
    }

    /** Adds tags. */
    @Put(NAME + "/tags")
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void tag(Caller caller, HttpRequest<?> request, String name, @Body byte[] body) {
        prompts.tag(caller, OrkesPath.name(request, name), TagEdit.add(OrkesJson.tags(body)));
    }

    /** Takes tags away, by key and value. */
    @Delete(NAME + "/tags")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.ALL)
    @Status(HttpStatus.OK)
    void untag(Caller caller, HttpRequest<?> request, String name, @Body byte[] body) {
        prompts.tag(caller, OrkesPath.name(request, name), TagEdit.remove(OrkesJson.tags(body)));
    }

    private static byte[] bytes(@Nullable InputStream body) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("request body", BODY_BYTES_MAX));
        }
        return bytes;
    }
}
