package dev.versicle.prompt;

import java.time.Instant;

/**
 * A prompt as it is now.
 *
 * @param text the current body: the draft's where one was saved, else the latest version's
 * @param updatedAt when anything about it last changed
 */
public record Prompt(PromptId id, PromptSettings settings, String text, Instant updatedAt, Counts counts) {
    /**
     * How many versions, up to where, and how often they were fetched.
     *
     * @param latest the highest number that is not deleted, 0 if there is none
     * @param live how many versions there are, deleted and overwritten ones not counted
     * @param downloads how often a version's files were fetched, as far as the index remembers
     */
    public record Counts(int latest, int live, long downloads) {
        /** The counts of a prompt that nobody has downloaded. */
        public Counts(int latest, int live) {
            this(latest, live, 0);
        }
    }
}
