package dev.versicle.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A client in a program of its own, one of those under {@code src/test/clients}, which also says how they are called.
 */
final class Program implements GitClient {
    private final Path home;
    private final List<String> command;

    Program(Path home, String... command) {
        this.home = home;
        this.command = List.of(command);
    }

    @Override
    public Said list(Remote remote) {
        return call("ls", remote, List.of());
    }

    @Override
    public Said clone(Remote remote, Path directory, int depth, boolean tags) {
        return call("clone", remote, List.of(directory.toString(), Integer.toString(depth), tags ? "1" : "0"));
    }

    @Override
    public Said fetch(Remote remote, Path directory, int depth, Fetch what) {
        return call(
                "fetch", remote, List.of(directory.toString(), Integer.toString(depth), what.source(), what.target()));
    }

    @Override
    public Said push(Remote remote, Path directory, boolean atomic, List<String> specs) {
        List<String> arguments = new ArrayList<>(List.of(directory.toString(), atomic ? "1" : "0"));
        arguments.addAll(specs);
        return call("push", remote, arguments);
    }

    private Said call(String what, Remote remote, List<String> arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(what, remote.url(), remote.token()));
        whole.addAll(arguments);
        return run(home, whole);
    }

    /** Runs any program to its end, without the settings that the user of this machine may have for Git. */
    static Said run(Path home, List<String> command) {
        return run(home, command, Map.of());
    }

    /** The same with more in its environment. */
    static Said run(Path home, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor() == 0, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
