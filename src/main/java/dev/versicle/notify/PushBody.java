package dev.versicle.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PushedCommits;
import dev.versicle.prompt.Visibility;
import java.util.Optional;

/**
 * What is told of a push: fields of the names and types that GitHub's have, since receivers in Go read no field of
 * another type. So {@code repository.id} is a number, which a prompt's id is not: that is {@code node_id}.
 *
 * <p>{@code html_url} is what Argo CD compares, with or without {@code .git}, with the address that it fetches from: so
 * it is the clone URL's.
 */
record PushBody(Event event, Event.Pushed push, PromptSettings settings, Links links) {
    private static final String NOTHING = "0".repeat(40);
    private static final String DEFAULT_BRANCH = "main";

    /** Of an id of 24 hex digits: the last ones, of which any language's numbers hold all. */
    private static final int ID_DIGITS = 13;

    ObjectNode write(PushedCommits pushed) {
        ObjectNode body = Bodies.object();
        body.put("ref", push.ref());
        body.put("before", push.before().orElse(NOTHING));
        body.put("after", push.after().orElse(NOTHING));
        body.put("created", push.before().isEmpty());
        body.put("deleted", push.after().isEmpty());
        body.put("forced", pushed.forced());
        body.putNull("base_ref");
        body.putNull("compare");
        ArrayNode commits = body.putArray("commits");
        pushed.commits().forEach(commit -> commits.add(commit(commit)));
        body.set("head_commit", pushed.head().map(this::commit).orElse(null));
        body.set("repository", repository());
        ObjectNode pusher = body.putObject("pusher");
        Bodies.put(pusher, "name", event.by());
        pusher.putNull("email");
        Bodies.put(body.putObject("sender"), "login", event.by());
        return body;
    }

    private ObjectNode commit(PushedCommits.Commit commit) {
        ObjectNode body = Bodies.object();
        body.put("id", commit.id().hex());
        body.put("tree_id", commit.tree());
        body.put("distinct", true);
        body.put("message", commit.message());
        body.put("timestamp", Bodies.time(commit.at()));
        body.put("url", links.version(event.prompt().id(), commit.id()));
        body.set("author", person(commit.author()));
        body.set("committer", person(commit.committer()));
        Bodies.put(body, "added", commit.paths().added());
        Bodies.put(body, "removed", commit.paths().removed());
        Bodies.put(body, "modified", commit.paths().modified());
        return body;
    }

    private static ObjectNode person(PushedCommits.Person person) {
        return Bodies.object().put("name", person.name()).put("email", person.email());
    }

    private ObjectNode repository() {
        Event.Place place = event.prompt();
        String id = place.id().hex();
        Optional<String> description = settings.description();
        ObjectNode body = Bodies.object();
        body.put("id", Long.parseLong(id.substring(id.length() - ID_DIGITS), 16));
        body.put("node_id", id);
        body.put("name", place.name().text());
        body.put("full_name", place.namespace() + "/" + place.name());
        body.putObject("owner")
                .put("name", place.namespace().text())
                .put("login", place.namespace().text());
        body.put("private", settings.access().visibility() == Visibility.PRIVATE);
        body.put("html_url", links.repository(place));
        Bodies.put(body, "description", description);
        body.put("url", links.prompt(place.id()));
        body.put("clone_url", links.clone(place));
        body.put("default_branch", DEFAULT_BRANCH);
        return body;
    }
}
