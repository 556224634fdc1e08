/** Room {@code storage.local}. */
@NullMarked
package dev.versicle.storage.local;

import org.jspecify.annotations.NullMarked;
