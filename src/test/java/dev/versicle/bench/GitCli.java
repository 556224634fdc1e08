package dev.versicle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The same durable checkpoint as somebody with {@code git} alone makes it: four commands in a bare repository. */
final class GitCli implements Load.Deed {
    /** Everything is forced, as the server forces it. */
    private static final List<String> GIT = List.of(
            "git",
            "-c",
            "core.fsync=all",
            "-c",
            "core.fsyncMethod=fsync",
            "-c",
            "user.name=bench",
            "-c",
            "user.email=bench@example.org");

    private final Path repository;
    private final Texts texts;
    private Optional<String> tip = Optional.empty();

    GitCli(Path repository, Texts texts) throws IOException, InterruptedException {
        this.repository = Files.createDirectories(repository);
        this.texts = texts;
        git("", "init", "--quiet", "--bare");
    }

    @Override
    public void once() throws IOException, InterruptedException {
        String blob = git(texts.next(), "hash-object", "-w", "--stdin");
        String tree = git("100644 blob " + blob + "\tprompt.md\n", "mktree");
        List<String> commit = new ArrayList<>(List.of("commit-tree", tree));
        tip.ifPresent(parent -> commit.addAll(List.of("-p", parent)));
        String made = git("A version\n", commit.toArray(String[]::new));
        git("", "update-ref", "refs/heads/main", made, tip.orElse("0".repeat(made.length())));
        tip = Optional.of(made);
    }

    private String git(String input, String... arguments) throws IOException, InterruptedException {
        String[] command = Stream.concat(GIT.stream(), Arrays.stream(arguments)).toArray(String[]::new);
        return Command.output(repository, input, command);
    }
}
