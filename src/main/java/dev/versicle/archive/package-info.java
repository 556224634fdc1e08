/**
 * Packages as they travel, in and out: a gzip of a tar. What comes in is judged while it is read, and lies in a
 * temporary file until it is saved; what goes out is the same bytes for the same version, for ever.
 */
@NullMarked
package dev.versicle.archive;

import org.jspecify.annotations.NullMarked;
