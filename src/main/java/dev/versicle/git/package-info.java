/** Room {@code git}. */
@NullMarked
package dev.versicle.git;

import org.jspecify.annotations.NullMarked;
