/**
 * The door for Git clients: clone, fetch and push over HTTP, at {@code /git/{namespace}/{name}.git}. It reads what HTTP
 * says, asks the heart, and streams both ways.
 */
@NullMarked
package dev.versicle.http.git;

import org.jspecify.annotations.NullMarked;
