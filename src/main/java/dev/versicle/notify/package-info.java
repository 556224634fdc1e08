/**
 * The bell: tells subscribers of what happened, at least once, in the order in which it happened to each prompt, and
 * behind the backs of those who did it.
 *
 * <p>{@link dev.versicle.notify.Fanout} follows the events and puts a letter for each subscriber into the queue, which
 * is on the disk; {@link dev.versicle.notify.Bell} has a {@code Courier} take what is due to where it goes, through the
 * guarded way out; {@link dev.versicle.notify.Retries} says when what failed is tried again, and when no more. {@link
 * dev.versicle.notify.RingingDeliveries} is what people at a door see of it. {@link dev.versicle.notify.PayloadWriter}
 * writes what they are told, and {@link dev.versicle.notify.GuardedTargets} says who may be told at all.
 */
@NullMarked
package dev.versicle.notify;

import org.jspecify.annotations.NullMarked;
