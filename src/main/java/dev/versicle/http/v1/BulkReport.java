package dev.versicle.http.v1;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.versicle.archive.ExportReader;
import dev.versicle.http.Failure;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Listed;
import dev.versicle.prompt.Transfers.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of an import in lines of JSON: one for each prompt as soon as it is done, and one at the end. */
final class BulkReport {
    /** One for each prompt that a manifest may list, and the last. */
    static final int LINES_MAX = Transfers.PROMPTS_MAX + 1;

    private static final Logger LOG = LoggerFactory.getLogger(BulkReport.class);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final OutputStream out;
    private final V1Errors errors;
    private int imported;
    private int exists;
    private int refused;

    BulkReport(OutputStream out, V1Errors errors) {
        this.out = out;
        this.errors = errors;
    }

    /** An import, which tells of each prompt. */
    @FunctionalInterface
    interface Import {
        void run(ExportReader.Report report) throws IOException;
    }

    /** Runs an import to its end, whatever it comes to. */
    void of(Import work) throws IOException {
        Optional<String> error;
        try {
            work.run(this::line);
            error = Optional.empty();
        } catch (PromptException e) {
            error = Optional.of(words(e.problem()));
        } catch (EOFException e) {
            error = Optional.of("archive must be a whole tar");
        } catch (IOException | UncheckedIOException e) {
            LOG.error("An import ended before its archive", e);
            error = Optional.of(Failure.INTERNAL.sentence());
        }
        write(new BulkJson.Total(error.isEmpty(), imported, exists, refused, error.orElse(null)));
    }

    private void line(Listed prompt, Outcome outcome) throws IOException {
        write(
                switch (outcome) {
                    case Outcome.Imported done -> {
                        imported++;
                        yield BulkJson.Line.of(done.listed(), "imported", Optional.empty());
                    }
                    case Outcome.Exists ignored -> {
                        exists++;
                        yield BulkJson.Line.of(prompt, "exists", Optional.empty());
                    }
                    case Outcome.Refused why -> {
                        refused++;
                        yield BulkJson.Line.of(prompt, "refused", Optional.of(words(why.problem())));
                    }
                });
    }

    private void write(Object line) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAPPER.writeValueAsBytes(line));
        bytes.write('\n');
        // In one piece: a line that was begun is a line.
        out.write(bytes.toByteArray());
        out.flush();
    }

    /** The sentence of the envelope that would answer a single request, or what its details say. */
    private String words(Problem problem) {
        V1Errors.Body body = (V1Errors.Body) errors.answer(problem).body();
        return body.details().isEmpty()
                ? body.message()
                : body.details().entrySet().stream()
                        .map((Map.Entry<String, String> detail) -> detail.getKey() + " " + detail.getValue())
                        .collect(Collectors.joining(", "));
    }
}
