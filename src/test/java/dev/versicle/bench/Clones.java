package dev.versicle.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Real {@code git} against this server and against {@code git http-backend}: the same objects on the same disk. */
final class Clones {
    private static final String PROMPT = "cloned";
    private static final int VERSIONS = 1_000;

    /** A clone takes as long as a hundred requests, and the server has to warm up for it. */
    private static final int LONGER = 4;

    private final Pace pace;
    private final Scratch scratch;
    private final Texts texts;
    private final AtomicInteger clones = new AtomicInteger();
    private final List<Row> rows = new ArrayList<>();

    Clones(Pace pace, Scratch scratch, Texts texts) {
        this.pace = pace;
        this.scratch = scratch;
        this.texts = texts;
    }

    List<Row> rows() throws IOException, ExecutionException, InterruptedException {
        Path copies = scratch.resolve("copies");
        try (ServerProcess server = ServerProcess.start(scratch.resolve("cloned"), Outside.CACHE_MIB)) {
            Path repository = server.repository(prompt(server));
            copy(repository, copies.resolve(PROMPT));
            String key = "http.extraHeader=Authorization: Bearer " + server.key();
            URI ours = server.address().resolve("/git/default/" + PROMPT + ".git");
            try (HttpBackend backend = HttpBackend.start(scratch.resolve("backend"), copies)) {
                URI theirs = backend.address(PROMPT);
                compare(Subject.CLONE, clone(key, ours), Subject.CLONE_BACKEND, clone(key, theirs));
                compare(Subject.LS_REMOTE, list(key, ours), Subject.LS_REMOTE_BACKEND, list(key, theirs));
            }
        }
        return List.copyOf(rows);
    }

    /** Makes the prompt; gives its id. */
    private String prompt(ServerProcess server) throws IOException {
        try (Wire client = server.administrator()) {
            Map<String, String> first = Map.of("name", PROMPT, "prompt", texts.next());
            String made = client.post("/api/prompts/create", first).being(201).body();
            String id = new JsonMapper().readTree(made).path("_id").asText();
            for (int i = 1; i < VERSIONS; i++) {
                client.post("/api/prompts/" + id + "/versions", Map.of("prompt", texts.next()))
                        .being(201);
            }
            return id;
        }
    }

    private Load.Deed clone(String key, URI from) {
        return () -> {
            String directory = "clone-" + clones.getAndIncrement();
            git(key, "clone", "--quiet", "--bare", from.toString(), directory);
        };
    }

    private Load.Deed list(String key, URI from) {
        return () -> git(key, "ls-remote", "--quiet", from.toString());
    }

    private void git(String key, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", key));
        command.addAll(List.of(words));
        Command.output(scratch.directory(), "", command.toArray(String[]::new));
    }

    /** In turns, so that whatever else happens on the machine happens to both. */
    private void compare(Subject subject, Load.Deed ours, Subject known, Load.Deed theirs)
            throws ExecutionException, InterruptedException {
        Load.Length length = Load.Length.of(longer(pace.run()));
        Load.run(List.of(ours), Load.Length.of(longer(pace.warmUp())));
        Load.run(List.of(theirs), Load.Length.of(pace.warmUp()));
        List<Run> atOurs = new ArrayList<>();
        List<Run> atTheirs = new ArrayList<>();
        for (int i = 0; i < Pace.RUNS; i++) {
            atOurs.add(Load.run(List.of(ours), length));
            atTheirs.add(Load.run(List.of(theirs), length));
        }
        rows.add(new Row(subject, 1, atOurs));
        rows.add(new Row(known, 1, atTheirs));
    }

    private static Duration longer(Duration some) {
        return some.multipliedBy(LONGER);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
