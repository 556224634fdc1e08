/**
 * Versicle keeps every prompt in its own bare Git repository. This is the map of the house:
 *
 * <pre>
 *              doors                        heart                     cellar
 * ┌────────────────────────────┐     ┌─────────────────┐      ┌───────────────────────┐
 * │ http.tether   …            │     │     prompt      │      │  git                  │
 * │   one door per dialect     │ ──▶ │  Prompts        │ ──▶  │  one prompt, in Git:  │
 * │                            │     │  PromptStore    │      │  trees commits notes  │
 * │ http                       │     │  Version Draft  │      └──────────┬────────────┘
 * │   what the doors share     │     │  Problem …      │                 ▼
 * └────────────────────────────┘     └────────┬────────┘      ┌───────────────────────┐
 *   auth                                      ▼               │  storage              │
 *   the lock on the doors                  catalog            │    local              │
 *   metrics                                the index          └───────────────────────┘
 *   the meters on the arrows               notify
 *                                          the bell
 * </pre>
 *
 * <p>A request goes from left to right and its answer comes back the same way. Heart and cellar know no door; doors
 * know the heart only, and never each other. Who may import whom is a table that a test holds.
 *
 * <table>
 * <caption>The rooms</caption>
 * <tr><td>{@link dev.versicle.prompt}</td><td>the heart: vocabulary and rules</td></tr>
 * <tr><td>{@link dev.versicle.storage}</td><td>where bare repositories lie, and how a write becomes durable</td></tr>
 * <tr><td>{@link dev.versicle.git}</td><td>one prompt, written in Git</td></tr>
 * <tr><td>{@link dev.versicle.archive}</td><td>packages as they travel: tarballs, in and out</td></tr>
 * <tr><td>{@link dev.versicle.catalog}</td><td>the index: names, lists, number to commit</td></tr>
 * <tr><td>{@link dev.versicle.metrics}</td><td>the meters between heart and cellar, and where they are read</td></tr>
 * <tr><td>{@link dev.versicle.auth}</td><td>tokens and keys become a caller</td></tr>
 * <tr><td>{@link dev.versicle.provider}</td><td>the way out: asks the providers of models</td></tr>
 * <tr><td>{@link dev.versicle.egress}</td><td>the guarded way out: what callers may have called, and how</td></tr>
 * <tr><td>{@link dev.versicle.remote}</td><td>histories from other Git servers</td></tr>
 * <tr><td>{@link dev.versicle.notify}</td><td>the bell: tells subscribers of what happened</td></tr>
 * <tr><td>{@link dev.versicle.http}</td><td>what the doors share; below it one door per dialect, and {@code openapi},
 *     which describes them</td></tr>
 * </table>
 *
 * <p>This package is the only one that knows them all: {@code Wiring} and its parts join them, {@link
 * dev.versicle.Settings} is the only place that reads settings, {@link dev.versicle.Server} starts and stops, {@link
 * dev.versicle.Application} is for the command line, and {@link dev.versicle.Start} tells an old Java that it is too
 * old.
 */
@NullMarked
package dev.versicle;

import org.jspecify.annotations.NullMarked;
