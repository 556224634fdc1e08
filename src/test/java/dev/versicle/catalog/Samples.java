package dev.versicle.catalog;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Ids, settings and entries for the tests of this room. */
final class Samples {
    static final Namespace TEAM = new Namespace("team");
    static final Instant MOMENT = Instant.parse("2026-04-22T10:14:00.123Z");
    static final PromptIndex.Tips TIPS = new PromptIndex.Tips("1".repeat(40), "2".repeat(40), "3".repeat(40), "");
    static final Page.Window FIRST_PAGE = new Page.Window(1, Page.Window.LIMIT_MAX);
    static final Event.Deleted DELETED = new Event.Deleted(Set.of(), false);
    static final Caller ADMIN = caller("root", TEAM, Set.of(Role.ADMIN));

    private Samples() {}

    static PromptId id(int number) {
        return new PromptId("%024x".formatted(number));
    }

    static CommitId commit(int number) {
        return new CommitId("%024x%016x".formatted(number * 1_000_003L, number));
    }

    static PromptName name(String text) {
        return new PromptName(text);
    }

    static Caller caller(String subject, Namespace namespace, Set<Role> roles) {
        return new Caller(subject, Optional.empty(), Optional.empty(), namespace, roles);
    }

    static PromptSettings settings(Namespace namespace, String name, PromptSettings.Access access) {
        return new PromptSettings(
                new PromptSettings.Identity(namespace, name(name), List.of()),
                Optional.empty(),
                new TreeSet<>(),
                access,
                new PromptSettings.Creation(access.owner(), MOMENT));
    }

    static PromptSettings named(String name) {
        return settings(TEAM, name, new PromptSettings.Access("ada", Visibility.PRIVATE, Map.of()));
    }

    static PromptIndex.Change change(String name, PromptIndex.VersionEntry... versions) {
        return new PromptIndex.Change(named(name), TIPS, MOMENT, List.of(versions));
    }

    static PromptIndex.VersionEntry version(int number, int commit) {
        return new PromptIndex.VersionEntry(
                number, commit(commit), MOMENT, new PromptIndex.Standing(true, true, false), Optional.empty());
    }

    static PromptIndex.VersionEntry deleted(int number, int commit) {
        return new PromptIndex.VersionEntry(
                number, commit(commit), MOMENT, new PromptIndex.Standing(true, true, true), Optional.empty());
    }

    static PromptIndex.VersionEntry displayed(int number, int commit, String text, Instant at) {
        PromptIndex.Displayed displayed = new PromptIndex.Displayed(new DisplayVersion(text), at);
        return new PromptIndex.VersionEntry(
                number, commit(commit), MOMENT, new PromptIndex.Standing(true, true, false), Optional.of(displayed));
    }

    /** What a kill leaves behind: the files as they are while the server runs. */
    static Path killed(Path file) throws IOException {
        Path copy = file.resolveSibling("copy.db");
        Files.copy(file, copy);
        Files.copy(file.resolveSibling(file.getFileName() + "-wal"), file.resolveSibling("copy.db-wal"));
        return copy;
    }
}
