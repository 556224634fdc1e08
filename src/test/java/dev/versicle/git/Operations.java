package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.body;
import static dev.versicle.git.House.draft;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Field;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.MetadataEdit;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptEdit;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.SettingsDesk;
import dev.versicle.prompt.SettingsEdit;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.VersionRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes of every kind on a prompt that has a bit of everything, each on a copy of its own. */
final class Operations {
    static final Instant START = Instant.parse("2026-04-22T10:14:00.123Z");
    static final Instant LATER = START.plusSeconds(600);

    private static final Caller ROOT =
            new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));

    /** What a retry may be answered where the operation was done already. */
    private static final Set<String> DONE_BEFORE = Set.of(
            "ReleaseExists",
            "PromptNotFound",
            "EnvironmentNotFound",
            "BranchTaken",
            "BranchNotFound",
            "VersionNotFound");

    /** Whoever prepares a prompt holds this: there is one clone at a time. */
    static final String PREPARED = "dev.versicle.git.Operations";

    /** Who pushes, with a clone of the prompt that was prepared last. */
    private static Optional<Pusher> carol = Optional.empty();

    private Operations() {}

    /** What was done already may be refused. */
    static void retry(Act act, House house, PromptId id) {
        try {
            act.on(house, id);
        } catch (PromptException e) {
            assertTrue(DONE_BEFORE.contains(e.problem().getClass().getSimpleName()));
        }
    }

    interface Act {
        void on(House house, PromptId id);
    }

    /** A write, and the writes whose state a kill in its midst may leave. */
    record Operation(String name, Act act, List<Act> between) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Operation operation(String name, Act act, Act... between) {
        return new Operation(name, act, List.of(between));
    }

    static Metadata displayed(String text) {
        return new Metadata(
                Optional.empty(), Optional.of(new DisplayVersion(text)), Optional.empty(), Optional.empty());
    }

    private static Metadata labelled(String label) {
        return new Metadata(Optional.of(label), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Draft released(String text, String release, Metadata metadata) {
        return new Draft(
                body(text), new Draft.Slot.Next(), Optional.of(SemVer.parse(release)), metadata, Source.MANUAL_SAVE);
    }

    private static Act save(Draft draft) {
        return (house, id) -> house.save(id, draft);
    }

    static Act saveInto(int slot, String text, Metadata metadata) {
        return save(draft(text, new Draft.Slot.Exactly(slot), metadata));
    }

    static Act edit(int number, Field<DisplayVersion> display, Field<String> description) {
        MetadataEdit edit = new MetadataEdit(display, new Field.Keep<>(), description);
        return (house, id) -> house.prompts.edit(ALICE, id, new VersionRef.Numbered(number), edit, Expected.NOTHING);
    }

    /** What a retry finds done may be refused; what it left undone it does. */
    private static Act push(String... refspecs) {
        return (house, id) -> carol.orElseThrow().to(house).push(refspecs);
    }

    private static Act update(Optional<String> name, Optional<String> text) {
        PromptEdit edit = new PromptEdit(name.map(PromptName::new), new Field.Keep<>(), text.map(PromptText::new));
        return (house, id) -> house.prompts.update(ALICE, id, edit);
    }

    /** Moves it from wherever it is seen to be. */
    private static Act promote(String environment, int number) {
        return (house, id) -> {
            EnvironmentDesk desk = new EnvironmentDesk(house.prompts);
            EnvironmentName name = new EnvironmentName(environment);
            List<Expected.Stamp> seen = desk.environments(ALICE, id).stream()
                    .filter(found -> found.name().equals(name))
                    .map(found -> new Expected.Stamp(found.target().commit().hex(), Optional.empty()))
                    .toList();
            VersionRef to = new VersionRef.Numbered(number);
            desk.move(ALICE, id, name, new EnvironmentDesk.Wish(to, Optional.of("why")), new Expected(seen));
        };
    }

    private static Act dropEnvironment(String name) {
        return (house, id) ->
                new EnvironmentDesk(house.prompts).drop(ALICE, id, new EnvironmentName(name), Expected.NOTHING);
    }

    private static Act branched(String name) {
        VersionRef.Written from = new VersionRef.Written("1");
        return (house, id) -> new BranchDesk(house.prompts).create(ALICE, id, new BranchName(name), from);
    }

    private static Act unbranched(String name) {
        return (house, id) -> new BranchDesk(house.prompts).delete(ALICE, id, new BranchName(name), Expected.NOTHING);
    }

    private static Act moved(String namespace) {
        SettingsEdit edit = new SettingsEdit(
                new SettingsEdit.Place(Optional.of(new Namespace(namespace)), Optional.empty()),
                new Field.Keep<>(),
                Optional.empty(),
                new SettingsEdit.AccessEdit(Optional.empty(), Optional.empty()));
        return (house, id) -> new SettingsDesk(house.prompts, house.system).change(ROOT, id, edit);
    }

    private static Act restore(int number) {
        return (house, id) -> house.prompts.restore(ALICE, id, new VersionRef.Numbered(number));
    }

    private static Act merge(String branch) {
        Merge merge = Merge.of(new BranchName(branch), Optional.empty());
        return (house, id) -> new BranchDesk(house.prompts).merge(ALICE, id, merge, Expected.NOTHING);
    }

    private static void branch(House house, PromptId id, String branch, int from) {
        String fork = house.prompts
                .version(ALICE, id, new VersionRef.Numbered(from))
                .commit()
                .hex();
        PromptFiles files = Forked.files(Map.of("prompt.md", from == 3 ? "three" : "four", branch, "new\n"));
        new Forked(house, id).push(branch, files, branch, fork);
    }

    /**
     * On versions 1 "one" (displayed a), 2 "two" (a, then b by an edit), 3 "three" (c), 4 "four", a draft, and branches
     * "aside" and "ahead" of 3 and 4; production is 3.
     */
    static Stream<Operation> all() {
        Field<DisplayVersion> b = new Field.Set<>(new DisplayVersion("b"));
        Field<DisplayVersion> c = new Field.Set<>(new DisplayVersion("c"));
        Draft seal = Draft.checkpoint(new Draft.Content.Current());
        return Stream.of(
                operation("a save", save(Draft.checkpoint(body("five")))),
                operation("a release that takes a display version over", save(released("v", "1.0.0", displayed("b")))),
                operation("a release in a display tag's way", save(released("v", "2.0.0", displayed("2.0.0/beta")))),
                operation("a release on an unchanged tree", save(released("four", "1.0.0", Metadata.NONE))),
                operation("an overwritten slot", saveInto(1, "uno", displayed("c"))),
                operation("a slot overwritten again", saveInto(2, "due", Metadata.NONE)),
                operation("the latest slot, overwritten", saveInto(4, "quattro", displayed("a"))),
                operation("a slot saved with new metadata alone", saveInto(3, "three", displayed("b"))),
                operation("a gap", saveInto(9, "nine", displayed("a"))),
                operation("a first edit of a display version", edit(3, b, new Field.Set<>("Why\n\nnot"))),
                operation("a second edit", edit(2, c, new Field.Keep<>())),
                operation("a display version cleared", edit(3, new Field.Clear<>(), new Field.Keep<>())),
                operation("a draft", update(Optional.empty(), Optional.of("a newer draft"))),
                operation("a rename", update(Optional.of("new name"), Optional.empty())),
                operation(
                        "a rename with a draft",
                        update(Optional.of("new name"), Optional.of("a newer draft")),
                        update(Optional.of("new name"), Optional.empty())),
                operation(
                        "a restore over a draft",
                        restore(1),
                        update(Optional.empty(), Optional.of("one")),
                        (house, id) -> {
                            update(Optional.empty(), Optional.of("one")).on(house, id);
                            saveInto(5, "one", labelled("Restored from version 1"))
                                    .on(house, id);
                        }),
                operation("a restore of the latest", restore(4)),
                operation("a merge", merge("aside")),
                operation("a fast-forward", merge("ahead")),
                operation("a sealed draft", save(seal), save(Draft.checkpoint(body("the draft")))),
                operation("an environment made", promote("staging", 3)),
                operation("an environment moved", promote("production", 4)),
                operation("an environment dropped", dropEnvironment("production")),
                operation("a push of two versions", push("six:refs/heads/main")),
                operation(
                        "a push of versions, a release and a display version",
                        push("six:refs/heads/main", "six:refs/tags/3.0.0", "six:refs/tags/c"),
                        push("six:refs/heads/main"),
                        push("six:refs/heads/main", "six:refs/tags/3.0.0")),
                operation("a pushed draft", push("main~2:refs/heads/draft")),
                operation("a pushed tag that moves", push("main~5:refs/tags/c")),
                operation("a pushed tag that goes", push(":refs/tags/b")),
                operation("a pushed branch", push("six:refs/heads/side")),
                operation("a pushed branch that moves", push("six:refs/heads/aside")),
                operation("a pushed branch that goes", push(":refs/heads/aside")),
                operation("an environment pushed", push("main~2:refs/heads/env/production")),
                operation("an environment dropped by a push", push(":refs/heads/env/production")),
                operation("a branch made", branched("side")),
                operation("a branch removed", unbranched("aside")),
                operation("a version deleted", (house, id) -> house.prompts.deleteVersion(ALICE, id, 2)),
                operation("another namespace", moved("acme")),
                operation("a deletion", (house, id) -> house.prompts.delete(ALICE, id)));
    }

    /** Makes the prompt in a data directory, and a clone of it. */
    static PromptId prepare(Path data, Path clone) {
        PromptId id = prepared(data);
        try (House house = new House(data, LATER)) {
            Pusher pusher = Pusher.clone(house, id, clone);
            pusher.commitAt(LATER, "five", "five\n\nDisplay-Version: d");
            pusher.commitAt(LATER, "six", "six");
            pusher.git.run("tag", "six", "main");
            carol = Optional.of(pusher);
        }
        return id;
    }

    private static PromptId prepared(Path place) {
        try (House house = new House(place, START)) {
            PromptId id = house.create("old name", "zero");
            saveInto(1, "one", displayed("a")).on(house, id);
            house.tick(1);
            house.save(id, draft("two before", new Draft.Slot.Next(), displayed("a")));
            house.tick(1);
            house.save(id, draft("three", new Draft.Slot.Next(), displayed("c")));
            saveInto(2, "two", displayed("a")).on(house, id);
            house.tick(1);
            edit(2, new Field.Set<>(new DisplayVersion("b")), new Field.Set<>("edited"))
                    .on(house, id);
            house.save(id, draft("four", new Draft.Slot.Next(), displayed("2.0.0/alpha")));
            update(Optional.empty(), Optional.of("the draft")).on(house, id);
            promote("production", 3).on(house, id);
            branch(house, id, "aside", 3);
            branch(house, id, "ahead", 4);
            return id;
        }
    }
}
