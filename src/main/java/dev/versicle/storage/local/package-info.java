/**
 * Bare repositories on a local disk, each write forced to it in the order that survives a power cut: objects, their
 * directories, ref, its directory.
 */
@NullMarked
package dev.versicle.storage.local;

import org.jspecify.annotations.NullMarked;
