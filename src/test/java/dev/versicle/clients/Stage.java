package dev.versicle.clients;

import dev.versicle.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One client's attempt at one operation: its clone goes to {@code directory}, which is not there yet. */
record Stage(GitClient client, Host host, Path directory) {
    /** Real git in the directory. */
    Git judge() {
        return new Git(directory);
    }

    /** An empty repository of the client's, which knows where it comes from. */
    void init(Remote remote) {
        new Git(Path.of("")).run("init", "--quiet", "--initial-branch=main", directory.toString());
        judge().run("remote", "add", "origin", remote.url());
    }

    /** Puts another text on top of what is checked out, by hand; gives the commit's id. */
    String commit(String text, String message) {
        try {
            Files.writeString(directory.resolve("prompt.md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        judge().run("add", "prompt.md");
        judge().run("-c", "user.name=Pat", "-c", "user.email=pat@example.org", "commit", "--quiet", "-m", message);
        return judge().run("rev-parse", "HEAD");
    }
}
