/** Room {@code http}. */
@NullMarked
package dev.versicle.http;

import org.jspecify.annotations.NullMarked;
