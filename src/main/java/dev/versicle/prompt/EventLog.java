package dev.versicle.prompt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The events of all prompts in their order, each recorded in one step with the index's knowledge of what it reports:
 * so whatever the index learns late, after a kill, is recorded then. It is forgotten with the index.
 */
public interface EventLog {
    /** Names this log; one that began to count anew has another name. */
    String epoch();

    /** The events with higher numbers, lowest first. Those behind what {@link #force} gave may go in a power cut. */
    List<Event> after(long number, int limit);

    /** As {@link #after}, those of one prompt alone. */
    List<Event> of(PromptId prompt, long number, int limit);

    /** The number of the newest event, kept or not; 0 if none. It may be behind what {@link #force} gave. */
    long newest();

    /** The number of the newest event that is not kept any more, 0 while all are. */
    long dropped();

    /**
     * Makes durable what was recorded until now, and gives the number of the newest event of that, kept or not; 0 if
     * none.
     */
    long force();

    /** The newest event that tells of the prompt's deletion, if it is kept. */
    Optional<Event> deletion(PromptId id);

    /** Where a follower of the log has come to; empty where it is new. */
    Optional<Long> position(String follower);

    /**
     * Says where a follower has come to, 0 at its beginning: from then on nothing is dropped that it has not passed.
     */
    void reached(String follower, long number);

    /**
     * Drops the oldest events that were recorded before {@code moment} and that all followers have passed, at most
     * {@code limit}; says whether there may be more of them.
     */
    boolean drop(Instant moment, int limit);

    /** Has {@code listener} run after each recording of events, on the writer's thread: it must be quick. */
    void listen(Runnable listener);
}
