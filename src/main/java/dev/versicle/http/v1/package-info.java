/**
 * Our own REST API under {@code /v1}, which contains the one of prompts.dev (seed 004). The controllers read with
 * {@link dev.versicle.http.v1.V1Json}, {@link dev.versicle.http.v1.V1Path} and {@link dev.versicle.http.v1.V1Query},
 * call the heart, and write the records of {@link dev.versicle.http.v1.V1Answers},
 * {@link dev.versicle.http.v1.V1Versions} and {@link dev.versicle.http.v1.V1History}; every refusal is worded by
 * {@link dev.versicle.http.v1.V1Errors}.
 *
 * <p>What is public is read by everybody: {@link dev.versicle.http.v1.Who} says who asks where nobody has to say so.
 * {@link dev.versicle.http.v1.Names} leads from a name to a prompt, {@link dev.versicle.http.v1.Upload} takes in the
 * form of seed 004, {@link dev.versicle.http.v1.Downloads} sends bytes, {@link dev.versicle.http.v1.VersionSaver} tells
 * who was too late what they missed. {@link dev.versicle.http.v1.EventStreams} holds the change streams, of which each
 * {@link dev.versicle.http.v1.EventStream} tells one client, in {@link dev.versicle.http.v1.EventFrames}.
 */
@NullMarked
package dev.versicle.http.v1;

import org.jspecify.annotations.NullMarked;
