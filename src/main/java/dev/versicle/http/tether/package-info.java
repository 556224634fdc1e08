/** Room {@code http.tether}. */
@NullMarked
package dev.versicle.http.tether;

import org.jspecify.annotations.NullMarked;
