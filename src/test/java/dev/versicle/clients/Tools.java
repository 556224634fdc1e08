package dev.versicle.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The programs of {@code src/test/clients}, made ready below {@code target} on their first use. */
final class Tools {
    private static final Path SOURCES = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path HOME = Path.of("target", "clients").toAbsolutePath();

    /** Debian's Go packages lie here, and nothing comes over the network. */
    private static final String DEBIAN_GO = "/usr/share/gocode";

    private Tools() {}

    /** A Python script, run by the Python that Debian's packages are for. */
    static GitClient python(String script) {
        return new Program(SOURCES, "/usr/bin/python3", SOURCES.resolve(script).toString());
    }

    /** go-git from Debian's source package, compiled. */
    static GitClient go() {
        return new Program(HOME, goProgram().toString());
    }

    /** The same, to be called by hand. */
    static Path goProgram() {
        Path gopath = HOME.resolve("go");
        // A module within GOPATH: only so does Go find packages that have /v5 in their names and not on the disk.
        Path module = gopath.resolve("src").resolve("client");
        copy(SOURCES.resolve("go"), module, "client.go", "go.mod");
        Path program = HOME.resolve("go-git");
        String path = "GOPATH=" + gopath + ":" + DEBIAN_GO;
        String cache = "GOCACHE=" + HOME.resolve("go-cache");
        // no C compiler is asked for
        List<String> build = List.of(
                "env", "GO111MODULE=off", "CGO_ENABLED=0", path, cache, "go", "build", "-o", program.toString(), ".");
        Program.run(module, build).required();
        return program;
    }

    /** isomorphic-git in Node, as the lock file says. */
    static GitClient isomorphic() {
        Path home = HOME.resolve("isomorphic");
        copy(SOURCES.resolve("isomorphic"), home, "package.json", "package-lock.json", "client.mjs");
        Program.run(home, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                .required();
        return new Program(home, "node", "client.mjs");
    }

    private static void copy(Path from, Path to, String... files) {
        try {
            Files.createDirectories(to);
            for (String file : files) {
                Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
