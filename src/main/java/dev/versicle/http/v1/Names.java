package dev.versicle.http.v1;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Located;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Prompts;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds prompts by {@code {owner}/{name}}. What the caller may not read is as unknown as what is not there. */
@Singleton
final class Names {
    private final Prompts prompts;

    Names(Prompts prompts) {
        this.prompts = prompts;
    }

    /** A prompt that a name led to, and who asked for it. */
    record Named(Caller caller, PromptId id) {}

    /** The work's answer; 307 to where the prompt is now, where the name is one that it had. */
    HttpResponse<?> answer(
            @Nullable Caller caller, HttpRequest<?> request, Function<Named, ? extends HttpResponse<?>> work) {
        V1Path path = V1Path.of(request);
        V1Path.Place place = path.place();
        Caller who = Who.orNobody(caller);
        Located found = prompts.locate(who, place.owner(), place.name());
        return found.moved()
                ? HttpResponse.temporaryRedirect(moved(request, path, prompts.settings(who, found.id())))
                : work.apply(new Named(who, found.id()));
    }

    private static URI moved(HttpRequest<?> request, V1Path path, PromptSettings now) {
        String query = request.getUri().getRawQuery();
        return URI.create(V1Path.PROMPTS + "/" + now.namespace() + "/"
                + segment(now.name().text()) + path.belowPlace() + (query == null ? "" : "?" + query));
    }

    /** A form's encoding is a path's but for the blank; a name of dots alone would be taken for a way up. */
    private static String segment(String name) {
        String written = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return written.chars().allMatch(c -> c == '.') ? written.replace(".", "%2E") : written;
    }
}
