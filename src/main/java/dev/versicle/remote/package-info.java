/**
 * Histories from other Git servers, by Git's smart HTTP (gitprotocol-http, gitprotocol-v2). All that is done here is to
 * ask and to receive, within limits, through the guarded way out: what came is judged where every bundle is, before
 * anything else looks at it.
 */
@NullMarked
package dev.versicle.remote;

import org.jspecify.annotations.NullMarked;
