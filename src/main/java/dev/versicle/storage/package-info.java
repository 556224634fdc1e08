/** Room {@code storage}. */
@NullMarked
package dev.versicle.storage;

import org.jspecify.annotations.NullMarked;
