package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFiles;
import java.util.function.Supplier;

/** The files of a tarball, which can be read until this is closed. */
public final class Unpacked implements AutoCloseable {
    private final PromptFiles files;
    private final SpooledFile spooled;

    Unpacked(PromptFiles files, SpooledFile spooled) {
        this.files = files;
        this.spooled = spooled;
    }

    public PromptFiles files() {
        return files;
    }

    /**
     * Does what the files are for. Some are refused only where they are saved, by their path: to the one who sent the
     * tarball that is a rule of the tarball, and is told so.
     */
    public <R> R naming(Supplier<R> save) {
        try {
            return save.get();
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.Invalid invalid && files.byPath().containsKey(invalid.field())) {
                throw Refusal.entry(invalid.field(), invalid.rule());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        spooled.close();
    }
}
