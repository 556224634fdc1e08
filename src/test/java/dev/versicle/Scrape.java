package dev.versicle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What a scrape said, read by Prometheus' own Python client: each sample's value by its name and labels. */
record Scrape(Map<String, Double> samples) {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String READ = """
            import importlib, json, sys
            parser = importlib.import_module(sys.argv[1])
            for family in parser.text_string_to_metric_families(sys.stdin.read()):
                for sample in family.samples:
                    print(json.dumps([sample.name, sample.labels, str(sample.value)]))
            """;

    /** Reads Prometheus' text format. */
    static Scrape text(String body) {
        return read(body, "parser");
    }

    static Scrape openMetrics(String body) {
        return read(body, "openmetrics.parser");
    }

    private static Scrape read(String body, String parser) {
        assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
        assumeTrue(run("import prometheus_client", "", "").status() == 0, "python3-prometheus-client is not installed");
        Said said = run(READ, "prometheus_client." + parser, body);
        if (said.status() != 0) {
            throw new AssertionError(said.text());
        }
        Map<String, Double> samples = new TreeMap<>();
        said.text().lines().forEach(line -> put(samples, line));
        return new Scrape(samples);
    }

    private record Said(int status, String text) {}

    private static Said run(String script, String argument, String input) {
        try {
            Process python = new ProcessBuilder(PYTHON.toString(), "-c", script, argument)
                    .redirectErrorStream(true)
                    .start();
            Thread writer = Thread.ofVirtual().start(() -> write(python.getOutputStream(), input));
            String text = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            writer.join();
            return new Said(python.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(OutputStream out, String input) {
        try (out) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read all; its status says so.
        }
    }

    private static void put(Map<String, Double> samples, String line) {
        try {
            JsonNode sample = new JsonMapper().readTree(line);
            Map<String, String> labels = new TreeMap<>();
            sample.get(1)
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            samples.put(
                    sample.get(0).asText() + labels,
                    Double.valueOf(
                            sample.get(2).asText().replace("inf", "Infinity").replace("nan", "NaN")));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** The sum of the samples of this name that have all the labels, written {@code status=201}. */
    long sum(String name, String... labels) {
        return (long) samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(name + "{"))
                .filter(sample -> Arrays.stream(labels)
                        .allMatch(label -> sample.getKey().matches(".*[{ ]\\Q" + label + "\\E[,}].*")))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** The one sample of this name. */
    double value(String name) {
        Double value = samples.get(name + "{}");
        if (value == null) {
            throw new AssertionError("no " + name + " in " + samples.keySet());
        }
        return value;
    }
}
