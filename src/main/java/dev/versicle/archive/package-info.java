/**
 * Prompts as they travel: packages as a gzip of a tar, and whole prompts as a tar of Git bundles. What comes in is
 * judged while it is read, and lies in a temporary file until it is saved; a package that goes out is the same bytes
 * for the same version, for ever.
 */
@NullMarked
package dev.versicle.archive;

import org.jspecify.annotations.NullMarked;
