package dev.versicle.clients;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code git} itself, speaking one version of its protocol. */
final class RealGit implements GitClient {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private final int protocol;

    RealGit(int protocol) {
        this.protocol = protocol;
    }

    @Override
    public Said list(Remote remote) {
        return run(HERE, List.of("ls-remote", "--quiet", address(remote)));
    }

    @Override
    public Said clone(Remote remote, Path directory, int depth, boolean tags) {
        List<String> words = new ArrayList<>(List.of("clone", "--quiet", tags ? "--tags" : "--no-tags"));
        deepened(words, depth);
        words.addAll(List.of(address(remote), directory.toString()));
        return run(HERE, words);
    }

    @Override
    public Said fetch(Remote remote, Path directory, int depth, Fetch what) {
        List<String> words = new ArrayList<>(List.of("fetch", "--quiet", "--no-tags"));
        deepened(words, depth);
        words.addAll(List.of(address(remote), "+" + what.source() + ":" + what.target()));
        return run(directory, words);
    }

    @Override
    public Said push(Remote remote, Path directory, boolean atomic, List<String> specs) {
        List<String> words = new ArrayList<>(List.of("push"));
        if (atomic) {
            words.add("--atomic");
        }
        words.add(address(remote));
        words.addAll(specs);
        return run(directory, words);
    }

    private static void deepened(List<String> words, int depth) {
        if (depth > 0) {
            words.add("--depth=" + depth);
        }
    }

    private static String address(Remote remote) {
        return remote.url().replaceFirst("://", "://x:" + remote.token() + "@");
    }

    private Said run(Path directory, List<String> words) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.version=" + protocol));
        command.addAll(words);
        return Program.run(directory, command);
    }
}
