package dev.versicle.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Argo CD's repo-server, as far as a Git server meets it ({@code util/git/client.go}, {@code
 * reposerver/repository/repository.go}): go-git lists the refs, git itself fetches and checks out, one clone is kept.
 */
final class ArgoCd {
    /** How it fetches; which it does has changed over the years. */
    enum Habit {
        /** The commit by its id, up to 2.3. */
        BY_ID,
        /** All branches, and the commit by its id only where it did not come with them. */
        BRANCHES_FIRST
    }

    private static final List<String> ALL_TAGS = List.of("--tags", "--force", "--prune");
    private static final String ORIGIN = "origin";

    private final Watched watched;
    private final Habit habit;
    private final Path clone;
    private final Path asked;
    private final Path lister = Tools.goProgram();

    /** Its clone goes into {@code directory}, which is not there yet. */
    ArgoCd(Watched watched, Habit habit, Path directory) {
        this.watched = watched;
        this.habit = habit;
        this.clone = directory.resolve("clone");
        this.asked = directory.resolve("askpass");
        try {
            Files.createDirectories(clone);
            Files.writeString(asked, """
                    #!/bin/sh
                    case "$1" in Username*) echo x-access-token ;; *) echo "$TOKEN" ;; esac
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!asked.toFile().setExecutable(true)) {
            throw new AssertionError(asked);
        }
        git(List.of("init", "--quiet")).required();
        git(List.of("remote", "add", ORIGIN, watched.remote().url())).required();
    }

    /** Looks whether there is something new, takes it, and says what is checked out now. */
    Checkout refresh() {
        String commit = resolve();
        if (!isPresent(commit)) {
            fetch(habit == Habit.BY_ID ? Optional.of(commit) : Optional.empty());
        }
        if (!git(List.of("checkout", "--force", commit)).done()) {
            fetch(Optional.of(commit));
            git(List.of("checkout", "--force", "FETCH_HEAD")).required();
        }
        git(List.of("clean", "-ffdx")).required();
        return Checkout.of(clone);
    }

    /** The commit that the revision stands for, of the refs that there are. */
    private String resolve() {
        Remote remote = watched.remote();
        List<String> command = List.of(lister.toString(), "ls", remote.url(), remote.token());
        String refs = Program.run(clone, command, Map.of("CA_FILE", watched.ca().toString()))
                .required()
                .words();
        return refs.lines()
                .map(line -> line.split("\t", 2))
                .filter(ref -> ref[1].equals("refs/heads/" + watched.revision()))
                .map(ref -> ref[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(watched.revision() + " is not among " + refs));
    }

    private boolean isPresent(String commit) {
        return git(List.of("cat-file", "-t", commit)).words().strip().equals("commit");
    }

    private void fetch(Optional<String> commit) {
        List<String> words = new ArrayList<>(List.of("fetch", ORIGIN));
        commit.ifPresent(words::add);
        words.addAll(ALL_TAGS);
        git(words).required();
    }

    private Said git(List<String> words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(words);
        Map<String, String> environment = Map.of(
                "HOME",
                "/dev/null",
                "GIT_TERMINAL_PROMPT",
                "false",
                "GIT_LFS_SKIP_SMUDGE",
                "1",
                "GIT_ASKPASS",
                asked.toString(),
                "TOKEN",
                watched.remote().token(),
                "GIT_SSL_CAINFO",
                watched.ca().toString());
        return Program.run(clone, command, environment);
    }
}
