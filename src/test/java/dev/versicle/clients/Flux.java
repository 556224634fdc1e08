package dev.versicle.clients;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Flux's source-controller, as far as a Git server meets it ({@code fluxcd/pkg/git/gogit/clone.go}): go-git lists the
 * refs, and where the branch has moved clones it anew, with one commit and no tag.
 */
final class Flux {
    private final Watched watched;
    private final Path directory;
    private final Path program = Tools.goProgram();
    private int clones;
    private Optional<Checkout> artifact = Optional.empty();

    /** Its clones go into {@code directory}. */
    Flux(Watched watched, Path directory) {
        this.watched = watched;
        this.directory = directory;
    }

    /** Looks whether the branch has moved, clones it then, and says what its artifact holds now. */
    Checkout refresh() {
        String head = call("ls")
                .lines()
                .filter(line -> line.endsWith("\trefs/heads/" + watched.revision()))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(watched + " is not there"));
        Checkout now = artifact.filter(last -> last.commit().equals(head)).orElseGet(this::cloned);
        artifact = Optional.of(now);
        return now;
    }

    private Checkout cloned() {
        Path clone = directory.resolve("clone-" + ++clones);
        call("branch", clone.toString(), watched.revision());
        return Checkout.of(clone);
    }

    /** How often it had to clone. */
    int clones() {
        return clones;
    }

    private String call(String what, String... arguments) {
        Remote remote = watched.remote();
        List<String> command = new ArrayList<>(List.of(program.toString(), what, remote.url(), remote.token()));
        command.addAll(List.of(arguments));
        return Program.run(
                        Path.of("").toAbsolutePath(),
                        command,
                        Map.of("CA_FILE", watched.ca().toString()))
                .required()
                .words();
    }
}
