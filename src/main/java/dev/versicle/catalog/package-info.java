/** Room {@code catalog}. */
@NullMarked
package dev.versicle.catalog;

import org.jspecify.annotations.NullMarked;
