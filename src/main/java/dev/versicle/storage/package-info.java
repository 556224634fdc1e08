/**
 * Where bare repositories lie, and how a write becomes durable. The port is JGit's own {@link
 * org.eclipse.jgit.lib.Repository}; {@link dev.versicle.storage.Repositories} only says where to get one and how a ref
 * moves for good. Imports nothing of ours.
 */
@NullMarked
package dev.versicle.storage;

import org.jspecify.annotations.NullMarked;
