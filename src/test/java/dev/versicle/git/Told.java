package dev.versicle.git;

import dev.versicle.Git;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a house's events tell, as lines to compare: versions by their numbers, other objects as a dot. */
final class Told {
    private static final int ALL = 1_000_000;

    private Told() {}

    static long last(House house) {
        return all(house).stream().mapToLong(Event::number).max().orElse(0);
    }

    static List<Event> all(House house) {
        return house.catalog.events().after(0, ALL);
    }

    /** What was told after the event of this number, and who did it where that is told. */
    static List<String> since(House house, long number) {
        return house.catalog.events().after(number, ALL).stream()
                .map(event -> line(house, event)
                        + event.by().map(subject -> " by " + subject).orElse(""))
                .toList();
    }

    private static String line(House house, Event event) {
        PromptId id = event.prompt().id();
        String what = switch (event.fact()) {
            case Event.Pushed pushed ->
                pushed.ref() + " " + object(house, id, pushed.before()) + " " + object(house, id, pushed.after());
            case Event.VersionCreated created -> Integer.toString(created.version());
            case Event.MetadataChanged changed -> changed.version() + (changed.deleted() ? " deleted" : "");
            case Event.EnvironmentMoved moved -> moved.environment() + " " + move(moved.move());
            case Event.Created ignored -> event.prompt().name().text();
            case Event.Deleted deleted -> new TreeSet<>(deleted.readers()) + (deleted.open() ? " open" : "");
            case Event.Renamed renamed ->
                renamed.namespace() + "/" + renamed.name() + " "
                        + event.prompt().namespace() + "/"
                        + event.prompt().name();
        };
        return event.kind().text() + " " + what;
    }

    private static String move(Environment.Move move) {
        return target(move.from()) + " " + target(move.to())
                + move.moved().message().map(why -> " " + why).orElse("");
    }

    private static String target(Optional<Environment.Target> target) {
        return target.map(version -> "v" + version.version()).orElse("-");
    }

    private static String object(House house, PromptId id, Optional<String> hex) {
        return hex.map(object -> named(house, id, object)).orElse("-");
    }

    private static String named(House house, PromptId id, String object) {
        Git git = house.git(id);
        String tag = git.run("cat-file", "-t", object).equals("tag") ? "tag " : "";
        Optional<VersionEntry> version = house.catalog.byCommit(id, git.run("rev-parse", object + "^{commit}"));
        return tag
                + version.map(entry -> (entry.standing().current() ? "v" : "old v") + entry.number())
                        .orElse(".");
    }
}
