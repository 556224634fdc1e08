package dev.versicle.git;

import dev.versicle.prompt.Environment;

/**
 * Where an environment points, as its file in the truth says.
 *
 * @param file the file's blob, 40 hex digits
 */
record Pointer(Environment.Target target, Environment.Moved moved, String file) {}
