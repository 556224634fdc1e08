/**
 * The bell: tells subscribers of what happened to prompts. {@link dev.versicle.notify.PayloadWriter} writes what they
 * are sent, and {@link dev.versicle.notify.GuardedTargets} says who may be a subscriber at all.
 */
@NullMarked
package dev.versicle.notify;

import org.jspecify.annotations.NullMarked;
