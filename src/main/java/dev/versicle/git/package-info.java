/**
 * The cellar: one prompt, written in Git. Truths and signs, commit, note and tree formats, numbers; what a checkpoint
 * is, is written here once, against JGit's {@link org.eclipse.jgit.lib.Repository}, whichever backend it comes from.
 *
 * <p>Each operation has one commit point, the move of one <em>truth</em>. <em>Signs</em> (tags, the index) follow it
 * and can always be derived: {@link dev.versicle.git.Mender} makes them right when a prompt is opened and before each
 * write.
 *
 * <p>Beside the prompts stand the repositories of environments, each made from what prompts point to: {@link
 * dev.versicle.git.GitEnvironments} writes them as the events come.
 */
@NullMarked
package dev.versicle.git;

import org.jspecify.annotations.NullMarked;
