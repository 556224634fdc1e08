package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.versicle.http.Failure;
import dev.versicle.http.v1.V1Answers.PromptJson;
import dev.versicle.prompt.ImportStep;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.RemoteImports;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of an import in lines of JSON: one for each step, the last one again while nothing happens, and one at the end.
 * Without those a silent connection would be taken for a dead one, by this server or by one in between.
 */
final class ImportReport implements AutoCloseable {
    static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ImportReport.class);

    private final OutputStream out;
    private final V1Errors errors;
    private final JsonMapper json;
    private final Thread pulse;
    private Optional<Step> last = Optional.empty();

    ImportReport(OutputStream out, V1Errors errors, JsonMapper json) {
        this.out = out;
        this.errors = errors;
        this.json = json;
        this.pulse = Thread.ofVirtual().name("pulse").start(this::repeat);
    }

    /** How far it is; {@code objects} and {@code bytes} as far as they are known. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({"phase", "objects", "bytes"})
    record Step(
            String phase, @Nullable Long objects, @Nullable Long bytes) {
        static Step of(ImportStep step) {
            return switch (step) {
                case ImportStep.Connecting ignored -> new Step("connecting", null, null);
                case ImportStep.Counting counting -> new Step("counting", counting.objects(), null);
                case ImportStep.Receiving receiving -> new Step("receiving", receiving.objects(), receiving.bytes());
                case ImportStep.Checking checking -> new Step("checking", null, checking.bytes());
                case ImportStep.Saving ignored -> new Step("saving", null, null);
            };
        }
    }

    /** The last line: the prompt, or what stood in the envelope of a single request. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({"done", "prompt", "error"})
    record End(boolean done, @Nullable PromptJson prompt, V1Errors.@Nullable Body error) {}

    /** The client takes no more lines. */
    private static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final IOException why;

        private Left(IOException why) {
            super(why);
            this.why = why;
        }
    }

    /** Runs an import to its end; where the client leaves before, nothing is made. */
    void of(RemoteImports.Begun begun) throws IOException {
        End end;
        try {
            Prompt prompt = begun.run(this::step);
            end = new End(true, PromptJson.of(prompt), null);
        } catch (PromptException e) {
            end = failed(errors.answer(e.problem()).body());
        } catch (Left e) {
            throw e.why;
        } catch (UncheckedIOException e) {
            LOG.error("An import failed", e);
            end = failed(errors.answer(Failure.INTERNAL).body());
        }
        end(end);
    }

    private static End failed(Object body) {
        return new End(false, null, (V1Errors.Body) body);
    }

    private void step(ImportStep step) {
        try {
            write(Step.of(step));
        } catch (IOException e) {
            throw new Left(e);
        }
    }

    private synchronized void write(Step step) throws IOException {
        last = Optional.of(step);
        line(step);
    }

    private synchronized void end(End end) throws IOException {
        last = Optional.empty();
        line(end);
    }

    /** In one piece: a line that was begun is a line. */
    private void line(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(json.writeValueAsBytes(value));
        bytes.write('\n');
        out.write(bytes.toByteArray());
    }

    private void repeat() {
        try {
            while (true) {
                Thread.sleep(SILENCE_MAX);
                again();
            }
        } catch (InterruptedException e) {
            // The import is over.
        } catch (IOException e) {
            LOG.debug("The client of an import has left", e);
        }
    }

    private synchronized void again() throws IOException {
        if (last.isPresent()) {
            line(last.get());
        }
    }

    @Override
    public void close() {
        pulse.interrupt();
    }
}
