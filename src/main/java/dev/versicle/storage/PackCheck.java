package dev.versicle.storage;

import java.io.IOException;
import java.io.InputStream;

/** Looks at a pack before anything is made of it; throws where it must not come in. */
@FunctionalInterface
public interface PackCheck {
    void check(InputStream pack) throws IOException;
}
