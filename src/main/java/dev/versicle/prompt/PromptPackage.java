package dev.versicle.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** The files of a version, to be read one after another; only while the work that was given it is under way. */
public interface PromptPackage {
    Version version();

    /** The moment that the version's commit bears, in whole seconds. */
    Instant committedAt();

    /** Sorted by path, byte by byte as UTF-8. */
    List<Entry> files();

    /** Opens a file of {@link #files}; who opens it closes it. */
    InputStream open(Entry entry) throws IOException;

    /**
     * One file, without its bytes.
     *
     * @param id of its Git object, 40 hex digits
     */
    record Entry(String path, long size, boolean executable, String id) {}
}
