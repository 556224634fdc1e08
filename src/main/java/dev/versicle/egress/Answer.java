package dev.versicle.egress;

import java.io.InputStream;
import java.util.Optional;

/** What a server answers; whoever asked closes it. */
public interface Answer extends AutoCloseable {
    int status();

    /** The first header of this name. */
    Optional<String> header(String name);

    /** As long as the server likes; each failure to read it is an {@link Unreachable}. */
    InputStream body();

    @Override
    void close();
}
