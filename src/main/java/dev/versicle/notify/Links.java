package dev.versicle.notify;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.PromptId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Addresses on this server.
 *
 * @param server what they begin with, without a slash at its end
 */
record Links(String server) {
    /** Where a prompt is, for machines. */
    String prompt(PromptId id) {
        return server + "/v1/prompts/" + id;
    }

    String version(PromptId id, CommitId commit) {
        return prompt(id) + "/versions/" + commit.hex();
    }

    /** What Git clones, without {@code .git} at its end. */
    String repository(Event.Place place) {
        String name = Stream.of(place.name().text().split("/", -1))
                .map(Links::segment)
                .collect(Collectors.joining("/"));
        return server + "/git/" + place.namespace() + "/" + name;
    }

    String clone(Event.Place place) {
        return repository(place) + ".git";
    }

    /** A form's encoding is a path's but for the blank; a name of dots alone would be taken for a way up. */
    private static String segment(String name) {
        String written = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return written.chars().allMatch(c -> c == '.') ? written.replace(".", "%2E") : written;
    }
}
