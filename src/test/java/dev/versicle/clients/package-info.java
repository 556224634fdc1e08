/**
 * Git clients that nobody here wrote, against the whole server: {@link dev.versicle.clients.Client} says who they are
 * and what each cannot do, {@link dev.versicle.clients.Operation} what each is asked to do.
 */
@NullMarked
package dev.versicle.clients;

import org.jspecify.annotations.NullMarked;
