/**
 * Prompts as they travel in archives. What comes in is judged while it is read, and lies in a temporary file until it
 * is saved.
 */
@NullMarked
package dev.versicle.archive;

import org.jspecify.annotations.NullMarked;
