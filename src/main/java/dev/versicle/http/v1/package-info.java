/** Our own REST API under {@code /v1}, which contains the one of prompts.dev (seed 004). */
@NullMarked
package dev.versicle.http.v1;

import org.jspecify.annotations.NullMarked;
