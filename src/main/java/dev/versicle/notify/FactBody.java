package dev.versicle.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.Pointers;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.Snapshot;
import dev.versicle.prompt.Version;
import java.util.List;
import java.util.Optional;

/** What is told of everything but a push, in a shape of ours: what, when, by whom, of which prompt, and the fact. */
record FactBody(Event event, Links links) {
    /** Of a prompt that came or went: there is no more to say. */
    ObjectNode write() {
        Event.Place place = event.prompt();
        ObjectNode body = Bodies.object();
        body.put("event", event.kind().text());
        body.put("at", Bodies.time(event.at()));
        Bodies.put(body, "by", event.by());
        body.putObject("prompt")
                .put("id", place.id().hex())
                .put("namespace", place.namespace().text())
                .put("name", place.name().text())
                .put("url", links.prompt(place.id()));
        return body;
    }

    ObjectNode created(Version version, Pointers pointers) {
        ObjectNode body = write();
        body.set("version", version(version, pointers));
        return body;
    }

    ObjectNode changed(Version version, Pointers pointers) {
        return created(version, pointers).put("deleted", false);
    }

    /** Of a deleted version only which one it was. */
    ObjectNode deleted(Event.MetadataChanged change) {
        ObjectNode body = write();
        body.set("version", target(new Environment.Target(change.version(), change.commit())));
        return body.put("deleted", true);
    }

    ObjectNode moved(Event.EnvironmentMoved move) {
        ObjectNode body = write();
        body.put("environment", move.environment().text());
        body.set("from", move.move().from().map(this::target).orElse(null));
        body.set("to", move.move().to().map(this::target).orElse(null));
        Bodies.put(body, "message", move.move().moved().message());
        Bodies.put(body, "moved_by", event.by());
        body.put("moved_at", Bodies.time(move.move().moved().at()));
        return body;
    }

    private ObjectNode target(Environment.Target target) {
        return version(target.version(), target.commit());
    }

    private ObjectNode version(int number, CommitId commit) {
        return Bodies.object()
                .put("version", number)
                .put("commit", commit.hex())
                .put("url", links.version(event.prompt().id(), commit));
    }

    private ObjectNode version(Version version, Pointers pointers) {
        Metadata metadata = version.metadata();
        Snapshot.Origin origin = version.snapshot().origin();
        List<String> releases =
                pointers.releases().stream().map(SemVer::toString).toList();
        Optional<String> displayVersion = metadata.displayVersion().map(DisplayVersion::text);
        ObjectNode body = version(version.number(), version.commit());
        Bodies.put(body, "releases", releases);
        Bodies.put(body, "display_version", displayVersion);
        Bodies.put(body, "title", metadata.title());
        Bodies.put(body, "description", metadata.description());
        Bodies.put(body, "label", metadata.label());
        body.put("source", origin.source().text());
        body.put("created_by", origin.createdBy());
        body.put("created_at", Bodies.time(origin.createdAt()));
        body.put("updated_at", Bodies.time(version.edition().updatedAt()));
        return body;
    }
}
