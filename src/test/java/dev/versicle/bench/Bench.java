package dev.versicle.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The plan of the suite. Everything is measured in one run on one machine, so that every figure has something known
 * beside it; the results are {@code bench.md} and {@code bench.json}, and nothing else remains.
 */
final class Bench {
    private static final int CLIENTS = 16;

    private final Pace pace;
    private final Scratch scratch;
    private final Texts texts = new Texts();
    private final List<Row> rows = new ArrayList<>();

    private Bench(Pace pace, Scratch scratch) {
        this.pace = pace;
        this.scratch = scratch;
    }

    /** Runs it all; {@code bench.output} says where the results go, {@code bench.quick} makes it a trial. */
    public static void main(String[] args) throws Exception {
        Path output = Path.of(System.getProperty("bench.output"));
        String quick = System.getProperty("bench.quick", "false");
        Pace pace = quick.equals("false") ? Pace.FULL : Pace.QUICK;
        try (Scratch scratch = Scratch.in(output)) {
            Figures figures = new Bench(pace, scratch).measure();
            write(figures, output);
        }
    }

    private Figures measure() throws IOException, ExecutionException, InterruptedException, RunnerException {
        Machine machine = Machine.of(scratch.directory());
        say("the disk and git");
        disk();
        git();
        double forces = Forces.perCheckpoint(scratch, texts);
        say("the server, over HTTP");
        server();
        say("the server, with git");
        rows.addAll(new Clones(pace, scratch, texts).rows());
        say("heart and cellar, from inside");
        rows.addAll(new Inside(pace, scratch).rows());
        say("growth, from " + pace.few() + " to " + pace.many());
        List<Growth> growth = new CostGrowth(pace, scratch, texts).measure();
        rows.sort((a, b) -> a.subject().compareTo(b.subject()));
        return new Figures(machine, pace.equals(Pace.QUICK), forces, rows, Figures.ratios(rows), growth);
    }

    private void disk() throws IOException, ExecutionException, InterruptedException {
        List<RawFiles> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new RawFiles(scratch.resolve("raw").resolve(Integer.toString(i))));
        }
        rows.add(Load.measure(Subject.RAW_FILE, pace, clients.subList(0, 1)));
        rows.add(Load.measure(Subject.RAW_FILE, pace, clients));
    }

    private void git() throws IOException, ExecutionException, InterruptedException {
        GitCli git = new GitCli(scratch.resolve("cli.git"), texts);
        rows.add(Load.measure(Subject.GIT_CLI, pace, List.of(git)));
    }

    private void server() throws IOException, ExecutionException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(scratch.resolve("data"), Outside.CACHE_MIB);
                Outside outside = new Outside(server, pace, texts)) {
            rows.addAll(outside.rows());
        }
    }

    private static void say(String what) {
        System.out.println("Measuring " + what + " …");
    }

    private static void write(Figures figures, Path output) throws IOException {
        String table = Table.of(figures);
        Files.writeString(output.resolve("bench.md"), table);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(output.resolve("bench.json").toFile(), figures);
        System.out.println();
        System.out.print(table);
    }
}
