package dev.versicle.git;

import static dev.versicle.git.House.ALICE;

import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that can be seen of a house, as lines to compare: from outside, in the index, and by real git. */
final class Look {
    private static final Page.Window ALL = new Page.Window(1, 100);

    private static final Pattern OBJECT = Pattern.compile("/objects/([0-9a-f]{2}/[0-9a-f]{38}|pack/pack-.*)$");

    private Look() {}

    /** The names, settings, texts, versions, tags and refs of all prompts; not their ids, nor when they changed. */
    static List<String> at(House house) {
        List<String> lines = new ArrayList<>();
        house.prompts.list(ALICE, ALL).items().stream()
                .map(Prompt::id)
                .sorted()
                .forEach(id -> lines.addAll(at(house, id)));
        lines.add("prompts: " + house.prompts.count());
        return lines;
    }

    static List<String> at(House house, PromptId id) {
        Prompt prompt = house.prompts.prompt(ALICE, id);
        List<String> lines = new ArrayList<>();
        lines.add("name: " + prompt.settings().name() + ", former: "
                + prompt.settings().identity().formerNames());
        lines.add("text: " + prompt.text());
        lines.add("counts: " + prompt.counts());
        lines.add("found: "
                + house.catalog
                        .find(prompt.settings().namespace(), prompt.settings().name())
                        .equals(java.util.Optional.of(id)));
        for (Version version : house.prompts.versions(ALICE, id, ALL).items()) {
            lines.add("version: " + version.snapshot().number() + " " + version.stamp() + " " + version.text() + " "
                    + version.metadata() + " " + version.edition().updatedAt() + " "
                    + version.snapshot().origin() + " " + version.matchesCurrent());
        }
        new EnvironmentDesk(house.prompts)
                .environments(ALICE, id)
                .forEach(environment -> lines.add("environment: " + environment.name() + " " + environment.target()));
        lines.addAll(index(house, id));
        lines.addAll(house.git(id)
                .lines(
                        "for-each-ref",
                        "--format=%(refname) %(objectname)",
                        "refs/tags",
                        "refs/heads",
                        "refs/versions"));
        return lines;
    }

    /** Main's newest commit at or below each number, and what carries each display version. */
    private static List<String> index(House house, PromptId id) {
        List<String> lines = new ArrayList<>();
        for (VersionEntry entry : house.catalog.live(id, ALL)) {
            lines.add("entry: " + entry);
            lines.add("floor: " + house.catalog.floor(id, entry.number()));
            entry.displayed()
                    .ifPresent(displayed ->
                            lines.add("carrier: " + displayed + " " + house.catalog.carrier(id, displayed.text())));
        }
        return lines;
    }

    /** A copy of all that lies on the disk, as it would be found after a kill at this moment. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (isObject(file)) {
                    // Nobody writes into it: a second name is as good, and many times as fast.
                    Files.createLink(copy, file);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isObject(Path file) {
        return OBJECT.matcher(file.toString()).find() && Files.isRegularFile(file);
    }
}
