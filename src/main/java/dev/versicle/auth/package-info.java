/** Room {@code auth}. */
@NullMarked
package dev.versicle.auth;

import org.jspecify.annotations.NullMarked;
